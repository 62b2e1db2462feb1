import type { Bytecode } from '../bytecode.ts';
import type { FlatWorkflow } from './flat-workflow.ts';

/** A workflow that compiles, as another one draws it in. */
export interface LibraryWorkflow {
  readonly flat: FlatWorkflow;
  readonly bytecode: Bytecode;
}

export type LibraryAnswer =
  | { readonly status: 'found'; readonly workflow: LibraryWorkflow }
  /** There is none of that name; these are there. */
  | { readonly status: 'unknown'; readonly names: readonly string[] }
  /** It draws the workflow in that asks for it: the names on the way, both ends included. */
  | { readonly status: 'circle'; readonly chain: readonly string[] }
  /** It has errors of its own. */
  | { readonly status: 'broken'; readonly file: string };

/** The workflows that a `workflow` step can name. */
export interface Library {
  /** The workflow of this name, for the workflow called `caller`. */
  find(name: string, caller: string): LibraryAnswer;
}

/** A registry with nothing in it. */
export const EMPTY_LIBRARY: Library = { find: () => ({ status: 'unknown', names: [] }) };
