import { type Branch, enterState, exitState, type OpenState, scopeOf, waitFor } from './branch.ts';
import type { Flow } from './definition.ts';
import { createRetries, errorMatches, type Retries } from './retry.ts';
import { Aborted, StateFailure } from './state-failure.ts';
import { runMap } from './states/run-map.ts';
import { runParallel } from './states/run-parallel.ts';
import { runChoice, runFail, runPass, runWait, type Step } from './states/run-simple-state.ts';
import { runTask } from './states/run-task.ts';

/**
 * Runs the states of `flow` from its first to its last and gives the last one's output. Throws the `StateFailure`
 * that nothing in the flow caught, or `Aborted` if the branch is cut.
 */
export async function runFlow(branch: Branch, flow: Flow, input: unknown): Promise<unknown> {
  let name: string | undefined = flow.StartAt;
  let data = input;
  while (name !== undefined) {
    if (branch.signal.aborted) throw new Aborted();
    const state: Flow['States'][string] | undefined = flow.States[name];
    if (state === undefined) throw new Error(`No state named ${name}`);
    const open = enterState(branch, name, state, data);
    const step = await runState(branch, open);
    data = step.output;
    name = step.next;
  }
  return data;
}

/** Runs one state, with its retries, to a step that has been taken: its exit is in the history. */
async function runState(branch: Branch, open: OpenState): Promise<Step> {
  const retries = createRetries(open.state.Retry ?? [], branch.machine.random);
  for (;;) {
    try {
      const step = await runAttempt(branch, open);
      exitState(branch, open, step);
      return step;
    } catch (cause) {
      if (!(cause instanceof StateFailure)) throw cause;
      const delay = record(branch, open, retries, cause);
      if (delay === undefined) return handle(branch, open, cause);
      await waitFor(branch, () => branch.machine.sleep(delay, branch.signal));
      open.retryCount += 1;
    }
  }
}

function runAttempt(branch: Branch, open: OpenState): Promise<Step> {
  switch (open.type) {
    case 'Pass':
    case 'Succeed':
      return runPass(branch, open);
    case 'Choice':
      return runChoice(branch, open);
    case 'Wait':
      return runWait(branch, open);
    case 'Fail':
      return runFail(branch, open);
    case 'Task':
      return runTask(branch, open);
    case 'Parallel':
      return runParallel(branch, open, runFlow);
    case 'Map':
      return runMap(branch, open, runFlow);
  }
}

/** Writes the event of a failed evaluation, if that is what failed; gives the delay before the next attempt, if there is one. */
function record(branch: Branch, open: OpenState, retries: Retries, failure: StateFailure): number | undefined {
  if (failure.terminal) return undefined;
  recordEvaluation(branch, open, failure);
  return retries.after(failure);
}

function recordEvaluation(branch: Branch, open: OpenState, failure: StateFailure): void {
  // A failure of a state in a branch has been recorded there.
  if (failure.evaluation === undefined || failure.evaluation.enteredEventId !== open.enteredEventId) return;
  const { location, state } = failure.evaluation;
  const details = {
    error: failure.error,
    cause: failure.reason,
    ...(location === undefined ? {} : { location }),
    state,
  };
  // As recorded from AWS: where nothing has happened in the state yet, the event hangs on what was before it.
  const previous = branch.last === open.enteredEventId ? open.before : branch.last;
  branch.last = branch.machine.history.append('EvaluationFailed', previous, { evaluationFailedEventDetails: details });
}

/** Takes the first catcher that matches, or lets the failure out of the state. */
async function handle(branch: Branch, open: OpenState, failure: StateFailure): Promise<Step> {
  if (failure.terminal) throw failure;
  const before = branch.last;
  stateFailed(branch, open);
  const catchers = open.state.Catch ?? [];
  const index = catchers.findIndex((catcher) => errorMatches(catcher.ErrorEquals, failure));
  const catcher = catchers[index];
  if (catcher === undefined) throw failure;
  const errorOutput = { Error: failure.error ?? null, Cause: failure.reason ?? null };
  try {
    const scope = scopeOf(branch, open, { errorOutput });
    const step = {
      ...(await open.language.transition(open.state, catcher, `Catch[${index}]/`, scope, errorOutput)),
      next: catcher.Next,
    };
    exitState(branch, open, step);
    return step;
  } catch (cause) {
    if (!(cause instanceof StateFailure) || cause.terminal) throw cause;
    branch.last = before;
    recordEvaluation(branch, open, cause);
    stateFailed(branch, open);
    throw cause;
  }
}

/** Parallel and Map have an event for their failure; a Task has had its own, and the other types have none. */
function stateFailed(branch: Branch, open: OpenState): void {
  if (open.type !== 'Parallel' && open.type !== 'Map') return;
  branch.last = branch.machine.history.append(`${open.type}StateFailed`, branch.last);
}
