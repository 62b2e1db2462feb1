import { type Branch, checkSize, emit, type OpenState, scopeOf } from '../branch.ts';
import { abortOpenState } from './abort-open-state.ts';
import { type RunFlow, runBranches } from './run-branches.ts';
import type { Step } from './run-simple-state.ts';

/** One attempt at a Parallel: every branch gets the same input, and the result is the list of their outputs. */
export async function runParallel(branch: Branch, open: OpenState, runFlow: RunFlow): Promise<Step> {
  const { state, language, name } = open;
  const input = await language.payload(state, scopeOf(branch, open));
  checkSize(name, input);
  emit(branch, 'ParallelStateStarted');
  const plans = (state.Branches ?? []).map((flow) => ({ flow, input, context: {} }));
  const { outputs, branches, failure } = await runBranches(branch, plans, Number.POSITIVE_INFINITY, runFlow);
  if (failure !== undefined) {
    branch.last = branches.get(failure.index)?.last ?? branch.last;
    if (!failure.cause.terminal) for (const child of branches.values()) abortOpenState(branch, child);
    throw failure.cause;
  }
  branch.last = Math.max(branch.last, ...[...branches.values()].map((child) => child.last));
  // AWS hangs the exit on the last event of the branches, not on this one.
  branch.machine.history.append('ParallelStateSucceeded', branch.last);
  const transition = await language.transition(state, state, '', scopeOf(branch, open, { result: outputs }), outputs);
  return { ...transition, next: state.Next };
}
