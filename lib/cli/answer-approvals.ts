import type { Bytecode } from '../compiler/bytecode.ts';
import { type WaitingApproval, waitingApprovals } from '../engine/approvals.ts';
import type { Execution, WorkflowExecutor } from '../engine/execution.ts';
import type { TaskAnswer } from '../engine/task-answer.ts';
import type { ParameterValue } from '../engine/validate-parameters.ts';
import { approvalRequest, questionText } from '../mcp/approval-request.ts';
import { paint, type Terminal } from './terminal.ts';

/** Steps that were answered on the command line. */
export interface GivenAnswers {
  readonly approve: readonly string[];
  readonly refuse: readonly string[];
}

export interface Answering {
  readonly bytecode: Bytecode;
  readonly executor: WorkflowExecutor;
  readonly terminal: Terminal;
  readonly given: GivenAnswers;
  /** Where the output is for a program, nobody is asked. */
  readonly json: boolean;
}

/**
 * What stands in the way of answers on the command line: a step that asks nothing, or one that is both approved and
 * refused. Undefined where they fit.
 */
export function wrongAnswers({ execution_plan: plan, metadata }: Bytecode, given: GivenAnswers): string | undefined {
  const asking = plan.filter(({ type }) => type === 'approval').map(({ step_id: id }) => id);
  const unknown = [...given.approve, ...given.refuse].find((id) => !asking.includes(id));
  if (unknown !== undefined) {
    const known = asking.length > 0 ? `its approvals are ${asking.join(', ')}` : 'it has none';
    return `${metadata.name} has no approval "${unknown}"; ${known}`;
  }
  const both = given.approve.find((id) => given.refuse.includes(id));
  return both === undefined ? undefined : `"${both}" is both approved and refused`;
}

/**
 * Answers what runs wait for: as the command line says, else as the person at the terminal does. Where there is nobody
 * to ask, it says what the run waited for, and refuses: a run in this process has nobody else to answer it.
 */
export function createAnswers(answering: Answering): (execution: Execution) => Promise<void> {
  const { bytecode, executor, terminal } = answering;
  const answered = new Set<string>();
  let asking: Asking | undefined;

  return async (execution) => {
    const waiting = execution.status === 'RUNNING' ? waitingApprovals(bytecode, execution.history) : [];
    if (asking !== undefined && !waiting.some(({ token }) => token === asking?.token)) {
      asking.stop();
      asking = undefined;
    }
    for (const approval of waiting.filter(({ token }) => !answered.has(token))) {
      const answer = answerOf(approval, answering);
      if (answer === undefined && asking !== undefined) continue;
      answered.add(approval.token);
      if (answer !== undefined) await executor.answerTask(approval.token, answer);
      else asking = ask(approval, execution, answering);
    }
    if (asking?.answer === undefined) return;
    const { token, answer } = asking;
    asking = undefined;
    const arrived = await executor.answerTask(token, answer);
    if (!arrived) terminal.err(paint(terminal, 'yellow', 'Too late: the question does not wait any more'));
  };
}

/** Who answered, as the history keeps it. */
const BY_COMMAND = 'the command line';
const BY_PERSON = 'the person at the terminal';

/** What is known without asking: the command line's answer, or that there is nobody. */
function answerOf(approval: WaitingApproval, { given, terminal, json }: Answering): TaskAnswer | undefined {
  const { stepId, message } = approval;
  if (given.approve.includes(stepId)) return { approved: true, by: BY_COMMAND };
  if (given.refuse.includes(stepId)) return { approved: false, by: BY_COMMAND };
  if (terminal.ask !== undefined && !json) return undefined;
  terminal.err(
    `The run waits for an approval of ${stepId}: ${questionText(message)}\n` +
      `There is nobody to ask here, so it is refused. Answer with --approve ${stepId} or --refuse ${stepId}`,
  );
  return { approved: false, by: BY_COMMAND, reason: 'there is no terminal to ask at' };
}

interface Asking {
  readonly token: string;
  answer?: TaskAnswer;
  readonly stop: () => void;
}

/** Shows what is asked, and waits for the answer while the run goes on. */
function ask(approval: WaitingApproval, execution: Execution, { bytecode, terminal }: Answering): Asking {
  const stopped = new AbortController();
  const asking: Asking = { token: approval.token, stop: () => stopped.abort() };
  const values = execution.input as Readonly<Record<string, ParameterValue>>;
  terminal.err(`\n${approvalRequest(bytecode, approval, values)}`);
  terminal.err(`No answer until ${approval.expiresAt}, by the clock of the account, is a refusal.`);
  void askUntilClear(terminal, stopped.signal).then((answer) => {
    if (answer !== undefined) asking.answer = answer;
  });
  return asking;
}

async function askUntilClear(terminal: Terminal, signal: AbortSignal): Promise<TaskAnswer | undefined> {
  while (!signal.aborted) {
    const line = await terminal.ask?.('Approve? Type yes or no: ', signal);
    if (signal.aborted) return undefined;
    const said = line?.trim().toLowerCase();
    if (said === 'yes' || said === 'y') return { approved: true, by: BY_PERSON };
    if (said === 'no' || said === 'n') return { approved: false, by: BY_PERSON };
    // The input has ended: nobody is there any more.
    if (line === undefined) return { approved: false, by: BY_COMMAND, reason: 'the terminal was closed' };
  }
  return undefined;
}
