import type { DiagnosticCode } from './codes.ts';

/** A place in a text; both numbers count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From the first character up to, not including, `end`. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

export type Severity = 'error' | 'warning';

/**
 * Something the author of a workflow can mend. A mistake in a workflow is always a value of this type,
 * never an exception; an exception means a fault of ours.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly span: Span;
  /** How to mend it, in one sentence. */
  readonly hint?: string;
}

/** A file that is hostile or hopeless must not flood the reader. */
export const MAX_DIAGNOSTICS = 100;
