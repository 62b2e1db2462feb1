import { type Branch, waitFor } from '../branch.ts';
import type { Flow } from '../definition.ts';
import { Aborted, StateFailure } from '../state-failure.ts';

export interface BranchPlan {
  readonly flow: Flow;
  readonly input: unknown;
  readonly context: Readonly<Record<string, unknown>>;
  /** What else is its own, where the branch is an execution of its own. */
  readonly fields?: Partial<Pick<Branch, 'machine' | 'variables' | 'last'>>;
  /** Called when the branch begins and when it ended well, with its turn. */
  readonly begin?: (branch: Branch) => void;
  readonly succeed?: (branch: Branch) => void;
}

/** Runs a flow to its end and gives its output. */
export type RunFlow = (branch: Branch, flow: Flow, input: unknown) => Promise<unknown>;

export interface BranchesResult {
  readonly outputs: readonly unknown[];
  /** All branches that began, by their place in the plan. */
  readonly branches: ReadonlyMap<number, Branch>;
  readonly failure?: { readonly index: number; readonly cause: StateFailure };
}

/**
 * Runs branches side by side, at most `limit` at a time, in turns. The first failure cuts the others off; its
 * branch is the one whose `last` event comes next. Rejects with {@link Aborted} if the parent itself is cut.
 */
export async function runBranches(
  parent: Branch,
  plans: readonly BranchPlan[],
  limit: number,
  runFlow: RunFlow,
): Promise<BranchesResult> {
  const group = new AbortController();
  const signal = AbortSignal.any([parent.signal, group.signal]);
  const { turns } = parent.machine;
  const outputs: unknown[] = new Array(plans.length);
  const branches = new Map<number, Branch>();
  let failure: BranchesResult['failure'];
  let fault: unknown;
  let waiting = 0;

  /** A branch begins where its predecessor in the same place ended, the first ones where the parent stands. */
  const begin = (after: number): (() => Promise<void>) | undefined => {
    const index = waiting;
    const plan = plans[index];
    if (plan === undefined) return undefined;
    waiting += 1;
    const context = { ...parent.context, ...plan.context };
    const branch: Branch = {
      ...parent,
      signal,
      context,
      last: after,
      open: undefined,
      left: undefined,
      ended: false,
      ...plan.fields,
    };
    branches.set(index, branch);
    plan.begin?.(branch);
    return () => run(index, plan, branch);
  };
  const run = async (index: number, plan: BranchPlan, branch: Branch): Promise<void> => {
    await turns.take();
    let next: (() => Promise<void>) | undefined;
    try {
      if (signal.aborted) return;
      outputs[index] = await runFlow(branch, plan.flow, plan.input);
      branch.ended = true;
      // The next iteration hangs on the last event of this one's states, past the event of its success.
      const { last } = branch;
      plan.succeed?.(branch);
      next = begin(last);
    } catch (cause) {
      if (cause instanceof Aborted) return;
      if (!(cause instanceof StateFailure)) fault ??= cause;
      else if (failure === undefined && !signal.aborted) failure = { index, cause };
      group.abort();
    } finally {
      turns.release();
    }
    await next?.();
  };

  const first: (() => Promise<void>)[] = [];
  while (first.length < limit) {
    const start = begin(parent.last);
    if (start === undefined) break;
    first.push(start);
  }
  await waitFor(parent, () => Promise.all(first.map((start) => start())));
  if (fault !== undefined) throw fault;
  return { outputs, branches, ...(failure === undefined ? {} : { failure }) };
}
