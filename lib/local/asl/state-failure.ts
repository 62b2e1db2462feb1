/** Which field of which state could not be evaluated. */
export interface FailedEvaluation {
  readonly state: string;
  readonly enteredEventId: number;
  readonly location?: string;
}

/**
 * A state has failed, in the sense of the Amazon States Language: with an error name that Retry and Catch look at.
 * Thrown inside the interpreter only; a run always ends in a value.
 */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** Set where the query language failed: AWS then writes an `EvaluationFailed` event first. */
  readonly evaluation: FailedEvaluation | undefined;

  constructor(error: string | undefined, reason: string | undefined, evaluation?: FailedEvaluation) {
    super(`${error ?? ''}: ${reason ?? ''}`);
    this.error = error;
    this.reason = reason;
    this.evaluation = evaluation;
  }

  /**
   * `States.Runtime` ends an execution whatever Retry and Catch say, and no enclosing state gets to notice it.
   * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
   */
  get terminal(): boolean {
    return this.error === 'States.Runtime';
  }
}

/** The branch was cut: the execution was stopped or timed out, or a sibling branch failed. */
export class Aborted extends Error {
  override readonly name = 'Aborted';
}

/** "An error occurred while executing the state 'X' (entered at the event id #2). …", as AWS begins every cause of its own. */
export function inState(state: { readonly name: string; readonly enteredEventId: number }, what: string): string {
  return `An error occurred while executing the state '${state.name}' (entered at the event id #${state.enteredEventId}). ${what}`;
}
