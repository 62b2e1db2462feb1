import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';

export interface EndedExecution extends DescribeExecutionOutput {
  /** The names of the states that were entered, in order. */
  readonly states: readonly string[];
}

const PATIENCE_SECONDS = 20;

/**
 * Starts a state machine as the Step Functions console does, past the MCP endpoint, and waits for its end; `meanwhile`
 * is done again and again until then.
 */
export async function runExecution(
  stateMachineArn: string,
  input: object,
  meanwhile: () => Promise<void> = async () => {},
): Promise<EndedExecution> {
  const sfn = new SFNClient({});
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  for (let attempt = 0; attempt < PATIENCE_SECONDS * 10; attempt++) {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') return { ...execution, states: await statesEntered(sfn, executionArn) };
    await meanwhile();
    await sleep(100);
  }
  const states = await statesEntered(sfn, executionArn);
  throw new Error(`The execution did not end within ${PATIENCE_SECONDS} seconds; it is at ${states.at(-1)}`);
}

async function statesEntered(sfn: SFNClient, executionArn: string | undefined): Promise<readonly string[]> {
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
}
