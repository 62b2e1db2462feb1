import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import { AuditMetrics } from './audit-metrics.ts';
import { type AuthSettings, authSettings } from './auth-settings.ts';
import { callLimits } from './call-limits.ts';
import { callerEnvironment, callerStatements } from './caller-checks.ts';
import { callerSettings } from './caller-settings.ts';
import { addMetadataRoutes, authEnvironment, gatewayScopes, mcpAuthorizer } from './mcp-authorizer.ts';
import { PrebuiltFunction } from './prebuilt-function.ts';
import { type RegistryBucket, WORKFLOWS_PREFIX } from './registry-bucket.ts';
import { planMachineName, STATE_MACHINE_PREFIX } from './state-machine-name.ts';
import { vendedLogGroup } from './vended-log-group.ts';
import { ANSWER_TASKS, workflowStateMachines } from './workflow-state-machines.ts';

export interface McpEndpointProps {
  readonly registry: RegistryBucket;
  readonly search: IFunction;
  /** The bundled MCP function. */
  readonly directory: string;
}

/**
 * The MCP server behind an HTTP API that takes only requests signed with SigV4, or with an access token of one issuer. It can start and follow workflows, and
 * answer what they ask; what a workflow does, it cannot do itself.
 */
export class McpEndpoint extends Construct {
  /** What an MCP client connects to. */
  readonly url: string;
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { registry, search, directory }: McpEndpointProps) {
    super(scope, id);
    const secretName = `${Stack.of(this).stackName}/confirmation`;
    const secret = confirmationSecret(this, secretName);
    const callers = callerSettings(this);
    const auth = authSettings(this);
    const { runningPerCaller, reservedConcurrency } = callLimits(this);
    const server = new PrebuiltFunction(this, 'Server', {
      description: 'MCP server: finds, describes, starts and follows workflows',
      directory,
      memoryMegabytes: 1024,
      // HTTP API gives up after 30 seconds, which cannot be raised; the answer must leave before.
      timeout: Duration.seconds(29),
      ...(reservedConcurrency !== undefined && { reservedConcurrency }),
      environment: {
        REGISTRY_BUCKET: registry.bucket.bucketName,
        SEARCH_FUNCTION: search.functionName,
        CONFIRMATION_SECRET: secretName,
        ...authEnvironment(auth),
        ...(runningPerCaller !== undefined && { RUNNING_PER_CALLER: String(runningPerCaller) }),
        ...callerEnvironment(callers),
      },
      statements: [...permissions(this, registry, search, secretName), ...callerStatements(this, callers)],
    });
    server.node.addDependency(secret);
    new AuditMetrics(this, 'Audit', server.function.logGroup);
    this.api = httpApi(this, server.function, auth);
    this.url = `${this.api.apiEndpoint}/mcp`;
  }
}

/** The key that confirmation tokens and execution handles are made with; 64 letters and digits hold 381 bits. */
function confirmationSecret(scope: Construct, secretName: string): Secret {
  const secret = new Secret(scope, 'ConfirmationSecret', {
    secretName,
    description: 'Key of confirmation tokens and execution handles of the MCP server',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'Execution handles are bound to their caller with this key: rotating it on a schedule would take running executions out of reach of who started them. It is replaced by hand if it leaks.',
  });
  return secret;
}

/** What the server's code may do. Wildcards are acknowledged here, next to the reason. */
function permissions(
  scope: Construct,
  registry: RegistryBucket,
  search: IFunction,
  secretName: string,
): readonly PolicyStatement[] {
  const arn = (service: string, resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const stateMachines = workflowStateMachines(scope);
  const plans = arn('states', 'stateMachine', planMachineName('*'));
  const executions = arn('states', 'execution', `${STATE_MACHINE_PREFIX}*:*`);
  const workflows = registry.bucket.arnForObjects(`${WORKFLOWS_PREFIX}*`);
  // Secrets Manager appends six characters of its own to the name.
  const secret = arn('secretsmanager', 'secret', `${secretName}-??????`);

  acknowledgeWildcard(scope, stateMachines, 'All state machines of this application, and no others, have this prefix.');
  acknowledgeWildcard(
    scope,
    plans,
    'All state machines that make plans, and no others, are named so; they change nothing.',
  );
  acknowledgeWildcard(scope, executions, 'Executions are named at run time.');
  acknowledgeWildcard(scope, workflows, 'It reads any workflow of the registry.');
  return [
    // Those of a caller are counted before another one starts.
    allow('StartWorkflows', ['states:StartExecution', 'states:ListExecutions'], stateMachines),
    allow('PlanWorkflows', ['states:StartSyncExecution'], plans),
    allow(
      'FollowExecutions',
      ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StopExecution'],
      executions,
    ),
    allow('AnswerApprovals', [...ANSWER_TASKS], stateMachines),
    allow('ReadWorkflows', ['s3:GetObject'], workflows),
    // Without an s3:prefix condition: a GetObject has no prefix, and S3 would answer 403 in place of 404 for a missing object.
    allow('ListWorkflows', ['s3:ListBucket'], registry.bucket.bucketArn),
    allow('Search', ['lambda:InvokeFunction'], search.functionArn),
    allow('ReadSecret', ['secretsmanager:GetSecretValue'], secret),
  ];
}

function allow(sid: string, actions: string[], resource: string): PolicyStatement {
  return new PolicyStatement({ sid, actions, resources: [resource] });
}

/** Nobody gets to its endpoint without a valid signature and `execute-api:Invoke`, or a valid access token. */
function httpApi(scope: Construct, server: IFunction, auth: AuthSettings): HttpApi {
  const integration = new HttpLambdaIntegration('Server', server);
  const api = new HttpApi(scope, 'Api', {
    description: 'MCP server of AWS MCP Workflows',
    createDefaultStage: false,
    defaultAuthorizer: mcpAuthorizer(auth),
  });
  api.addRoutes({
    path: '/mcp',
    // Clients of the 2025 revisions also send GET and DELETE, and need the server's own answer to them.
    methods: [HttpMethod.ANY],
    integration,
    authorizationScopes: gatewayScopes(auth),
  });
  addMetadataRoutes(api, auth, integration);
  api.addStage('Stage', {
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: 10, burstLimit: 20 },
    accessLogSettings: {
      destination: new LogGroupLogDestination(vendedLogGroup(scope, 'AccessLogs', 'apigateway')),
      format: ACCESS_LOG_FORMAT,
    },
  });
  return api;
}

/** Who called, when, and what came of it. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const ACCESS_LOG_FORMAT = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    caller: '$context.identity.userArn',
    subject: '$context.authorizer.claims.sub',
    sourceIp: '$context.identity.sourceIp',
    routeKey: '$context.routeKey',
    status: '$context.status',
    responseLatency: '$context.responseLatency',
    integrationError: '$context.integrationErrorMessage',
    error: '$context.error.message',
  }),
);
