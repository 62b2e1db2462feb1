import { type Branch, checkSize, emit, type OpenState, scopeOf, type TaskOutcome, waitFor } from '../branch.ts';
import { errorDetails } from '../history.ts';
import { inState, StateFailure } from '../state-failure.ts';
import type { Step } from './run-simple-state.ts';
import { type TaskEvents, taskEvents } from './task-events.ts';

/** One attempt at a Task: its arguments, the call and its events, then output and variables. */
export async function runTask(branch: Branch, open: OpenState): Promise<Step> {
  const { state, language } = open;
  const result = await attempt(branch, open);
  const transition = await language.transition(state, '', scopeOf(branch, open, { result }), result);
  return { ...transition, next: state.Next };
}

async function attempt(branch: Branch, open: OpenState): Promise<unknown> {
  const { machine } = branch;
  const { state, language } = open;
  const scope = scopeOf(branch, open);
  const resource = state.Resource ?? '';
  const payload = await language.payload(state, scope);
  const credentials = await language.credentials(state, scope);
  const timeoutSeconds = await language.integer(state, 'TimeoutSeconds', scope);
  const heartbeatSeconds = await language.integer(state, 'HeartbeatSeconds', scope);
  checkSize(open.name, payload);
  const problems = machine.checkTask(resource, payload);
  if (problems.length > 0) {
    const text = `The Arguments '${JSON.stringify(payload)}' could not be used to start the Task: [${problems.join(', ')}]`;
    throw new StateFailure('States.Runtime', inState(open, text));
  }
  const events = taskEvents(resource);
  const extra = events.scheduledExtra({ region: machine.region, timeoutSeconds, heartbeatSeconds, credentials });
  emit(branch, events.type('Scheduled'), events.details('Scheduled', { ...events.payload(payload), ...extra }));
  const started = new AbortController();
  const request = {
    resource,
    arguments: payload,
    ...(credentials === undefined ? {} : { credentials }),
    context: scope.context,
    signal: AbortSignal.any([branch.signal, started.signal]),
  };
  // Step Functions takes a moment to start a task: other branches get on meanwhile.
  await waitFor(branch, () => Promise.resolve());
  emit(branch, events.type('Started'), events.details('Started', {}));
  const outcome = await waitFor(branch, async () => {
    const call = machine.callTask(request);
    try {
      return await firstOf(call, machine.sleep, timeoutSeconds, request.signal);
    } finally {
      started.abort();
    }
  });
  return settle(branch, events, outcome);
}

/** The outcome, or undefined where the time is up or nobody waits any more. */
async function firstOf(
  call: Promise<TaskOutcome>,
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>,
  limitSeconds: number | undefined,
  signal: AbortSignal,
): Promise<TaskOutcome | undefined> {
  const cut = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const timedOut = limitSeconds === undefined ? cut : sleep(limitSeconds * 1000, signal).then(() => undefined);
  return Promise.race([call, timedOut, cut]);
}

function settle(branch: Branch, events: TaskEvents, outcome: TaskOutcome | undefined): unknown {
  if (outcome === undefined) {
    const failure = new StateFailure('States.Timeout', undefined);
    emit(branch, events.type('TimedOut'), events.details('TimedOut', errorDetails(failure)));
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
