import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createStepFunctionsExecutor } from '../../lib/engine/step-functions-executor.ts';
import { createSimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import { createVirtualClock } from '../../lib/local/clock.ts';
import { createLocalExecutor, type LocalExecutorOptions } from '../../lib/local/local-executor.ts';
import { openStateFolder } from '../../lib/local/state/open-state-folder.ts';
import { catalog } from '../support/compile.ts';
import { startStepFunctionsServer } from '../support/step-functions-server.ts';
import { DEFINITIONS, executorContract, MAX_RUNNING, type OpenExecutor, POLICY, START } from './executor-contract.ts';

function world() {
  const clock = createVirtualClock(START, { automatic: false });
  return { clock, account: createSimulatedAccount({ catalog: catalog(), clock }) };
}

function openLocal(more: Partial<LocalExecutorOptions>, close: () => void): OpenExecutor {
  const { clock, account } = world();
  const executor = createLocalExecutor({
    account,
    clock,
    definitionOf: ({ workflow_id: id }) => DEFINITIONS[id] ?? {},
    policyOf: () => POLICY,
    maxRunning: MAX_RUNNING,
    ...more,
  });
  return { executor, advance: clock.advance, close: async () => close() };
}

executorContract('the local executor', async () => openLocal({}, () => undefined));

executorContract('the local executor with a journal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'executor-'));
  const state = openStateFolder(folder, (problem) => {
    throw new Error(problem);
  });
  return openLocal({ journal: state.journal }, () => {
    state.close();
    rmSync(folder, { recursive: true });
  });
});

executorContract('the executor on Step Functions', async () => {
  const { clock, account } = world();
  const definitions = Object.fromEntries(Object.entries(DEFINITIONS).map(([id, machine]) => [`wf-${id}`, machine]));
  const limits = { pageSize: 5, maxRunning: MAX_RUNNING };
  const server = await startStepFunctionsServer({ account, clock, definitions, policy: POLICY, ...limits });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const { partition, region, account: number } = account.place;
  const client = new SFNClient({ region, endpoint: server.endpoint, credentials, maxAttempts: 1 });
  return {
    executor: createStepFunctionsExecutor({ client, partition, region, account: number }),
    advance: clock.advance,
    async close() {
      client.destroy();
      await server.close();
    },
  };
});
