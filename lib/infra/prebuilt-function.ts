import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_RETENTION } from './log-retention.ts';

export interface PrebuiltFunctionProps {
  readonly description: string;
  /** A folder with `index.js` that exports `handler`, and all that it needs. */
  readonly directory: string;
  readonly memoryMegabytes: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** How many calls it may serve at once; what the account allows where left out. */
  readonly reservedConcurrency?: number;
  /** What it may do besides writing its own log. */
  readonly statements: readonly PolicyStatement[];
}

/** A Lambda function from a folder that is already bundled, with a role of its own and a log group of its own. */
export class PrebuiltFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: PrebuiltFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', { retention: LOG_RETENTION, removalPolicy: RemovalPolicy.RETAIN });
    // In place of the managed AWSLambdaBasicExecutionRole, which may write to every log group of the account.
    const writeOwnLog = new PolicyStatement({
      sid: 'WriteOwnLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    const role = new Role(this, 'Role', {
      description: props.description,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        permissions: new PolicyDocument({ minimize: false, statements: [writeOwnLog, ...props.statements] }),
      },
    });
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: Code.fromAsset(props.directory),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64,
      memorySize: props.memoryMegabytes,
      timeout: props.timeout,
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      environment: { ...props.environment },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    });
  }
}
