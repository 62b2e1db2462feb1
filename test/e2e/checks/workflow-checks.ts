import assert from 'node:assert/strict';
import { FAILED } from '../../../lib/asl/add-undo.ts';
import { subscribeToApprovals } from './approve-all.ts';
import { DATABASE, untilNameIsFree } from './database.ts';
import type { Deployment } from './deployment.ts';
import { type Planted, plantWorld } from './plant-world.ts';
import type { Report } from './report.ts';
import { type EndedExecution, runExecution } from './run-execution.ts';

/**
 * A run of one workflow. Where the emulator lacks what AWS has, `lacks` says what, and at which state the run stops
 * there: a change of either is a failed check, so that what the emulator learns is taken up.
 */
interface Trial {
  readonly workflow: string;
  readonly input: (planted: Planted) => Readonly<Record<string, unknown>>;
  readonly lacks?: { readonly what: string; readonly stopsAt: string };
}

const TRIALS: readonly Trial[] = [
  { workflow: 'rds_snapshot_verified', input: () => ({ instance_id: DATABASE }) },
  { workflow: 'rds_backup_notify', input: () => ({ instance_id: DATABASE, topic_name: 'operations' }) },
  {
    workflow: 'rds_copy_snapshot_cross_region',
    input: ({ keyId }) => ({
      source_region: 'eu-west-1',
      source_snapshot_id: 'nightly',
      copy_name: 'nightly-copy',
      kms_key_id: keyId,
    }),
    lacks: { what: 'the emulator has no CopyDBSnapshot', stopsAt: 'copy_snapshot' },
  },
  { workflow: 'dynamodb_enable_pitr', input: () => ({ table_name: 'sessions' }) },
  { workflow: 'ec2_restart_safely', input: ({ instanceId }) => ({ instance_id: instanceId }) },
  { workflow: 'ecs_rolling_restart', input: () => ({ cluster: 'demo', service: 'web' }) },
  { workflow: 'ebs_delete_unattached', input: () => ({ min_age_days: 0 }) },
  { workflow: 'sg_revoke_open_ports', input: ({ groupId }) => ({ group_id: groupId, port: 22 }) },
  {
    workflow: 'iam_rotate_access_key',
    input: () => ({ user_name: 'deploy-bot', secret_name: 'deploy-bot/credentials', grace_seconds: 60 }),
  },
  {
    workflow: 's3_block_public_bucket',
    input: () => ({ bucket: 'demo-public-site' }),
    lacks: { what: 'the emulator has no public access blocks in state machines', stopsAt: 'block_for_the_first_time' },
  },
];

/** Every workflow of the registry, run in the account as far as the emulator has the service. */
export async function workflowChecks(report: Report, { account, region }: Deployment): Promise<void> {
  report.section('Every workflow of the registry, started as the console does');
  const planted = await plantWorld();
  const approveAll = await subscribeToApprovals(region, account);
  for (const { workflow, input, lacks } of TRIALS) {
    const name =
      lacks === undefined ? `${workflow}: SUCCEEDED` : `${workflow}: as far as ${lacks.stopsAt} (${lacks.what})`;
    await report.check(name, async () => {
      await untilNameIsFree();
      const stateMachineArn = `arn:aws:states:${region}:${account}:stateMachine:wf-${workflow}`;
      const run = await runExecution(stateMachineArn, input(planted), approveAll);
      if (lacks === undefined)
        assert.equal(run.status, 'SUCCEEDED', `${run.states.at(-1)}: ${run.error}: ${run.cause}`);
      else assert.deepEqual([run.status, lastStep(run)], ['FAILED', lacks.stopsAt], `${run.error}: ${run.cause}`);
    });
  }
}

/** The last state before a run that failed was undone. */
function lastStep({ states }: EndedExecution): string | undefined {
  return states.findLast((name) => name !== FAILED && !name.startsWith('Undo '));
}
