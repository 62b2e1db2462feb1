import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Catalog } from '../../catalog/catalog.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import type { Bytecode } from '../../compiler/bytecode.ts';
import { showValue } from '../../diagnostics/show-value.ts';
import type { Execution, HistoryEvent } from '../../engine/execution.ts';
import { type StepReport, stepsFromHistory } from '../../engine/steps-from-history.ts';
import { validateParameters } from '../../engine/validate-parameters.ts';
import { actualCommand } from '../actual-command.ts';
import { createAnswers, type GivenAnswers, wrongAnswers } from '../answer-approvals.ts';
import { planProblem } from '../check-plan.ts';
import { compileOrExplain } from '../compile-or-explain.ts';
import type { LocalRuntime } from '../local-runtime.ts';
import { noSuchWorkflow } from '../no-such-workflow.ts';
import { openLocalWorkflow } from '../open-local-workflow.ts';
import { parseParameters } from '../parse-parameters.ts';
import { refuse } from '../refuse.ts';
import { EXIT, type ExitCode, paint, type Terminal } from '../terminal.ts';

export interface RunOptions {
  readonly registry: string;
  readonly param: Readonly<Record<string, string>>;
  readonly json: boolean;
  /** The id of a plan: it runs only if it would still do that. */
  readonly plan?: string;
  /** Steps whose questions are answered already. */
  readonly approve?: readonly string[];
  readonly refuse?: readonly string[];
}

/** The account's time passes this much faster, so that a wait of minutes can be watched. */
const SPEED = 60;
const POLL_MS = 20;

interface StepLine extends StepReport {
  /** The AWS CLI command that the call equals; absent where the step made none. */
  readonly command?: string;
}

/** `workflow run <name>`: runs in the simulated account and shows each step, with the AWS CLI command it equals. */
export async function run(name: string, options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const catalog = loadCatalog();
  const compiled = compileOrExplain(options.registry, catalog, terminal);
  if (compiled === undefined) return EXIT.failed;
  const { runtime, bytecode } = await openLocalWorkflow(name, compiled.bytecodes, catalog, SPEED);
  if (bytecode === undefined) return noSuchWorkflow(name, compiled.bytecodes, terminal);

  const answers: GivenAnswers = { approve: options.approve ?? [], refuse: options.refuse ?? [] };
  const wrong = wrongAnswers(bytecode, answers);
  if (wrong !== undefined) {
    terminal.err(paint(terminal, 'red', wrong));
    return EXIT.usage;
  }
  const given = parseParameters(options.param, bytecode.parameters);
  const checked = validateParameters(bytecode.parameters, given);
  if (!checked.ok) return refuse(checked.problems, bytecode, options, terminal);
  const changed = await planProblem(bytecode, checked.values, options.plan, runtime.executor);
  if (changed !== undefined) {
    if (options.json) terminal.out(JSON.stringify({ status: 'REFUSED', problems: [changed] }, null, 2));
    else terminal.err(paint(terminal, 'red', `${changed.code}: ${changed.message}`));
    return EXIT.failed;
  }
  const executionName = `run-${randomUUID()}`;
  await runtime.executor.start({ bytecode, executionName, input: checked.values });
  return watch(bytecode, executionName, { runtime, catalog, terminal, json: options.json, answers });
}

interface Watching {
  readonly runtime: LocalRuntime;
  readonly catalog: Catalog;
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly answers: GivenAnswers;
}

async function watch(bytecode: Bytecode, executionName: string, watching: Watching): Promise<ExitCode> {
  const { runtime, catalog, terminal, json } = watching;
  const { name, version } = bytecode.metadata;
  const { account, region } = runtime.account.place;
  if (!json)
    terminal.out(`${paint(terminal, 'bold', `${name}@${version}`)} in the simulated account ${account}, ${region}`);
  const { executor } = runtime;
  const answer = createAnswers({ bytecode, executor, terminal, json, given: watching.answers });
  let printed = 0;
  for (;;) {
    const execution = await executor.get(bytecode.workflow_id, executionName);
    if (execution === undefined) throw new Error(`The execution ${executionName} is gone`);
    const steps = stepLines(bytecode, execution, catalog);
    const ended = steps.filter(({ status }) => status === 'SUCCEEDED' || status === 'FAILED');
    if (!json) for (const step of ended.slice(printed)) printStep(step, terminal);
    printed = ended.length;
    await answer(execution);
    if (execution.status !== 'RUNNING') return finish(execution, steps, bytecode, watching);
    await sleep(POLL_MS);
  }
}

function finish(
  execution: Execution,
  steps: readonly StepLine[],
  bytecode: Bytecode,
  { terminal, json }: Watching,
): ExitCode {
  const { status, error, cause, output } = execution;
  const succeeded = status === 'SUCCEEDED';
  if (json) {
    terminal.out(JSON.stringify({ status, steps, output, error, cause }, null, 2));
  } else {
    for (const { id } of steps.filter((step) => step.status === 'SKIPPED')) terminal.out(`  – ${id}  not run`);
    for (const { id } of steps.filter((step) => step.undone)) terminal.out(`  ↩ ${id}  undone`);
    terminal.out(
      succeeded ? paint(terminal, 'green', status) : paint(terminal, 'red', `${status}  ${error ?? ''}`.trimEnd()),
    );
    if (cause !== undefined) terminal.out(`  ${cause}`);
    if (succeeded) for (const line of outputLines(bytecode, output)) terminal.out(line);
  }
  return succeeded ? EXIT.ok : EXIT.failed;
}

/** What the workflow says that it returns; the bare result of its last step is for programs. */
function outputLines({ outputs }: Bytecode, output: unknown): readonly string[] {
  if (outputs === undefined || typeof output !== 'object' || output === null) return [];
  return Object.entries(output).map(([name, value]) => `  ${name} = ${showValue(value)}`);
}

function printStep({ id, action, status, command, error }: StepLine, terminal: Terminal): void {
  const failed = status === 'FAILED';
  const mark = failed ? paint(terminal, 'red', '✗') : paint(terminal, 'green', '✓');
  terminal.out(`  ${mark} ${id}  ${action}${failed ? `  ${error ?? ''}` : ''}`);
  if (command !== undefined) terminal.out(paint(terminal, 'dim', `    ${command}`));
}

function stepLines(bytecode: Bytecode, execution: Execution, catalog: Catalog): readonly StepLine[] {
  const sent = sentParameters(execution.history);
  return stepsFromHistory(bytecode, execution.history, execution.status).map((step) => {
    const entry = bytecode.execution_plan.find(({ step_id: id }) => id === step.id);
    const parameters = sent.get(step.id);
    if (entry?.call === undefined || parameters === undefined) return step;
    return { ...step, command: actualCommand(entry.call, parameters, catalog) };
  });
}

/** What each state last sent to AWS: the parameters of its `TaskScheduled` event. */
function sentParameters(history: readonly HistoryEvent[]): ReadonlyMap<string, unknown> {
  const sent = new Map<string, unknown>();
  let state = '';
  for (const event of history) {
    const entered = event.stateEnteredEventDetails as { readonly name?: string } | undefined;
    if (entered?.name !== undefined) state = entered.name;
    const scheduled = event.taskScheduledEventDetails as { readonly parameters?: string } | undefined;
    if (scheduled?.parameters !== undefined) sent.set(state, JSON.parse(scheduled.parameters));
  }
  return sent;
}
