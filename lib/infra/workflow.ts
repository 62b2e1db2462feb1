import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { toAsl } from '../asl/to-asl.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import { callsOf } from '../compiler/plan-calls.ts';
import { toPolicy } from '../iam/to-policy.ts';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import { observabilityStatements } from './observability-statements.ts';
import { stateMachineName } from './state-machine-name.ts';

export interface WorkflowProps {
  readonly bytecode: Bytecode;
  readonly logGroup: ILogGroup;
}

/**
 * One workflow in the account: a state machine, and a role that may do what the workflow's calls need and nothing
 * else. Two resources, both L1, so that the template holds exactly what the compiler proved.
 */
export class Workflow extends Construct {
  readonly stateMachineArn: string;

  constructor(scope: Construct, { bytecode, logGroup }: WorkflowProps) {
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
          policyDocument: { ...policy, Statement: [...policy.Statement, ...observabilityStatements()] },
        },
      ],
    });
    const stateMachine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: 'STANDARD',
      roleArn: role.attrArn,
      definitionString: definitionText(toAsl(bytecode, partition)),
      loggingConfiguration: {
        level: 'ALL',
        // Inputs and results stay in the execution history, where states:GetExecutionHistory guards them.
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
      tags: [
        { key: 'workflow:version', value: bytecode.metadata.version },
        { key: 'workflow:checksum', value: bytecode.checksum },
      ],
    });
    this.stateMachineArn = stateMachine.attrArn;
    acknowledgeWildcards(role, bytecode);
  }
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
function definitionText(definition: object): string {
  return JSON.stringify(definition).replace(/\$\{(?!Token\[)/g, '\\u0024{');
}

/** cdk-nag reports each wildcard resource on its own; each is answered with the compiler's reason for that permission. */
function acknowledgeWildcards(role: CfnRole, bytecode: Bytecode): void {
  acknowledgeWildcard(
    role,
    '*',
    'IAM has no resource type for log delivery, X-Ray, and the calls that are granted on *.',
  );
  const { partition, region, account } = Stack.of(role);
  const values: Readonly<Record<string, string>> = { Partition: partition, Region: region, Account: account };
  for (const { resources, reason } of bytecode.execution_plan.flatMap(callsOf).flatMap((call) => call.permissions)) {
    for (const resource of resources.filter((resource) => resource !== '*' && resource.includes('*'))) {
      const arn = resource.replace(/\$\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
      acknowledgeWildcard(role, arn, `The resource is known only at run time. ${reason}`);
    }
  }
}
