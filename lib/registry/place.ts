import type { Bytecode } from '../compiler/bytecode.ts';
import { BytecodeRefused } from './read-bytecode.ts';

/** Refuses bytecode that stands under another name or version than its own: a valid file in the wrong place is a swap. */
export function inItsPlace(bytecode: Bytecode, name: string, version: string, where: string): Bytecode {
  const own = bytecode.metadata;
  if (own.name === name && own.version === version) return bytecode;
  throw new BytecodeRefused('misplaced', where, `it holds ${own.name} ${own.version}`);
}
