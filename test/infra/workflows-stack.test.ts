import { Match, Template } from 'aws-cdk-lib/assertions';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import { callsOf } from '../../lib/compiler/plan-calls.ts';
import { synthesise } from './synthesise.ts';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Role {
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly Statement[] };
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}

const { stack, workflows } = synthesise();
const template = Template.fromStack(stack);
const catalog = loadCatalog();

function find<Properties>(type: string, properties: object = {}): ReadonlyMap<string, Properties> {
  const found = Object.entries(template.findResources(type, { Properties: properties }));
  return new Map(found.map(([id, { Properties }]) => [id, Properties as Properties]));
}

function only<Properties>(type: string, properties: object = {}): Properties {
  const found = [...find<Properties>(type, properties).values()];
  const [first] = found;
  if (found.length !== 1 || first === undefined) throw new Error(`${found.length} resources of type ${type}`);
  return first;
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const statementsOf = (role: Role) => role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

describe('state machines', () => {
  const machines = find<Record<string, unknown>>('AWS::StepFunctions::StateMachine', { StateMachineType: 'STANDARD' });
  const roleIdOf = (machine: Record<string, unknown>) =>
    (machine.RoleArn as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0];

  it('has one for each workflow, named after it', () => {
    expect(workflows.length).toBeGreaterThan(0);
    const names = [...machines.values()].map((machine) => machine.StateMachineName);
    expect(names).toEqual(workflows.map(({ workflow_id }) => `wf-${workflow_id}`));
  });

  it('gives each a role that no other has', () => {
    const roles = [...machines.values()].map(roleIdOf);
    expect(new Set(roles).size).toBe(machines.size);
  });

  it('logs everything but the data, traces, and carries the checksum', () => {
    for (const [index, machine] of [...machines.values()].entries()) {
      expect(machine).toMatchObject({
        StateMachineType: 'STANDARD',
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
        TracingConfiguration: { Enabled: true },
      });
      expect(machine.Tags).toContainEqual({ Key: 'workflow:checksum', Value: workflows[index]?.checksum });
    }
  });

  it('lets Step Functions assume the role for that state machine of this account only', () => {
    for (const machine of machines.values()) {
      const role = find<Role>('AWS::IAM::Role').get(roleIdOf(machine));
      const arn = [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':states:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
      ];
      expect(role?.AssumeRolePolicyDocument.Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'states.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnEquals: {
              'aws:SourceArn': { 'Fn::Join': ['', [...arn, `:stateMachine:${machine.StateMachineName}`]] },
            },
          },
        },
      ]);
    }
  });

  it('grants the sample its two calls, and the snapshot call only for the names it makes', () => {
    const machine = only<Record<string, unknown>>('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'wf-rds_backup_simple',
    });
    const role = find<Role>('AWS::IAM::Role').get(roleIdOf(machine)) as Role;
    const rds = statementsOf(role).filter(({ Action }) => String(Action).startsWith('rds:'));
    expect([...new Set(rds.map(({ Action }) => Action))].sort()).toEqual([
      'rds:CreateDBSnapshot',
      'rds:DescribeDBInstances',
    ]);
    const snapshots = rds.flatMap(({ Resource }) => listed(Resource)).map((resource) => JSON.stringify(resource));
    expect(snapshots.filter((resource) => resource.includes(':snapshot:'))).toEqual([
      expect.stringContaining('-poc-*'),
    ]);
  });
});

