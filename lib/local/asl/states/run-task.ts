import {
  type Branch,
  checkSize,
  emit,
  type OpenState,
  scopeOf,
  type TaskAnswer,
  type TaskRequest,
  waitFor,
} from '../branch.ts';
import { errorDetails } from '../history.ts';
import type { Scope } from '../query-language.ts';
import { inState, StateFailure } from '../state-failure.ts';
import { awaitAnswer, type Limits, withinTime } from './await-answer.ts';
import type { Step } from './run-simple-state.ts';
import { isActivity, type TaskEvents, taskEvents } from './task-events.ts';

/** One attempt at a Task: its arguments, the call and its events, then output and variables. */
export async function runTask(branch: Branch, open: OpenState): Promise<Step> {
  const { state, language } = open;
  const scope = taskScope(branch, open);
  const result = await attempt(branch, open, scope);
  const transition = await language.transition(state, state, '', { ...scope, result }, result);
  return { ...transition, next: state.Next };
}

/** A task that somebody answers has a token in its context object. */
function taskScope(branch: Branch, open: OpenState): Scope {
  const scope = scopeOf(branch, open);
  const resource = open.state.Resource ?? '';
  if (!waitsForToken(resource)) return scope;
  return { ...scope, context: { ...scope.context, Task: { Token: branch.machine.tokens.create() } } };
}

function waitsForToken(resource: string): boolean {
  return resource.endsWith('.waitForTaskToken') || isActivity(resource);
}

const RUNS_A_JOB = /\.(sync(:2)?|waitForTaskToken)$/;

async function attempt(branch: Branch, open: OpenState, scope: Scope): Promise<unknown> {
  const { machine } = branch;
  const { state, language } = open;
  const resource = state.Resource ?? '';
  const payload = await language.payload(state, scope);
  const credentials = await language.credentials(state, scope);
  const limits: Limits = {
    timeoutSeconds: await language.integer(state, 'TimeoutSeconds', scope),
    heartbeatSeconds: await language.integer(state, 'HeartbeatSeconds', scope),
  };
  checkSize(open.name, payload);
  const problems = machine.checkTask(resource, payload);
  if (problems.length > 0) {
    const field = state.Parameters === undefined ? 'Arguments' : 'Parameters';
    const text = `The ${field} '${JSON.stringify(payload)}' could not be used to start the Task: [${problems.join(', ')}]`;
    throw new StateFailure('States.Runtime', inState(open, text));
  }
  const events = taskEvents(resource);
  const extra = events.scheduledExtra({ region: machine.region, ...limits, credentials });
  emit(branch, events.type('Scheduled'), events.details('Scheduled', { ...events.payload(payload), ...extra }));
  // Step Functions takes a moment to start a task: other branches get on meanwhile.
  await waitFor(branch, () => Promise.resolve());
  emit(branch, events.type('Started'), events.details('Started', {}));
  const over = new AbortController();
  const request: TaskRequest = {
    resource,
    arguments: payload,
    ...(credentials === undefined ? {} : { credentials }),
    context: scope.context,
    signal: over.signal,
  };
  const cut = (): void => over.abort(OVER);
  branch.signal.addEventListener('abort', cut, { once: true });
  try {
    return settle(branch, events, await perform(branch, open, events, request, limits));
  } finally {
    branch.signal.removeEventListener('abort', cut);
    cut();
  }
}

/** Given as the reason, as otherwise each signal makes an exception of its own. */
const OVER = new Error('Nobody waits for the answer any more');

/** Makes the call and, where the task is a job or has a token, waits for its end. Undefined once the time is up. */
async function perform(
  branch: Branch,
  open: OpenState,
  events: TaskEvents,
  request: TaskRequest,
  limits: Limits,
): Promise<TaskAnswer | undefined> {
  const { machine } = branch;
  const deadline = limits.timeoutSeconds === undefined ? undefined : machine.now() + limits.timeoutSeconds * 1000;
  const token = waitsForToken(request.resource) ? tokenOf(request) : undefined;
  const task = { state: open.name, resource: request.resource, arguments: request.arguments };
  // The token can be answered from the moment of the call: whoever is called may do so at once.
  const answered = token === undefined ? undefined : awaitAnswer(machine, { ...task, token }, limits, request.signal);
  const call = machine.callTask(request);
  if (isActivity(request.resource)) {
    const worker = call.then((outcome) => (outcome.kind === 'submitted' ? answered : outcome));
    return timed(branch, [worker, answered], deadline, request.signal);
  }
  const outcome = await timed(branch, [call], deadline, request.signal);
  if (outcome === undefined || !RUNS_A_JOB.test(request.resource)) {
    return outcome?.kind === 'submitted' ? { kind: 'succeeded', output: outcome.output } : outcome;
  }
  if (outcome.kind === 'failed') {
    const failure = new StateFailure(outcome.error, outcome.cause);
    emit(branch, events.type('SubmitFailed'), events.details('SubmitFailed', errorDetails(failure)));
    throw failure;
  }
  emit(branch, events.type('Submitted'), events.details('Submitted', events.result(outcome.output)));
  const ends = [answered, outcome.kind === 'submitted' ? outcome.completed : undefined];
  if (token === undefined && ends[1] === undefined) return { kind: 'succeeded', output: outcome.output };
  return timed(branch, ends, deadline, request.signal);
}

function tokenOf(request: TaskRequest): string {
  return (request.context.Task as { readonly Token: string }).Token;
}

async function timed<T>(
  branch: Branch,
  ends: readonly (Promise<T | undefined> | undefined)[],
  deadline: number | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  const { machine } = branch;
  const limit = deadline === undefined ? undefined : Math.max(0, deadline - machine.now());
  return waitFor(branch, () => withinTime(ends, machine.sleep, limit, signal));
}

async function settle(branch: Branch, events: TaskEvents, outcome: TaskAnswer | undefined): Promise<unknown> {
  if (outcome === undefined) {
    const failure = new StateFailure('States.Timeout', undefined);
    emit(branch, events.type('TimedOut'), events.details('TimedOut', errorDetails(failure)));
    // As recorded: tasks of other branches whose time is up at the same moment time out before this failure has effect.
    await waitFor(branch, () => branch.machine.sleep(0, branch.signal));
    throw failure;
  }
  if (outcome.kind === 'failed') throw failed(branch, events, new StateFailure(outcome.error, outcome.cause));
  try {
    checkSize(events.service, outcome.output);
  } catch (cause) {
    throw cause instanceof StateFailure ? failed(branch, events, cause) : cause;
  }
  emit(branch, events.type('Succeeded'), events.details('Succeeded', events.result(outcome.output)));
  return outcome.output;
}

function failed(branch: Branch, events: TaskEvents, failure: StateFailure): StateFailure {
  emit(branch, events.type('Failed'), events.details('Failed', errorDetails(failure)));
  return failure;
}
