import { type Branch, emit, type OpenState, scopeOf } from '../branch.ts';
import { itemProcessorOf } from '../definition.ts';
import { createHistory, errorDetails } from '../history.ts';
import { uuid } from '../random.ts';
import { inState, StateFailure } from '../state-failure.ts';
import { type MapInput, mapInputs } from './map-inputs.ts';
import { readItems } from './read-items.ts';
import { type BranchPlan, type RunFlow, runBranches } from './run-branches.ts';
import type { Step } from './run-simple-state.ts';
import { writeResults } from './write-results.ts';

/** What Step Functions runs at most at a time of a distributed Map without `MaxConcurrency`. */
const DISTRIBUTED_CONCURRENCY = 10_000;

/** How one child execution ended. */
export interface ChildResult {
  readonly input: unknown;
  readonly output?: unknown;
  readonly failure?: StateFailure;
}

/**
 * One attempt at a distributed Map: a child execution for each item or batch of items, with a history and variables
 * of its own; the result is the list of their outputs, or where `ResultWriter` has put them.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export async function runDistributedMap(branch: Branch, open: OpenState, runFlow: RunFlow): Promise<Step> {
  const { state, language } = open;
  const scope = scopeOf(branch, open);
  const found = state.ItemReader === undefined ? await language.items(state, scope) : undefined;
  const limit = (await language.integer(state, 'MaxConcurrency', scope)) || DISTRIBUTED_CONCURRENCY;
  const tolerated = await toleratedFailures(open, branch);
  // With an ItemReader AWS does not know the number yet.
  emit(branch, 'MapStateStarted', { mapStateStartedEventDetails: { length: found?.length ?? 0 } });
  const mapRunArn = mapRunArnOf(branch, open);
  emit(branch, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  let result: unknown;
  try {
    const inputs = await mapInputs(branch, open, found ?? (await readItems(branch, open)));
    const children = await runChildren(branch, open, runFlow, inputs, limit, tolerated(inputs.length));
    const outputs = children.filter(({ failure }) => failure === undefined).map(({ output }) => output);
    result = state.ResultWriter === undefined ? outputs : await writeResults(branch, open, mapRunArn, children);
  } catch (cause) {
    if (cause instanceof StateFailure && !cause.terminal)
      emit(branch, 'MapRunFailed', { mapRunFailedEventDetails: errorDetails(cause) });
    throw cause;
  }
  emit(branch, 'MapRunSucceeded');
  branch.machine.history.append('MapStateSucceeded', branch.last);
  const transition = await language.transition(state, state, '', scopeOf(branch, open, { result }), result);
  return { ...transition, next: state.Next };
}

/** Runs the child executions; fails once more of them have failed than are tolerated. */
async function runChildren(
  branch: Branch,
  open: OpenState,
  runFlow: RunFlow,
  inputs: readonly MapInput[],
  limit: number,
  tolerated: number,
): Promise<readonly ChildResult[]> {
  const flow = itemProcessorOf(open.state);
  if (flow === undefined)
    throw new StateFailure('States.Runtime', inState(open, 'The Map state has no ItemProcessor.'));
  let failures = 0;
  const plans = inputs.map(({ input, context }): BranchPlan => {
    const machine = { ...branch.machine, history: createHistory(branch.machine.now) };
    return { flow, input, context, fields: { machine, variables: {}, last: 0 } };
  });
  const runChild: RunFlow = async (child, childFlow, input): Promise<ChildResult> => {
    try {
      return { input, output: await runFlow(child, childFlow, input) };
    } catch (cause) {
      if (!(cause instanceof StateFailure)) throw cause;
      failures += 1;
      if (failures <= tolerated) return { input, failure: cause };
      const text = 'The specified tolerated failure threshold was exceeded';
      throw new StateFailure('States.ExceedToleratedFailureThreshold', text);
    }
  };
  const { outputs, failure } = await runBranches(branch, plans, limit, runChild);
  if (failure !== undefined) throw failure.cause;
  return outputs as readonly ChildResult[];
}

/** How many of so many child executions may fail. */
async function toleratedFailures(open: OpenState, branch: Branch): Promise<(children: number) => number> {
  const scope = scopeOf(branch, open);
  const count = await open.language.integer(open.state, 'ToleratedFailureCount', scope);
  const percentage = await open.language.number(open.state, 'ToleratedFailurePercentage', scope);
  return (children) => Math.max(count ?? 0, percentage === undefined ? 0 : Math.floor((children * percentage) / 100));
}

/** `arn:aws:states:us-east-1:123456789012:mapRun:machine/Label:uuid`, beside the ARN of the execution. */
function mapRunArnOf({ machine }: Branch, { state }: OpenState): string {
  const { Id: id } = (machine.context.StateMachine ?? {}) as { readonly Id?: string };
  const [prefix = 'arn:aws:states:::', name = ''] = (id ?? '').split('stateMachine:');
  return `${prefix}mapRun:${name}/${state.Label ?? uuid(machine.random)}:${uuid(machine.random)}`;
}