describe('state machines that make plans', () => {
  const plans = find<Record<string, unknown>>('AWS::StepFunctions::StateMachine', { StateMachineType: 'EXPRESS' });
  const roles = find<Role>('AWS::IAM::Role');
  const roleOf = ({ RoleArn }: Record<string, unknown>): Role =>
    roles.get((RoleArn as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0]) as Role;

  it('are there for each workflow that changes something, and for no other', () => {
    const changing = workflows.filter(({ security }) => security.effect !== 'read');
    const names = [...plans.values()].map(({ StateMachineName }) => StateMachineName);
    expect(names).toEqual(changing.map(({ workflow_id: id }) => `wf-${id}-plan`));
  });

  it('log everything but the data, and trace', () => {
    for (const machine of plans.values()) {
      expect(machine).toMatchObject({
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
        TracingConfiguration: { Enabled: true },
      });
    }
  });

  it('have roles of their own, which may do nothing that changes', () => {
    const changing = new Set(
      workflows
        .flatMap(({ execution_plan: plan }) => plan.flatMap(callsOf))
        .flatMap(({ permissions }) => permissions.map(({ action }) => action))
        .filter((action) => catalog.iamAction(action)?.accessLevel.match(/^(List|Read)$/) === null),
    );
    expect(changing).toContain('rds:CreateDBSnapshot');
    const granted = [...plans.values()].flatMap((machine) => statementsOf(roleOf(machine)));
    expect(granted.filter(({ Action }) => listed(Action).some((action) => changing.has(String(action))))).toEqual([]);
    expect(granted.map(({ Action }) => Action)).toContain('rds:DescribeDBInstances');
    for (const machine of plans.values()) {
      expect(JSON.stringify(roleOf(machine).AssumeRolePolicyDocument)).toContain(`${machine.StateMachineName}"`);
    }
  });
});

describe('roles', () => {
  const roles = [...find<Role>('AWS::IAM::Role')];

  it('has no wildcard in an action, and nothing that AWS manages', () => {
    for (const [, role] of roles) {
      const granted = statementsOf(role).filter(({ Effect }) => Effect === 'Allow');
      const actions = granted.flatMap(({ Action }) => listed(Action));
      expect(actions.filter((action) => String(action).includes('*'))).toEqual([]);
      expect(role).not.toHaveProperty('ManagedPolicyArns');
    }
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  it('grants on * nothing but log delivery, traces, and what a workflow declares so', () => {
    const declared = workflows.flatMap(({ execution_plan }) =>
      execution_plan
        .flatMap(callsOf)
        .flatMap((call) => call.permissions)
        .filter(({ resources }) => resources.includes('*')),
    );
    for (const [, role] of roles) {
      const open = statementsOf(role).filter(({ Resource }) => listed(Resource).includes('*'));
      const unexplained = open.filter(
        ({ Sid, Action }) =>
          !['LogDelivery', 'Tracing'].includes(Sid ?? '') && !declared.some(({ action }) => action === Action),
      );
      expect(unexplained).toEqual([]);
    }
  });

  it('lets the MCP function start and follow workflows, answer them, read them, search and read its secret, and nothing else', () => {
    const mcp = roles.find(([id]) => id.startsWith('McpServer'))?.[1] as Role;
    expect(
      statementsOf(mcp)
        .flatMap(({ Action }) => listed(Action))
        .sort(),
    ).toEqual([
      'lambda:InvokeFunction',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
      'secretsmanager:GetSecretValue',
      'states:DescribeExecution',
      'states:GetExecutionHistory',
      'states:ListExecutions',
      'states:SendTaskFailure',
      'states:SendTaskSuccess',
      'states:StartExecution',
      'states:StartSyncExecution',
      'states:StopExecution',
    ]);
    const states = statementsOf(mcp).filter(({ Action }) =>
      listed(Action).some((action) => String(action).startsWith('states:')),
    );
    for (const { Resource } of states)
      expect(JSON.stringify(Resource)).toMatch(/:(stateMachine:wf-\*(-plan)?|execution:wf-\*:\*)"/);
  });

  it('lets the search function write its log, and nothing else', () => {
    const search = roles.find(([id]) => id.startsWith('SearchRole'))?.[1] as Role;
    expect(statementsOf(search).map(({ Sid }) => Sid)).toEqual(['WriteOwnLog']);
  });

  it('lets the publisher put and compare, not delete', () => {
    const publisher = roles.find(([id]) => id.startsWith('Publication'))?.[1] as Role;
    expect(statementsOf(publisher).find(({ Sid }) => Sid === 'PublishWorkflows')?.Action).toEqual([
      's3:PutObject',
      's3:GetObject',
    ]);
  });
});

describe('API', () => {
  it('has one route, ANY /mcp, and IAM before every route', () => {
    const routes = [...find<Record<string, unknown>>('AWS::ApiGatewayV2::Route').values()];
    expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
      ['ANY /mcp', 'AWS_IAM'],
    ]);
  });

  it('throttles and logs its only stage', () => {
    expect(only('AWS::ApiGatewayV2::Stage')).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      AccessLogSettings: { DestinationArn: expect.anything(), Format: expect.stringContaining('$context.requestId') },
    });
  });

  it('has neither CORS nor a function URL', () => {
    expect(only('AWS::ApiGatewayV2::Api')).not.toHaveProperty('CorsConfiguration');
    template.resourceCountIs('AWS::Lambda::Url', 0);
  });
});

