import { type Branch, type OpenState, scopeOf, waitFor } from '../branch.ts';
import { isTimestamp } from '../is-timestamp.ts';
import type { Transition } from '../query-language.ts';
import { inState, StateFailure } from '../state-failure.ts';

export interface Step extends Transition {
  /** The next state; undefined where the branch ends. */
  readonly next: string | undefined;
}

/** Pass and Succeed: nothing but their output and variables. */
export async function runPass(branch: Branch, open: OpenState): Promise<Step> {
  const { state, language, input } = open;
  const transition = await language.transition(state, state, '', scopeOf(branch, open), input);
  return { ...transition, next: open.type === 'Succeed' ? undefined : state.Next };
}

/** The first rule that holds decides, else `Default`; each brings its own Assign and Output. */
export async function runChoice(branch: Branch, open: OpenState): Promise<Step> {
  const { state, language, input } = open;
  const scope = scopeOf(branch, open);
  for (const [index, rule] of (state.Choices ?? []).entries()) {
    if (!(await language.holds(state, rule, index, scope))) continue;
    return { ...(await language.transition(state, rule, `Choices[${index}]/`, scope, input)), next: rule.Next };
  }
  if (state.Default === undefined) {
    const text = 'Failed to transition out of the state. The state does not point to a next state.';
    throw new StateFailure('States.Runtime', inState(scope.state, text));
  }
  return { ...(await language.transition(state, state, '', scope, input)), next: state.Default };
}

/** Longest wait that Step Functions takes, in seconds: as a number, and until a timestamp, as recorded. */
const LONGEST_WAIT = 99_999_999;
const LONGEST_WAIT_UNTIL = 2 ** 31 - 1;

export async function runWait(branch: Branch, open: OpenState): Promise<Step> {
  const { machine } = branch;
  const milliseconds = await waitTime(branch, open);
  await waitFor(branch, () => machine.sleep(milliseconds, branch.signal));
  return runPass(branch, open);
}

async function waitTime(branch: Branch, open: OpenState): Promise<number> {
  const { state, language } = open;
  const scope = scopeOf(branch, open);
  const fail = (text: string): StateFailure => new StateFailure('States.Runtime', inState(open, text));
  const timestamp = await language.text(state, 'Timestamp', scope);
  if (timestamp === undefined) {
    const seconds = (await language.integer(state, 'Seconds', scope)) ?? 0;
    if (seconds < 0) throw fail(`The Seconds parameter references a negative value: ${seconds}`);
    if (seconds > LONGEST_WAIT) throw fail('Wait state delay is too long.');
    return seconds * 1000;
  }
  if (!isTimestamp(timestamp))
    throw fail(
      `The Timestamp parameter does not reference a valid ISO-8601 extended offset date-time format string: ${timestamp}`,
    );
  const wait = Math.max(0, Date.parse(timestamp) - branch.machine.now());
  if (wait > LONGEST_WAIT_UNTIL * 1000) throw fail('Wait state delay is too long.');
  return wait;
}

export async function runFail(branch: Branch, open: OpenState): Promise<never> {
  const { state, language } = open;
  const scope = scopeOf(branch, open);
  const error = await language.text(state, 'Error', scope);
  const cause = await language.text(state, 'Cause', scope);
  throw new StateFailure(error, cause);
}
