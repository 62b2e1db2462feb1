import { paginateListExecutions, type SFNClient } from '@aws-sdk/client-sfn';
import type { OwnerLimit } from './execution.ts';

/** Ten thousand executions: beyond that nobody is counted any more, and nothing more is started. */
const MAX_PAGES = 10;

/**
 * Whether as many executions of this owner run as may. Step Functions lists what has just started or ended a little
 * later, so that calls at the same moment can get past the limit together: it keeps callers from heaping up work,
 * and is no lock. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
export async function isAtLimit(
  client: SFNClient,
  stateMachineArn: string,
  { namePrefix, maxRunning }: OwnerLimit,
): Promise<boolean> {
  let running = 0;
  let pages = 0;
  const query = { stateMachineArn, statusFilter: 'RUNNING' } as const;
  for await (const { executions = [], nextToken } of paginateListExecutions({ client, pageSize: 1_000 }, query)) {
    running += executions.filter(({ name }) => name?.startsWith(namePrefix)).length;
    pages += 1;
    if (running >= maxRunning) return true;
    if (pages >= MAX_PAGES) return nextToken !== undefined;
  }
  return false;
}
