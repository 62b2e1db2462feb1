import type { Bytecode } from '../compiler/bytecode.ts';
import type { StartRequest } from '../engine/execution.ts';
import type { IdentityPolicy } from '../iam/evaluate-policy.ts';
import type { StateMachineDefinition } from './asl/definition.ts';
import { type StateMachineRun, startStateMachine } from './asl/run-state-machine.ts';
import type { LocalExecutorOptions } from './local-executor.ts';

/** A workflow as it runs: the very definition that is deployed, and the policy of its role. */
export interface WorkflowMachine {
  readonly definition: StateMachineDefinition;
  readonly policy: IdentityPolicy;
}

/** The machine of a workflow is made once, however many executions of it run. */
export function createMachines({
  definitionOf,
  policyOf,
}: Pick<LocalExecutorOptions, 'definitionOf' | 'policyOf'>): (bytecode: Bytecode) => WorkflowMachine {
  const machines = new Map<string, WorkflowMachine>();
  return (bytecode) => {
    const key = `${bytecode.workflow_id} ${bytecode.checksum}`;
    const made = machines.get(key);
    if (made !== undefined) return made;
    // A copy: whatever the caller does to its objects, the run has what was started.
    const definition = structuredClone(definitionOf(bytecode)) as StateMachineDefinition;
    const machine = { definition, policy: structuredClone(policyOf(bytecode)) };
    machines.set(key, machine);
    return machine;
  };
}

/** Starts the machine of a workflow over the simulated account, under the names that it has in the cloud. */
export function startRun(
  { bytecode, executionName }: StartRequest,
  input: unknown,
  { definition, policy }: WorkflowMachine,
  { account, clock }: Pick<LocalExecutorOptions, 'account' | 'clock'>,
  shared: Pick<Parameters<typeof startStateMachine>[1], 'jsonata' | 'random' | 'onEvent'>,
): StateMachineRun {
  const { partition, region, account: number } = account.place;
  const name = `wf-${bytecode.workflow_id}`;
  const arn = (kind: string, rest: string): string => `arn:${partition}:states:${region}:${number}:${kind}:${rest}`;
  const caller = {
    arn: `arn:${partition}:sts::${number}:assumed-role/${name}/${executionName}`,
    policy,
  };
  return startStateMachine(definition, {
    ...shared,
    input,
    clock,
    region,
    execution: {
      id: arn('execution', `${name}:${executionName}`),
      name: executionName,
      roleArn: `arn:${partition}:iam::${number}:role/${name}`,
    },
    stateMachine: { id: arn('stateMachine', name), name },
    checkTask: account.checkTask,
    callTask: ({ resource, arguments: given, context, signal }) => {
      const { Name: step } = (context.State ?? {}) as { readonly Name?: string };
      return account.answerTask(resource, given, caller, { signal, ...(step === undefined ? {} : { step }) });
    },
  });
}
