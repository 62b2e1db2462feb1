import { type SFNClient, StartSyncExecutionCommand, SyncExecutionStatus } from '@aws-sdk/client-sfn';
import type { PlanRun } from './plan-run.ts';

/**
 * Runs the Express state machine that makes a plan, and waits for it.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export async function planExpress(
  client: SFNClient,
  stateMachineArn: string,
  input: Readonly<Record<string, unknown>>,
): Promise<PlanRun> {
  const command = new StartSyncExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
  const { status, output, error, cause } = await client.send(command);
  if (status === SyncExecutionStatus.SUCCEEDED) return { outcome: 'planned', output: JSON.parse(output ?? 'null') };
  return { outcome: 'failed', error: error ?? status ?? 'FAILED', cause: cause ?? '' };
}
