import type { Catalog, CatalogService, Operation, Waiter } from '../../catalog/catalog.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import type { CallSource, ParsedWorkflow, Path, StepSource } from '../../language/source.ts';
import type { BytecodeParameter, HowResolved, Origin, Permission, Tier } from '../bytecode.ts';
import type { LockedResolution } from '../resolution-lock.ts';
import type { TierCeiling } from '../tiers.ts';
import type { Value } from './value.ts';

/** What a finding says; the position is derived from the path into the document, never typed by hand. */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly severity?: Severity;
  readonly path: Path;
  /** A part of the scalar at `path`, by offsets into its value. */
  readonly within?: { readonly from: number; readonly to: number };
  /** Points at the key of the entry instead of its value. */
  readonly atKey?: boolean;
  readonly message: string;
  readonly hint?: string;
}

export type Report = (finding: Finding) => void;

/** The call a step makes: pinned by its author, or matched from its words. */
export interface ResolvedCall {
  readonly service: CatalogService;
  readonly operation: Operation;
  /** By AWS's member name. */
  readonly members: ReadonlyMap<string, Value>;
  readonly resolution: HowResolved;
  /** The decision as the lock file keeps it; absent for a pinned call. */
  readonly decision?: LockedResolution;
  /** Members that take a list, for which the author wrote one value. */
  readonly wrapped?: readonly string[];
}

export interface AnalysedStep {
  readonly index: number;
  readonly id: string;
  readonly path: Path;
  readonly source: StepSource;
  /** The call as its author wrote it, where the step makes one. */
  readonly callSource?: CallSource;
  /** Where this is not a step of its own but the inverse of one: that step's id. It runs only when a run is undone. */
  readonly undoOf?: string;
  /** Where a `workflow` step put it in place. */
  readonly from?: Origin;
  /** Of an assertion on what is given to another workflow: the parameter that it is given for. */
  readonly holds?: BytecodeParameter;
  /** The waiter that a wait names. */
  readonly waiter?: Waiter;
  /** What else the author wrote as expressions, by field: `when`, `for_each`, `that`, `until`, `output.<name>` … */
  readonly fields: ReadonlyMap<string, Value>;
  /** Every value the author wrote in the step, resolved or not. */
  readonly values: readonly Value[];
  /** Absent where the step could not be resolved; that has been reported. */
  readonly call?: ResolvedCall;
  /** What the call must be allowed to do; none where there is no call. */
  readonly permissions: readonly Permission[];
}

/** What the rules look at. Rules read it and report; none of them changes it. */
export interface Analysis {
  readonly parsed: ParsedWorkflow;
  readonly catalog: Catalog;
  readonly tier: Tier;
  readonly ceiling: TierCeiling;
  /** The steps as written, then the inverses of those that have one. */
  readonly steps: readonly AnalysedStep[];
  /** What a run returns, by name. */
  readonly outputs: ReadonlyMap<string, Value>;
  /** By parameter: patterns of the parameters of other workflows that it is given to. */
  readonly patterns: ReadonlyMap<string, readonly string[]>;
}

export type Rule = (analysis: Analysis, report: Report) => void;

/**
 * Turns findings into diagnostics of `parsed`, collected in `diagnostics`. `elsewhere` says of what part a finding is
 * that stands in another workflow than the place that is shown.
 */
export function reporter(
  parsed: ParsedWorkflow,
  diagnostics: Diagnostic[],
  elsewhere: (path: Path) => string | undefined = () => undefined,
): Report {
  return ({ code, severity = 'error', path, within, atKey, message: text, hint }) => {
    const span = atKey ? parsed.locateKey(path) : parsed.locate(path, within);
    const where = elsewhere(path);
    const message = where === undefined ? text : `${text} (${where})`;
    diagnostics.push({ code, severity, message, file: parsed.file, span, ...(hint === undefined ? {} : { hint }) });
  };
}
