import type { HistoryEvent } from '../../../lib/engine/execution.ts';
import { serverStopped } from '../../../lib/local/state/server-stopped.ts';

const TIME = '2026-05-04T03:02:01.000Z';
const LATER = Date.parse('2026-05-04T04:00:00.000Z');

/** `+x` for a state that is entered, `-x` for one that is left; a Map or a Parallel has its name in brackets. */
function historyOf(...moves: readonly string[]): readonly HistoryEvent[] {
  const started = { id: 1, previousEventId: 0, timestamp: TIME, type: 'ExecutionStarted' };
  const events = moves.map((move, index): HistoryEvent => {
    const type = move.includes('[') ? 'Map' : 'Task';
    const name = move.slice(1).replace(/[[\]]/g, '');
    const common = { id: index + 2, previousEventId: index + 1, timestamp: TIME };
    return move.startsWith('+')
      ? { ...common, type: `${type}StateEntered`, stateEnteredEventDetails: { name } }
      : { ...common, type: `${type}StateExited`, stateExitedEventDetails: { name } };
  });
  return [started, ...events];
}

const stopped = (history: readonly HistoryEvent[], now = LATER) =>
  serverStopped({ workflowId: 'w', executionName: 'e', history, end: undefined }, now);

describe('the cause of an execution whose server stopped', () => {
  it.each([
    [
      'a step that runs',
      ['+Validate input', '-Validate input', '+create_snapshot'],
      'step create_snapshot was running',
    ],
    [
      'a wait between two looks',
      ['+ready', '-ready', '+ready over?', '-ready over?', '+ready pause'],
      'step ready was',
    ],
    ['a step for each element', ['+[copy]', '+copy each', '+copy each', '-copy each'], 'step copy was running'],
    ['steps side by side', ['+[a beside b]', '+a', '+b'], 'the steps a, b were running'],
    ['a Map none of whose elements is open', ['+[copy]'], 'step copy was running'],
    ['an inverse', ['+make', '-make', '+Undo make'], 'step make was being undone'],
    ['a step that was left a moment ago', ['+make', '-make'], 'step make was running'],
    ['no step yet', [], 'the execution was between its steps'],
    ['the check of the input', ['+Validate input'], 'the execution was between its steps'],
  ])('names %s', (_name, moves, cause) => {
    expect(stopped(historyOf(...moves)).end).toEqual({
      status: 'FAILED',
      stoppedAt: '2026-05-04T04:00:00.000Z',
      error: 'Local.ServerStopped',
      cause: expect.stringContaining(`The server stopped while ${cause}`),
    });
  });

  it('stands in the last event as well', () => {
    const { history, end } = stopped(historyOf('+make'));
    expect(history.at(-1)).toEqual({
      id: 3,
      previousEventId: 2,
      timestamp: end.stoppedAt,
      type: 'ExecutionFailed',
      executionFailedEventDetails: {
        error: 'Local.ServerStopped',
        cause: 'The server stopped while step make was running',
      },
    });
  });
});

it('ends no execution before its last event', () => {
  expect(stopped(historyOf('+make'), 0).end.stoppedAt).toBe(TIME);
});

describe('an execution whose last event tells its end', () => {
  const ending = (type: string, details: object): readonly HistoryEvent[] => [
    ...historyOf('+make', '-make'),
    {
      id: 4,
      previousEventId: 3,
      timestamp: TIME,
      type,
      [`${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`]: details,
    },
  ];

  it.each([
    ['ExecutionSucceeded', { output: '{"a":1}' }, { status: 'SUCCEEDED', output: { a: 1 } }],
    ['ExecutionFailed', { error: 'E', cause: 'c' }, { status: 'FAILED', error: 'E', cause: 'c' }],
    ['ExecutionAborted', { error: 'Cancelled' }, { status: 'ABORTED', error: 'Cancelled' }],
    ['ExecutionTimedOut', { error: 'States.Timeout' }, { status: 'TIMED_OUT' }],
  ])('%s has ended just so', (type, details, end) => {
    const history = ending(type, details);
    const found = stopped(history);
    expect(found.end).toEqual({ ...end, stoppedAt: TIME });
    expect(found.history).toEqual(history);
  });
});
