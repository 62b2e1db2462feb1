import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { HistoryEvent } from '../../lib/engine/execution.ts';
import type { IdentityPolicy } from '../../lib/iam/evaluate-policy.ts';
import type { SimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import type { StateMachineDefinition } from '../../lib/local/asl/definition.ts';
import { type RunResult, type StateMachineRun, startStateMachine } from '../../lib/local/asl/run-state-machine.ts';
import type { Clock } from '../../lib/local/clock.ts';

export interface StepFunctionsServerOptions {
  readonly account: SimulatedAccount;
  readonly clock: Clock;
  /** By the names of the state machines. */
  readonly definitions: Readonly<Record<string, object>>;
  readonly policy: IdentityPolicy;
  /** Events in a page of history, whatever a caller asks for. */
  readonly pageSize: number;
  readonly maxRunning: number;
}

export interface StepFunctionsServer {
  readonly endpoint: string;
  /** The actions that were called, in their order. */
  readonly called: readonly string[];
  close(): Promise<void>;
}

interface Running {
  readonly machine: string;
  readonly name: string;
  readonly input: string;
  readonly startDate: number;
  readonly run: StateMachineRun;
  end: (Omit<RunResult, 'history'> & { readonly stopDate: number }) | undefined;
}

type Fields = Readonly<Record<string, string | undefined>>;

/** An error that the service models: its name is what the client makes its class from. */
class ServiceError extends Error {}

/**
 * Step Functions by its own protocol (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html) on a loopback
 * port, over the interpreter: for the real client. Executions are those of one account and Region.
 */
export async function startStepFunctionsServer(options: StepFunctionsServerOptions): Promise<StepFunctionsServer> {
  const actions = createActions(options);
  const called: string[] = [];
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).replace('AWSStepFunctions.', '');
    called.push(action);
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    };
    try {
      const act = actions[action];
      if (act === undefined) throw new ServiceError('UnknownOperationException');
      answer(200, await act(JSON.parse(await textOf(request)) as Fields));
    } catch (error) {
      if (error instanceof ServiceError) answer(400, { __type: error.message, message: `${action}: ${error.message}` });
      else answer(500, { __type: 'InternalFailure', message: String(error) });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    called,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createActions(
  options: StepFunctionsServerOptions,
): Readonly<Record<string, (given: Fields) => object | Promise<object>>> {
  const { definitions, maxRunning, pageSize } = options;
  const executions = new Map<string, Running>();
  const found = ({ executionArn = '' }: Fields): Running => {
    const execution = executions.get(executionArn);
    if (execution === undefined) throw new ServiceError('ExecutionDoesNotExist');
    return execution;
  };
  const answer = (token: string | undefined, end: Parameters<StateMachineRun['answerTask']>[1]): object => {
    if (token === undefined || token === '') throw new ServiceError('InvalidToken');
    // A task of an execution that has ended is reported as timed out.
    if (![...executions.values()].some(({ run }) => run.answerTask(token, end))) throw new ServiceError('TaskTimedOut');
    return {};
  };
  return {
    StartExecution({ stateMachineArn = '', name = '', input = '{}' }) {
      const machine = stateMachineArn.split(':').at(-1) ?? '';
      const definition = definitions[machine];
      if (definition === undefined) throw new ServiceError('StateMachineDoesNotExist');
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      const earlier = executions.get(executionArn);
      if (earlier !== undefined) {
        const same = earlier.end === undefined && isDeepStrictEqual(JSON.parse(earlier.input), JSON.parse(input));
        if (!same) throw new ServiceError('ExecutionAlreadyExists');
        return { executionArn, startDate: earlier.startDate };
      }
      if ([...executions.values()].filter(({ end }) => end === undefined).length >= maxRunning)
        throw new ServiceError('ExecutionLimitExceeded');
      const execution = begin({ machine, name, input, executionArn, stateMachineArn }, definition, options);
      executions.set(executionArn, execution);
      return { executionArn, startDate: execution.startDate };
    },
    DescribeExecution(given) {
      const { name, input, startDate, end } = found(given);
      const { status = 'RUNNING', stopDate, output, error, cause } = end ?? {};
      const outputText = output === undefined ? undefined : JSON.stringify(output);
      return {
        executionArn: given.executionArn,
        name,
        status,
        startDate,
        stopDate,
        input,
        output: outputText,
        error,
        cause,
      };
    },
    ListExecutions({ stateMachineArn = '', statusFilter, nextToken = '0' }) {
      const machine = stateMachineArn.split(':').at(-1);
      const listed = [...executions]
        .map(([executionArn, execution]) => ({
          ...execution,
          executionArn,
          status: execution.end?.status ?? 'RUNNING',
        }))
        .filter((execution) => execution.machine === machine && execution.status === statusFilter)
        .map(({ executionArn, name, status, startDate }) => ({
          executionArn,
          stateMachineArn,
          name,
          status,
          startDate,
        }));
      const to = Number(nextToken) + pageSize;
      const page = listed.slice(Number(nextToken), to);
      return { executions: page, ...(to < listed.length ? { nextToken: String(to) } : {}) };
    },
    GetExecutionHistory(given) {
      const { history } = found(given).run;
      const from = Number(given.nextToken ?? 0);
      const to = from + pageSize;
      const events = history.slice(from, to).map(inSeconds);
      return { events, ...(to < history.length ? { nextToken: String(to) } : {}) };
    },
    async StopExecution(given) {
      const { run } = found(given);
      run.abort(given.error, given.cause);
      await run.done;
      return { stopDate: options.clock.now() / 1000 };
    },
    SendTaskSuccess: ({ taskToken, output = '{}' }) =>
      answer(taskToken, { kind: 'succeeded', output: JSON.parse(output) as unknown }),
    SendTaskFailure: ({ taskToken, error, cause }) =>
      answer(taskToken, {
        kind: 'failed',
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      }),
  };
}

interface Named {
  readonly machine: string;
  readonly name: string;
  readonly input: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
}

function begin(
  { machine, name, input, executionArn, stateMachineArn }: Named,
  definition: object,
  { account, clock, policy }: StepFunctionsServerOptions,
): Running {
  const number = account.place.account;
  const run = startStateMachine(definition as StateMachineDefinition, {
    input: JSON.parse(input) as unknown,
    clock,
    execution: { id: executionArn, name, roleArn: `arn:aws:iam::${number}:role/${machine}` },
    stateMachine: { id: stateMachineArn, name: machine },
    checkTask: account.checkTask,
    callTask: ({ resource, arguments: given, signal }) => {
      const caller = { arn: `arn:aws:sts::${number}:assumed-role/${machine}/${name}`, policy };
      return account.answerTask(resource, given, caller, { signal });
    },
  });
  const execution: Running = { machine, name, input, startDate: clock.now() / 1000, run, end: undefined };
  void run.done.then(({ history: _, ...result }) => {
    execution.end = { ...result, stopDate: clock.now() / 1000 };
  });
  return execution;
}

/** Times are seconds since the epoch in this protocol. */
function inSeconds(event: HistoryEvent): object {
  return { ...event, timestamp: Date.parse(event.timestamp) / 1000 };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
