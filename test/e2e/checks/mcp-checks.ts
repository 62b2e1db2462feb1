import assert from 'node:assert/strict';
import type { Client } from '@modelcontextprotocol/client';
import { DATABASE, snapshotIds, untilNameIsFree } from './database.ts';
import { type Deployment, WORKFLOW } from './deployment.ts';
import { type Answer, call, connect } from './mcp-client.ts';
import { assumeNewRole, createPrincipal } from './principals.ts';
import type { Report } from './report.ts';
import { emulatedFetch, signedFetch } from './signed-fetch.ts';

/** The deployed API, called by the official MCP client as an IAM user that may call it and do what the workflow does. */
export async function mcpChecks(report: Report, { mcpUrl, region, account, apiId }: Deployment): Promise<void> {
  report.section('MCP endpoint', { requirement: 'deployed:run' });
  const invoke = `arn:aws:execute-api:${region}:${account}:${apiId}/$default/*/mcp`;
  const caller = await createPrincipal('mcp-caller', 'execute-api:Invoke', invoke, [
    'rds:DescribeDBInstances',
    'rds:CreateDBSnapshot',
  ]);
  const stranger = await createPrincipal('stranger', 's3:ListAllMyBuckets', '*');
  const fetchAs = {
    'unsigned request': emulatedFetch,
    'wrong secret': signedFetch({ ...caller.credentials, secretAccessKey: 'wrong' }, region),
    'user without execute-api:Invoke': signedFetch(stranger.credentials, region),
  };
  for (const [who, send] of Object.entries(fetchAs)) {
    await report.check(`${who}: 403`, async () => {
      const { status } = await send(mcpUrl, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(status, 403);
    });
  }

  const send = signedFetch(caller.credentials, region);
  await workflowChecks(report, await connect(mcpUrl, 'legacy', send));
  const execution_id = await workflowChecks(report, await connect(mcpUrl, 'auto', send));

  const other = await createPrincipal('other-caller', 'execute-api:Invoke', invoke);
  await report.check("another caller's execution is unknown", async () => {
    const theirs = await connect(mcpUrl, 'auto', signedFetch(other.credentials, region));
    const { isError, text } = await call(theirs, 'get_execution', { execution_id });
    assert.ok(isError && text.startsWith('UNKNOWN_EXECUTION'), text);
  });
  await rightsChecks(report, mcpUrl, region, invoke);
}

/** What callers may run who could not do it all themselves: IAM decides, asked by the function under its own role. */
async function rightsChecks(report: Report, mcpUrl: URL, region: string, invoke: string): Promise<void> {
  const looking = ['execute-api:Invoke', invoke, ['rds:Describe*']] as const;
  const { credentials } = await createPrincipal('looker', ...looking);
  const callers = { 'a user': credentials, 'a session of a role': await assumeNewRole('may-look', ...looking) };
  for (const [who, known] of Object.entries(callers)) {
    await report.check(`${who} without rds:CreateDBSnapshot: finds the workflow, and cannot start it`, async () => {
      const client = await connect(mcpUrl, 'auto', signedFetch(known, region));
      const { output } = await call(client, 'suggest_workflows', { query: 'I need to backup my RDS database' });
      const found = (output.matches as readonly Answer[]).find(({ name }) => name === WORKFLOW);
      assert.deepEqual([found?.runnable, found?.missing_permissions], [false, ['rds:CreateDBSnapshot']]);
      const before = await snapshotIds();
      const { isError, text } = await call(client, 'execute_workflow', {
        name: WORKFLOW,
        params: { instance_id: DATABASE },
      });
      assert.ok(isError && text.startsWith('MISSING_PERMISSIONS') && text.includes('rds:CreateDBSnapshot'), text);
      assert.deepEqual(await snapshotIds(), before);
    });
  }
}

/** The flow of a client that finds, reads, confirms, runs and follows a workflow. Gives the id of its execution. */
async function workflowChecks(report: Report, client: Client): Promise<unknown> {
  const named = (what: string) => `${client.getNegotiatedProtocolVersion()}: ${what}`;
  const before = await snapshotIds();

  await report.check(named('five tools'), async () => {
    assert.equal((await client.listTools()).tools.length, 5);
  });
  await report.check(named('suggest_workflows("I need to backup my RDS database")'), async () => {
    const { output } = await call(client, 'suggest_workflows', { query: 'I need to backup my RDS database' });
    const [first] = output.matches as readonly Answer[];
    assert.equal(first?.name, WORKFLOW);
  });
  await report.check(named('describe_workflow shows calls and permissions'), async () => {
    const { output } = await call(client, 'describe_workflow', { name: WORKFLOW });
    const actions = (output.steps as readonly Answer[]).map(({ action }) => action);
    assert.deepEqual(actions, ['rds:DescribeDBInstances', 'rds:CreateDBSnapshot']);
    const granted = (output.required_permissions as readonly Answer[]).map(({ action }) => action);
    assert.deepEqual(new Set(granted), new Set(actions));
  });
  await report.check(named('execute_workflow refuses ../../etc/passwd, naming the parameter'), async () => {
    const params = { instance_id: '../../etc/passwd' };
    const { isError, text } = await call(client, 'execute_workflow', { name: WORKFLOW, params });
    assert.ok(isError && text.startsWith('INVALID_PARAMETERS') && text.includes('instance_id'), text);
  });
  await report.check(named('execute_workflow refuses a forged confirmation'), async () => {
    const forged = {
      name: WORKFLOW,
      params: { instance_id: DATABASE },
      confirmation_token: `c1.9999999999999.x.${'A'.repeat(43)}`,
    };
    const { isError, text } = await call(client, 'execute_workflow', forged);
    assert.ok(isError && text.startsWith('CONFIRMATION_INVALID'), text);
  });
  const execution = await report.check(named('execute_workflow asks for confirmation, then starts'), () => run(client));
  const execution_id = execution?.execution_id;
  await report.check(named('get_execution shows SUCCEEDED and both steps'), async () => {
    const { output } = await call(client, 'get_execution', { execution_id, wait_seconds: 10 });
    assert.equal(output.status, 'SUCCEEDED', JSON.stringify(output));
    const steps = (output.steps as readonly Answer[]).map(({ id, status }) => [id, status]);
    assert.deepEqual(steps, [
      ['validate_instance', 'SUCCEEDED'],
      ['create_snapshot', 'SUCCEEDED'],
    ]);
  });
  await report.check(named('RDS has one snapshot more'), async () => {
    const made = (await snapshotIds()).filter((id) => !before.includes(id));
    assert.equal(made.length, 1);
    assert.match(made[0] ?? '', new RegExp(`^${DATABASE}-poc-\\d{8}-\\d{6}$`));
  });
  return execution_id;
}

/** Starts the workflow with the confirmation that its first answer asks for. */
async function run(client: Client): Promise<Answer> {
  const request = { name: WORKFLOW, params: { instance_id: DATABASE } };
  const { output: asked } = await call(client, 'execute_workflow', request);
  assert.equal(asked.status, 'CONFIRMATION_REQUIRED', JSON.stringify(asked));
  await untilNameIsFree();
  const { confirmation_token } = asked;
  const { output: started } = await call(client, 'execute_workflow', { ...request, confirmation_token });
  assert.equal(started.status, 'RUNNING', JSON.stringify(started));
  return started;
}
