import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine, type CfnStateMachineProps } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { definitionText } from '../asl/definition-text.ts';
import type { StateMachineDefinition } from '../asl/to-asl.ts';
import { toAsl } from '../asl/to-asl.ts';
import { toPlanAsl } from '../asl/to-plan-asl.ts';
import type { Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import { callsOf, changesSomething } from '../compiler/plan-calls.ts';
import { planReads, toPlanPolicy } from '../iam/to-plan-policy.ts';
import { toPolicy } from '../iam/to-policy.ts';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import { observabilityStatements } from './observability-statements.ts';
import { planMachineName, stateMachineName } from './state-machine-name.ts';
import type { RoleBoundary } from './tier-boundaries.ts';

export interface WorkflowProps {
  readonly bytecode: Bytecode;
  readonly logGroup: ILogGroup;
  /** What its roles may do at most. */
  readonly boundary: RoleBoundary;
  /** The page on which approvals are answered, if there is one. */
  readonly approvalUrl?: string;
}

/**
 * One workflow in the account: a state machine, and a role that may do what the workflow's calls need and nothing
 * else. Where it changes something, the same two again for its plan. All L1, so that the template holds exactly what
 * the compiler proved; four of the 500 resources that a template may have.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export class Workflow extends Construct {
  readonly stateMachineArn: string;
  /** About how much of the template it is. */
  readonly templateBytes: number;

  constructor(scope: Construct, { bytecode, logGroup, boundary, approvalUrl }: WorkflowProps) {
    super(scope, bytecode.workflow_id);
    const stack = Stack.of(this);
    const name = stateMachineName(bytecode.workflow_id);
    const { partition, region, account } = stack;
    const policy = toPolicy(bytecode, { partition, region, account });

    const role = new CfnRole(this, 'Role', {
      description: `Runs the workflow ${bytecode.workflow_id} ${bytecode.metadata.version}`,
      assumeRolePolicyDocument: trustPolicy(stack, name),
      policies: [
        {
          policyName: 'workflow',
          policyDocument: {
            ...policy,
            Statement: [...policy.Statement, ...observabilityStatements(), ...boundary.statements],
          },
        },
      ],
      permissionsBoundary: boundary.arn,
    });
    const definition = templateText(name, toAsl(bytecode, partition, approvalUrl === undefined ? {} : { approvalUrl }));
    const stateMachine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: 'STANDARD',
      roleArn: role.attrArn,
      definitionString: definition,
      ...observed(logGroup),
      tags: [
        { key: 'workflow:version', value: bytecode.metadata.version },
        { key: 'workflow:checksum', value: bytecode.checksum },
      ],
    });
    this.stateMachineArn = stateMachine.attrArn;
    acknowledgeWildcards(role, bytecode.execution_plan);
    const planned = changesSomething(bytecode) ? this.#addPlan(bytecode, logGroup, boundary) : '';
    this.templateBytes = bytesInTemplate([definition, planned, JSON.stringify(policy)]);
  }

  /**
   * The state machine that tells what a run would do. A caller waits for it, which only an Express workflow allows; its
   * role may do nothing that changes. Gives its definition.
   */
  #addPlan(bytecode: Bytecode, logGroup: ILogGroup, boundary: RoleBoundary): string {
    const stack = Stack.of(this);
    const name = planMachineName(bytecode.workflow_id);
    const { partition, region, account } = stack;
    const { Version, Statement } = toPlanPolicy(bytecode, { partition, region, account });
    const role = new CfnRole(this, 'PlanRole', {
      description: `Plans the workflow ${bytecode.workflow_id} ${bytecode.metadata.version}`,
      assumeRolePolicyDocument: trustPolicy(stack, name),
      policies: [
        {
          policyName: 'plan',
          policyDocument: {
            Version,
            Statement: [...Statement, ...observabilityStatements(), ...boundary.statements],
          },
        },
      ],
      permissionsBoundary: boundary.arn,
    });
    const definition = templateText(name, toPlanAsl(bytecode, partition));
    new CfnStateMachine(this, 'PlanStateMachine', {
      stateMachineName: name,
      stateMachineType: 'EXPRESS',
      roleArn: role.attrArn,
      definitionString: definition,
      ...observed(logGroup),
      tags: [
        { key: 'workflow:version', value: bytecode.metadata.version },
        { key: 'workflow:checksum', value: bytecode.checksum },
      ],
    });
    acknowledgeWildcards(role, planReads(bytecode));
    return definition;
  }
}

/** Texts stand in the template as JSON strings; roles and settings are about 4,000 bytes besides. */
function bytesInTemplate(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(JSON.stringify(text)), 4_000);
}

/** Logs without data, and traces. */
function observed(logGroup: ILogGroup): Pick<CfnStateMachineProps, 'loggingConfiguration' | 'tracingConfiguration'> {
  return {
    loggingConfiguration: {
      level: 'ALL',
      // Inputs and results stay in the execution history, where states:GetExecutionHistory guards them.
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
    },
    tracingConfiguration: { enabled: true },
  };
}

/**
 * Only Step Functions, only for this state machine of this account.
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html (confused deputy)
 */
function trustPolicy(stack: Stack, name: string): object {
  const stateMachineArn = stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnEquals: { 'aws:SourceArn': stateMachineArn },
        },
      },
    ],
  };
}

/**
 * CloudFormation takes `${name}` in a definition for something to substitute. Words of an author that look so are
 * written with JSON's escape, which Step Functions reads as the same text; the CDK's own tokens stay.
 */
function templateText(name: string, definition: StateMachineDefinition): string {
  return definitionText(name, definition).replace(/\$\{(?!Token\[)/g, '\\u0024{');
}

/** cdk-nag reports each wildcard resource on its own; each is answered with the compiler's reason for that permission. */
function acknowledgeWildcards(role: CfnRole, plan: readonly PlanEntry[]): void {
  acknowledgeWildcard(
    role,
    '*',
    'IAM has no resource type for log delivery, X-Ray, and the calls that are granted on *.',
  );
  const { partition, region, account } = Stack.of(role);
  const values: Readonly<Record<string, string>> = { Partition: partition, Region: region, Account: account };
  for (const { resources, reason } of plan.flatMap(callsOf).flatMap((call) => call.permissions)) {
    for (const resource of resources.filter((resource) => resource !== '*' && resource.includes('*'))) {
      const arn = resource.replace(/\$\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
      acknowledgeWildcard(role, arn, `The resource is known only at run time. ${reason}`);
    }
  }
}
