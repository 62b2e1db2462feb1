import type { HistoryEvent } from '../../../lib/engine/execution.ts';
import type { TaskOutcome, TaskRequest } from '../../../lib/local/asl/branch.ts';
import type { StateMachineDefinition } from '../../../lib/local/asl/definition.ts';
import { type RunOptions, type RunResult, startStateMachine } from '../../../lib/local/asl/run-state-machine.ts';
import { createVirtualClock, type VirtualClock } from '../../../lib/local/clock.ts';

export const EXECUTION = {
  id: 'arn:aws:states:us-east-1:123456789012:execution:m:e',
  name: 'e',
  roleArn: 'arn:aws:iam::123456789012:role/r',
};
export const STATE_MACHINE = { id: 'arn:aws:states:us-east-1:123456789012:stateMachine:m', name: 'm' };
export const TASK = 'arn:aws:states:::aws-sdk:rds:describeDBInstances';

type Answer = TaskOutcome | 'never' | { readonly afterSeconds: number; readonly answer: TaskOutcome };

export interface MachineRun extends RunResult {
  /** `"3 2 TaskScheduled"`: id, id of the event before, type. */
  readonly trace: readonly string[];
  readonly calls: readonly TaskRequest[];
  /** Milliseconds from first to last event. */
  readonly took: number;
}

/** Runs JSONata states; the n-th task gets the n-th answer, then the last one again. */
export async function runMachine(
  states: Record<string, unknown>,
  options: Partial<Omit<RunOptions, 'clock'>> & {
    readonly answers?: readonly Answer[];
    readonly clock?: VirtualClock;
    readonly timeoutSeconds?: number;
  } = {},
): Promise<MachineRun> {
  const {
    answers = [{ kind: 'succeeded', output: {} }],
    clock = createVirtualClock(),
    timeoutSeconds,
    ...rest
  } = options;
  const calls: TaskRequest[] = [];
  const run = startStateMachine(definition(states, timeoutSeconds), {
    input: {},
    execution: EXECUTION,
    stateMachine: STATE_MACHINE,
    clock,
    random: () => 0.5,
    callTask: async (request) => {
      const answer = answers[Math.min(calls.length, answers.length - 1)] ?? 'never';
      calls.push(request);
      if (answer === 'never') return new Promise(() => {});
      if ('kind' in answer) return answer;
      await clock.sleep(answer.afterSeconds * 1000, request.signal);
      return answer.answer;
    },
    ...rest,
  });
  const result = await run.done;
  const [first, last] = [result.history[0], result.history.at(-1)];
  return {
    ...result,
    calls,
    trace: traceOf(result.history),
    took: Date.parse(last?.timestamp ?? '') - Date.parse(first?.timestamp ?? ''),
  };
}

export function definition(states: Record<string, unknown>, timeoutSeconds?: number): StateMachineDefinition {
  return {
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0] ?? '',
    States: states as StateMachineDefinition['States'],
    ...(timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds }),
  };
}

export function traceOf(history: readonly HistoryEvent[]): readonly string[] {
  return history.map(({ id, previousEventId, type }) => `${id} ${previousEventId} ${type}`);
}

/** The details of the n-th event, without what every event has. */
export function detailsOf(history: readonly HistoryEvent[], id: number): unknown {
  const {
    id: _id,
    previousEventId: _previous,
    timestamp: _timestamp,
    type: _type,
    ...details
  } = history[id - 1] ?? { id, previousEventId: 0, timestamp: '', type: '' };
  return Object.values(details)[0];
}
