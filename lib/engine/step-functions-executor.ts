import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionLimitExceeded,
  paginateGetExecutionHistory,
  type HistoryEvent as SdkHistoryEvent,
  type ExecutionStatus as SdkStatus,
  type SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { canonicalJson } from '../compiler/checksum.ts';
import {
  type Execution,
  ExecutionNameTaken,
  type ExecutionStatus,
  type HistoryEvent,
  type StartRequest,
  TooManyExecutions,
  type WorkflowExecutor,
} from './execution.ts';
import { isAtLimit } from './owner-limit.ts';
import { planExpress } from './plan-express.ts';
import { sendTaskAnswer } from './send-task-answer.ts';

export interface StepFunctionsExecutorOptions {
  readonly client: SFNClient;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Runs workflows on Step Functions: the state machine of a workflow is `wf-<workflow_id>`. */
export function createStepFunctionsExecutor(options: StepFunctionsExecutorOptions): WorkflowExecutor {
  const { client, partition, region, account } = options;
  const arn = (kind: 'stateMachine' | 'execution', rest: string) =>
    `arn:${partition}:states:${region}:${account}:${kind}:wf-${rest}`;
  const executionArn = (workflowId: string, name: string) => arn('execution', `${workflowId}:${name}`);

  return {
    async start({ bytecode, executionName, input, limit }: StartRequest): Promise<void> {
      const stateMachineArn = arn('stateMachine', bytecode.workflow_id);
      if (limit && (await isAtLimit(client, stateMachineArn, limit))) {
        const earlier = await describe(client, executionArn(bytecode.workflow_id, executionName));
        if (!earlier) throw new TooManyExecutions(`${limit.maxRunning} executions of the same owner run already`);
      }
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn, name: executionName, input: JSON.stringify(input) }),
        );
      } catch (error) {
        // https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#API_StartExecution_Errors
        if (error instanceof ExecutionLimitExceeded) throw new TooManyExecutions(error.message, { cause: error });
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
        // Step Functions forgives a second start only while the first is running: compare the inputs ourselves.
        const earlier = await describe(client, executionArn(bytecode.workflow_id, executionName));
        if (earlier && sameJson(parse(earlier.input), input)) return;
        throw new ExecutionNameTaken(`${executionName} was started with another input`, { cause: error });
      }
    },

    async get(workflowId: string, executionName: string): Promise<Execution | undefined> {
      const description = await describe(client, executionArn(workflowId, executionName));
      return description && toExecution(description, await historyOf(client, executionArn(workflowId, executionName)));
    },

    async stop(workflowId: string, executionName: string, reason: string): Promise<boolean> {
      try {
        await client.send(
          new StopExecutionCommand({
            executionArn: executionArn(workflowId, executionName),
            error: 'Cancelled',
            cause: reason,
          }),
        );
        return true;
      } catch (error) {
        if (isAbsent(error)) return false;
        throw error;
      }
    },

    plan: ({ workflow_id: id }, input) => planExpress(client, arn('stateMachine', `${id}-plan`), input),

    answerTask: (token, answer) => sendTaskAnswer(client, token, answer),

    consoleUrl(workflowId: string, executionName: string): string {
      const place = `states/home?region=${region}#/v2/executions/details/`;
      return `https://${consoleHost(partition, region)}/${place}${executionArn(workflowId, executionName)}`;
    },
  };
}

async function describe(client: SFNClient, executionArn: string): Promise<DescribeExecutionCommandOutput | undefined> {
  try {
    return await client.send(new DescribeExecutionCommand({ executionArn }));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** All pages, oldest first; Step Functions keeps at most 25,000 events. */
async function historyOf(client: SFNClient, executionArn: string): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory(
    { client, pageSize: 1_000 },
    { executionArn, includeExecutionData: true },
  )) {
    events.push(...(page.events ?? []).map(toEvent));
  }
  return events;
}

function isAbsent(error: unknown): boolean {
  return error instanceof ExecutionDoesNotExist || error instanceof StateMachineDoesNotExist;
}

function toEvent(event: SdkHistoryEvent): HistoryEvent {
  const { id, previousEventId, timestamp, type, ...details } = event;
  return {
    ...details,
    id: id ?? 0,
    previousEventId: previousEventId ?? 0,
    timestamp: isoOf(timestamp),
    type: type ?? '',
  };
}

function toExecution(description: DescribeExecutionCommandOutput, history: readonly HistoryEvent[]): Execution {
  const { status, startDate, stopDate, input, output, error, cause } = description;
  return {
    status: statusOf(status),
    startedAt: isoOf(startDate),
    ...(stopDate && { stoppedAt: isoOf(stopDate) }),
    input: parse(input),
    ...(output !== undefined && { output: parse(output) }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    history,
  };
}

/** An execution that waits to be redriven has not ended for good. */
function statusOf(status: SdkStatus | undefined): ExecutionStatus {
  return status === undefined || status === 'PENDING_REDRIVE' ? 'RUNNING' : status;
}

function isoOf(date: Date | undefined): string {
  if (!date) throw new Error('Step Functions left out a time that it always gives');
  return date.toISOString();
}

/** Inputs and outputs are JSON unless somebody started the execution with something else. */
function parse(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  return Buffer.from(canonicalJson(a ?? null)).equals(canonicalJson(b ?? null));
}

function consoleHost(partition: string, region: string): string {
  if (partition === 'aws-cn') return 'console.amazonaws.cn';
  if (partition === 'aws-us-gov') return 'console.amazonaws-us-gov.com';
  return `${region}.console.aws.amazon.com`;
}
