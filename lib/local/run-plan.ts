import { toPlanAsl } from '../asl/to-plan-asl.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import type { PlanRun } from '../engine/plan-run.ts';
import { toPlanPolicy } from '../iam/to-plan-policy.ts';
import type { SimulatedAccount } from './account/simulated-account.ts';
import type { StateMachineDefinition } from './asl/definition.ts';
import { type RunOptions, runStateMachine } from './asl/run-state-machine.ts';

/**
 * Makes a plan in this process: the state machine that is deployed for it, under the policy of its role. It is an
 * Express execution there, whose ARN has one part more.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export async function runPlan(
  bytecode: Bytecode,
  input: Readonly<Record<string, unknown>>,
  account: SimulatedAccount,
  shared: Pick<RunOptions, 'clock' | 'random' | 'jsonata'>,
): Promise<PlanRun> {
  const { partition, region, account: number } = account.place;
  const name = `wf-${bytecode.workflow_id}-plan`;
  const policy = toPlanPolicy(bytecode, account.place);
  const caller = { arn: `arn:${partition}:sts::${number}:assumed-role/${name}/plan`, policy };
  const result = await runStateMachine(toPlanAsl(bytecode, partition) as StateMachineDefinition, {
    ...shared,
    input: JSON.parse(JSON.stringify(input)),
    region,
    execution: {
      id: `arn:${partition}:states:${region}:${number}:express:${name}:plan:0`,
      name: 'plan',
      roleArn: `arn:${partition}:iam::${number}:role/${name}`,
    },
    stateMachine: { id: `arn:${partition}:states:${region}:${number}:stateMachine:${name}`, name },
    checkTask: account.checkTask,
    callTask: ({ resource, arguments: given, context, signal }) => {
      const { Name: step = '' } = (context.State ?? {}) as { readonly Name?: string };
      return account.answerTask(resource, given, caller, { signal, step });
    },
  });
  if (result.status === 'SUCCEEDED') return { outcome: 'planned', output: result.output };
  return { outcome: 'failed', error: result.error ?? result.status, cause: result.cause ?? '' };
}
