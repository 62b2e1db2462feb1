import { type Branch, emit, type OpenState, scopeOf } from '../branch.ts';
import { isDistributed, itemProcessorOf } from '../definition.ts';
import { inState, StateFailure } from '../state-failure.ts';
import { abortOpenState } from './abort-open-state.ts';
import { mapInputs } from './map-inputs.ts';
import { type BranchesResult, type BranchPlan, type RunFlow, runBranches } from './run-branches.ts';
import { runDistributedMap } from './run-distributed-map.ts';
import type { Step } from './run-simple-state.ts';

/** What Step Functions runs at most at a time of an inline Map without `MaxConcurrency`. */
const INLINE_CONCURRENCY = 40;

/** One attempt at a Map: an iteration for each item; the result is the list of their outputs. */
export async function runMap(branch: Branch, open: OpenState, runFlow: RunFlow): Promise<Step> {
  const { state, language, name } = open;
  if (isDistributed(state)) return runDistributedMap(branch, open, runFlow);
  const flow = itemProcessorOf(state);
  if (flow === undefined)
    throw new StateFailure('States.Runtime', inState(open, 'The Map state has no ItemProcessor.'));
  const scope = scopeOf(branch, open);
  const items = await language.items(state, scope);
  const limit = (await language.integer(state, 'MaxConcurrency', scope)) || INLINE_CONCURRENCY;
  const plans = (await mapInputs(branch, open, items)).map(({ input, context }, index): BranchPlan => {
    const details = { index, name };
    return {
      flow,
      input,
      context,
      begin: (child) => emit(child, 'MapIterationStarted', { mapIterationStartedEventDetails: details }),
      succeed: (child) => emit(child, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: details }),
    };
  });
  emit(branch, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const result = await runBranches(branch, plans, limit, runFlow);
  if (result.failure !== undefined) throw iterationFailed(branch, name, result, result.failure);
  branch.last = Math.max(branch.last, ...[...result.branches.values()].map((child) => child.last));
  // AWS hangs the exit on the last event of the iterations, not on this one.
  branch.machine.history.append('MapStateSucceeded', branch.last);
  const transition = await language.transition(
    state,
    state,
    '',
    scopeOf(branch, open, { result: result.outputs }),
    result.outputs,
  );
  return { ...transition, next: state.Next };
}

/** The events that a failed iteration leaves: its own, and those of the iterations it cut off, all hanging on its last. */
function iterationFailed(
  branch: Branch,
  name: string,
  { branches }: BranchesResult,
  { index: failed, cause }: NonNullable<BranchesResult['failure']>,
): StateFailure {
  branch.last = branches.get(failed)?.last ?? branch.last;
  if (cause.terminal) return cause;
  for (const [index, child] of branches) {
    const kind = index === failed ? 'Failed' : 'Aborted';
    if (child.ended) continue;
    branch.machine.history.append(`MapIteration${kind}`, branch.last, {
      [`mapIteration${kind}EventDetails`]: { index, name },
    });
    abortOpenState(branch, child);
  }
  return cause;
}
