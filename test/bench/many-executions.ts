import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toAsl } from '../../lib/asl/to-asl.ts';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import type { ExecutionReport } from '../../lib/engine/start-outcome.ts';
import { WorkflowEngine } from '../../lib/engine/workflow-engine.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import type { Attributes } from '../../lib/local/account/behaviour.ts';
import { createSimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import { createVirtualClock } from '../../lib/local/clock.ts';
import { createLocalExecutor } from '../../lib/local/local-executor.ts';
import { openStateFolder } from '../../lib/local/state/open-state-folder.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { memoryStorage } from '../support/memory-storage.ts';

const REGISTRY = join(__dirname, '../../registry');
const PRINCIPAL = 'bench';
const MINUTE = 60_000;
const LONGEST_MINUTES = 240;
const PROGRESS_MS = 5_000;

/** What one process found out about as many executions as it was told to run. */
export interface ManyExecutions {
  readonly total: number;
  /** Executions that ran before the first of them ended. */
  readonly atOnce: number;
  /** Executions whose id gives one that has ended. */
  readonly accounted: number;
  /** Executions that ended with the very status and output that they have to. */
  readonly right: number;
  /** The same, asked of a new executor that read the journal. */
  readonly rightAfterRestart: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly wrong: readonly string[];
}

interface Order {
  readonly workflow: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly isRight: (report: ExecutionReport) => boolean;
}

/** A quarter each: two kinds of backup that wait for a snapshot, restarts of instances, and backups of which half must fail. */
function orderOf(index: number): Order {
  const database = { instance_id: `fleet-${index}` };
  const instance = { instance_id: instanceId(index) };
  const output = (report: ExecutionReport): Readonly<Record<string, unknown>> =>
    report.status === 'SUCCEEDED' ? (report.output as Record<string, unknown>) : {};
  switch (index % 4) {
    case 0: {
      const isRight = (report: ExecutionReport) =>
        String(output(report).snapshot_id).startsWith(`fleet-${index}-verified-`);
      return { workflow: 'rds_snapshot_verified', parameters: database, isRight };
    }
    case 1: {
      const isRight = (report: ExecutionReport) =>
        output(report).backed_up === true && String(output(report).snapshot_id).startsWith(`fleet-${index}-notify-`);
      return { workflow: 'rds_backup_notify', parameters: { ...database, topic_name: 'operations' }, isRight };
    }
    case 2: {
      const isRight = (report: ExecutionReport) =>
        output(report).state === 'running' && output(report).instance_id === instance.instance_id;
      return { workflow: 'ec2_restart_safely', parameters: instance, isRight };
    }
    default: {
      const exists = index % 8 === 3;
      const isRight = ({ status, error, cause }: ExecutionReport) =>
        exists
          ? status === 'SUCCEEDED'
          : error === 'Rds.DbInstanceNotFoundException' && cause?.includes(`gone-${index} `) === true;
      const parameters = exists ? database : { instance_id: `gone-${index}` };
      return { workflow: 'rds_backup_simple', parameters, isRight };
    }
  }
}

const instanceId = (index: number): string => `i-${index.toString(16).padStart(17, '0')}`;

/** Runs them all in virtual time: through the engine, in the local executor, with its journal in a folder of its own. */
async function runMany(total: number, progress: (text: string) => void): Promise<ManyExecutions> {
  const begin = performance.now();
  const catalog = loadCatalog();
  const folder = mkdtempSync(join(tmpdir(), 'many-'));
  const state = openStateFolder(folder, progress);
  const clock = createVirtualClock(undefined, { automatic: false });
  const indices = Array.from({ length: total }, (_, index) => index);
  const orders = indices.map(orderOf);
  let calls = 0;
  const simulated = createSimulatedAccount({
    catalog,
    clock,
    seed: {
      rds: { instance: indices.filter((index) => index % 4 !== 2).map(databaseOf) },
      ec2: {
        instance: indices.filter((index) => index % 4 === 2).map((index) => ({ InstanceId: instanceId(index) })),
      },
      sns: { topic: [{ Name: 'operations' }] },
    },
    // Every run waits for its first answer, so that none ends before all have started.
    faults: ['rds:DescribeDBInstances', 'ec2:DescribeInstances'].map((operation) => ({
      operation,
      fault: 'slow' as const,
      seconds: 1,
      times: total,
    })),
  });
  const account: typeof simulated = {
    ...simulated,
    answerTask(...call) {
      calls += 1;
      return simulated.answerTask(...call);
    },
  };
  const ticker = setInterval(() => progress(`${calls} calls answered`), PROGRESS_MS);
  const storage = memoryStorage(compileRegistry(REGISTRY, catalog).bytecodes);
  const security = { hmacKey: state.key, now: Date.now };
  const engineOver = (journal: typeof state.journal): WorkflowEngine => {
    const executor = createLocalExecutor({
      account,
      clock,
      journal,
      definitionOf: (bytecode) => toAsl(bytecode, account.place.partition),
      policyOf: (bytecode) => toPolicy(bytecode, account.place),
      maxRunning: total,
      maxEnded: total,
    });
    return new WorkflowEngine(storage, security, executor);
  };
  const engine = engineOver(state.journal);
  progress(`${total} resources stand ready`);

  const ids = await Promise.all(
    orders.map(async ({ workflow, parameters }) => {
      const options = { principal: PRINCIPAL, confirmation: 'given' } as const;
      const outcome = await engine.start(workflow, undefined, parameters, options);
      return outcome.outcome === 'started' ? outcome.executionId : `not started: ${JSON.stringify(outcome)}`;
    }),
  );
  const atOnce = (await filter(ids, async (id) => (await reportOf(engine, id))?.status === 'RUNNING')).length;
  progress(`${atOnce} run at once`);
  let unended: readonly string[] = ids;
  for (let minutes = 0; unended.length > 0 && minutes < LONGEST_MINUTES; minutes += 1) {
    await clock.advance(MINUTE);
    unended = await filter(unended, async (id) => !hasEnded(await reportOf(engine, id)));
    progress(`after ${minutes + 1} minutes of the account's time ${total - unended.length} have ended`);
  }
  const accounted = total - unended.length;
  const wrong: string[] = [];
  const check = async (over: WorkflowEngine): Promise<number> => {
    const right = await filter(ids, async (id, index) => {
      const report = await reportOf(over, id);
      const isRight = report !== undefined && orders[index]?.isRight(report) === true;
      if (!isRight && wrong.length < 5) wrong.push(JSON.stringify({ order: orders[index], id, report }));
      return isRight;
    });
    return right.length;
  };
  const right = await check(engine);
  state.close();
  progress('stopped; a new executor reads the journal');
  const again = openStateFolder(folder, progress);
  const rightAfterRestart = await check(engineOver(again.journal));
  again.close();
  rmSync(folder, { recursive: true });
  clearInterval(ticker);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const seconds = (performance.now() - begin) / 1000;
  return { total, atOnce, accounted, right, rightAfterRestart, seconds, peakMegabytes, wrong };
}

function databaseOf(index: number): Attributes {
  return { DBInstanceIdentifier: `fleet-${index}`, DBName: 'fleet' };
}

function reportOf(engine: WorkflowEngine, id: string): Promise<ExecutionReport | undefined> {
  return engine.get(id, { principal: PRINCIPAL });
}

function hasEnded(report: ExecutionReport | undefined): boolean {
  return report !== undefined && report.status !== 'RUNNING';
}

async function filter<T>(
  items: readonly T[],
  holds: (item: T, index: number) => Promise<boolean>,
): Promise<readonly T[]> {
  const held: T[] = [];
  for (const [index, item] of items.entries()) if (await holds(item, index)) held.push(item);
  return held;
}

async function main(): Promise<void> {
  const start = performance.now();
  const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(0)} s`.padStart(6);
  const found = await runMany(Number(process.argv[2]), (text) => console.error(`${seconds()}  ${text}`));
  console.log(JSON.stringify(found));
}

if (require.main === module) void main();
