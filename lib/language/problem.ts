import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Severity } from '../diagnostics/diagnostic.ts';
import type { Path } from './source.ts';

interface Mistake {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
}

/** A mistake found in the text, by offsets into it. */
export interface TextProblem extends Mistake {
  readonly from: number;
  readonly to: number;
}

/** A mistake found in the workflow, by the path of the value at fault. */
export interface PathProblem extends Mistake {
  readonly severity?: Severity;
  readonly path: Path;
  /** At the key of the entry rather than at its value. */
  readonly atKey?: boolean;
}

export type ReportText = (problem: TextProblem) => void;
export type ReportPath = (problem: PathProblem) => void;
