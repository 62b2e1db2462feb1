import type { ParsedWorkflow, Path, StepSource } from '../../language/source.ts';
import type { BytecodeParameter, Origin } from '../bytecode.ts';
import type { TakenOver } from '../resolution-lock.ts';

/** One step of a workflow that has no `workflow` steps left in it. */
export interface FlatStep {
  readonly source: StepSource;
  /** What a person should be pointed at: the step, or the `workflow` step that it came from. */
  readonly place: Path;
  /** True where the text at `place` is not the text of the source, so that no part of it can be pointed at. */
  readonly changed: boolean;
  /** Where the step was written, if not in this workflow. */
  readonly origin?: Origin;
  /** The id it has there; absent for an assertion on a parameter, which nobody has written. */
  readonly innerId?: string;
  /** Of an assertion on a parameter: what its value is held to. */
  readonly holds?: BytecodeParameter;
}

/** A workflow with the steps of the workflows that it draws in put in place. */
export interface FlatWorkflow {
  /** As if its author had written it so; `locate` finds the place in the text that there is. */
  readonly parsed: ParsedWorkflow;
  readonly steps: readonly FlatStep[];
  /** By step, and `<step>.undo`: what the build of the other workflow decided for words of its own. */
  readonly decided: Readonly<Record<string, TakenOver>>;
  /** By parameter: patterns of the parameters of other workflows that it is given to. */
  readonly patterns: ReadonlyMap<string, readonly string[]>;
  /** By step of the type `workflow`, what was put in its place. */
  readonly draws: Readonly<Record<string, Origin>>;
  /** How many workflows stand in one another; 0 where there is only this one. */
  readonly depth: number;
}