describe('functions', () => {
  const functions = find<Record<string, unknown>>('AWS::Lambda::Function');
  const named = (start: string) => [...functions].find(([id]) => id.startsWith(start))?.[1];

  it('run on Node.js 24 on x86_64 with logs that expire', () => {
    expect(functions.size).toBe(3);
    for (const properties of functions.values()) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['x86_64'], Handler: 'index.handler' });
    }
    for (const group of find<Record<string, unknown>>('AWS::Logs::LogGroup').values()) {
      expect(group.RetentionInDays).toBe(365);
    }
  });

  it('tells the MCP function where everything is', () => {
    expect(named('McpServer')?.Environment).toEqual({
      Variables: {
        REGISTRY_BUCKET: { Ref: expect.stringMatching(/^Registry/) },
        SEARCH_FUNCTION: { Ref: expect.stringMatching(/^SearchFunction/) },
        CONFIRMATION_SECRET: 'Test/confirmation',
        AUTH: 'iam',
      },
    });
  });

  it('answers before the API gives up, and gives the search a whole processor', () => {
    expect(named('McpServer')?.Timeout).toBeLessThan(30);
    expect(named('Search')).toMatchObject({ MemorySize: 1769 });
    expect(named('Search')?.Timeout).toBeLessThan(29);
  });
});

describe('registry bucket', () => {
  it('is encrypted, versioned, private and kept', () => {
    template.resourceCountIs('AWS::S3::Bucket', 1);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: Match.anyValue(),
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  it('allows nothing by its policy, and refuses plain http, overwriting and deleting', () => {
    const { PolicyDocument } = only<{ PolicyDocument: { Statement: readonly Statement[] } }>('AWS::S3::BucketPolicy');
    expect(PolicyDocument.Statement.every(({ Effect }) => Effect === 'Deny')).toBe(true);
    const conditions = PolicyDocument.Statement.map(({ Action, Condition }) => [Action, Condition]);
    expect(conditions).toContainEqual(['s3:*', { Bool: { 'aws:SecureTransport': 'false' } }]);
    expect(conditions).toContainEqual(['s3:PutObject', { Null: { 's3:if-none-match': 'true' } }]);
    expect(conditions).toContainEqual([['s3:DeleteObject', 's3:DeleteObjectVersion'], undefined]);
  });

  it('is published to only after every workflow stands', () => {
    const [publication] = Object.values(template.findResources('Custom::RegistryPublication'));
    const machines = [...find('AWS::StepFunctions::StateMachine').keys()];
    expect(publication?.DependsOn).toEqual(expect.arrayContaining(machines));
  });
});

it('makes a secret of at least 32 bytes', () => {
  expect(only('AWS::SecretsManager::Secret')).toMatchObject({
    Name: 'Test/confirmation',
    GenerateSecretString: { PasswordLength: 64 },
  });
});

it('gives out the address of the API, the bucket and every state machine', () => {
  const outputs = Object.keys(template.findOutputs('*'));
  expect(outputs).toEqual(expect.arrayContaining(['ApiUrl', 'RegistryBucketName']));
  expect(outputs.filter((name) => name.includes('StateMachineArn'))).toHaveLength(workflows.length);
});
