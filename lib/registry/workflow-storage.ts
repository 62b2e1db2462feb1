import type { Bytecode } from '../compiler/bytecode.ts';

/** Where compiled workflows are kept. Every reader checks format, version and checksum, and refuses what does not hold. */
export interface WorkflowStorage {
  /** The newest version of every workflow, sorted by name. */
  list(): Promise<readonly Bytecode[]>;
  /** One workflow; the newest version where none is named; `undefined` where there is none. */
  load(name: string, version?: string): Promise<Bytecode | undefined>;
}
