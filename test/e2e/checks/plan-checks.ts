import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@modelcontextprotocol/client';
import { type Question, subscribeToQuestions } from './approve-all.ts';
import { awsCall } from './aws-call.ts';
import type { Deployment } from './deployment.ts';
import { type Answer, call, connect } from './mcp-client.ts';
import { createPrincipal } from './principals.ts';
import type { Report } from './report.ts';
import { emulatedFetch, signedFetch } from './signed-fetch.ts';

const WORKFLOW = 'ebs_delete_unattached';
const REQUEST = { name: WORKFLOW, params: { min_age_days: 0 } } as const;
/** Tenths of a second. */
const PATIENCE = 100;

/**
 * A change that is planned first and asked about in between: over MCP up to its start, then through the link that the
 * message holds, with no other permission than the link itself.
 */
export async function planChecks(report: Report, { mcpUrl, region, account, apiId }: Deployment): Promise<void> {
  report.section('A plan over MCP, and its approval by the link');
  const invoke = `arn:aws:execute-api:${region}:${account}:${apiId}/$default/*/mcp`;
  const { credentials } = await createPrincipal('planner', 'execute-api:Invoke', invoke, ['ec2:*']);
  const client = await connect(mcpUrl, 'auto', signedFetch(credentials, region));
  const questions = await subscribeToQuestions(region, account, 'asked-by-plan-checks');

  const volume = await createVolume();
  const first = await report.check(
    'dry_run gives a plan that names what would be deleted, and changes nothing',
    async () => {
      const plan = await planned(client);
      assert.match(JSON.stringify(plan), new RegExp(volume));
      assert.ok((await volumeIds()).includes(volume));
      return plan;
    },
  );
  await report.check('the same again gives the same plan_id', async () => {
    assert.equal((await planned(client)).plan_id, first?.plan_id);
  });
  await report.check('after a change a start with the old plan_id is refused: PLAN_CHANGED', async () => {
    await createVolume();
    const { isError, text } = await call(client, 'execute_workflow', { ...REQUEST, plan_id: first?.plan_id });
    assert.ok(isError && text.startsWith('PLAN_CHANGED'), text);
  });

  const approved = await report.check('with the new plan_id it starts, and asks', () =>
    startPlanned(client, questions),
  );
  const page = new URL('/approval', mcpUrl);
  await report.check('the link of the message opens a page, which answers nothing', async () => {
    const { pathname, hash } = new URL(approved?.question.url ?? '');
    assert.deepEqual([pathname, decodeURIComponent(hash.slice(1))], ['/approval', approved?.question.token]);
    const { status, headers } = await emulatedFetch(page);
    assert.deepEqual([status, headers.get('content-type')], [200, 'text/html; charset=utf-8']);
    assert.equal((await execution(client, approved?.executionId, 0)).status, 'RUNNING');
  });
  await report.check('its Approve lets the run go on, once', async () => {
    assert.deepEqual(await answer(page, approved?.question.token, 'approve'), [200, { outcome: 'approved' }]);
    const { status } = await execution(client, approved?.executionId, 10);
    assert.equal(status, 'SUCCEEDED');
    assert.ok(!(await volumeIds()).includes(volume));
    assert.deepEqual(await answer(page, approved?.question.token, 'approve'), [410, { outcome: 'not-waiting' }]);
  });

  await report.check('its Refuse stops the run, and nothing is deleted', async () => {
    const kept = await createVolume();
    const refused = await startPlanned(client, questions);
    assert.deepEqual(await answer(page, refused.question.token, 'refuse'), [200, { outcome: 'refused' }]);
    const { status } = await execution(client, refused.executionId, 10);
    assert.equal(status, 'FAILED');
    assert.ok((await volumeIds()).includes(kept));
  });
  await report.check('a token that never was opens nothing', async () => {
    assert.deepEqual(await answer(page, 'AAAA', 'approve'), [410, { outcome: 'not-waiting' }]);
  });
}

async function planned(client: Client): Promise<Answer> {
  const { output, text } = await call(client, 'execute_workflow', { ...REQUEST, dry_run: true });
  assert.equal(output.status, 'PLANNED', text);
  return output.plan as Answer;
}

/** Starts what a plan of now says, confirmed, and waits for its question. */
async function startPlanned(
  client: Client,
  questions: () => Promise<readonly Question[]>,
): Promise<{ readonly executionId: unknown; readonly question: Question }> {
  const { plan_id } = await planned(client);
  const request = { ...REQUEST, plan_id };
  const { output: asked, text } = await call(client, 'execute_workflow', request);
  assert.equal(asked.status, 'CONFIRMATION_REQUIRED', text);
  const { confirmation_token } = asked;
  const { output: started, text: said } = await call(client, 'execute_workflow', { ...request, confirmation_token });
  assert.equal(started.status, 'RUNNING', said);
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const [question] = (await questions()).filter(({ workflow }) => workflow === WORKFLOW);
    if (question !== undefined) return { executionId: started.execution_id, question };
    await sleep(100);
  }
  throw new Error('Nothing was asked');
}

async function execution(client: Client, execution_id: unknown, wait_seconds: number): Promise<Answer> {
  return (await call(client, 'get_execution', { execution_id, wait_seconds })).output;
}

/** What the page sends, without a signature. */
async function answer(page: URL, token: string | undefined, decision: string): Promise<readonly [number, unknown]> {
  const headers = { 'content-type': 'application/json' };
  const response = await emulatedFetch(page, { method: 'POST', headers, body: JSON.stringify({ token, decision }) });
  return [response.status, await response.json()];
}

async function createVolume(): Promise<string> {
  const { VolumeId } = await awsCall('ec2:createVolume', { AvailabilityZone: 'us-east-1a', Size: 4 });
  return VolumeId as string;
}

async function volumeIds(): Promise<readonly string[]> {
  const { Volumes } = await awsCall('ec2:describeVolumes', {});
  return Array.isArray(Volumes) ? Volumes.map(({ VolumeId }: { VolumeId: string }) => VolumeId) : [];
}
