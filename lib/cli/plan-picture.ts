import type { Bytecode } from '../compiler/bytecode.ts';
import type { PlannedStatus } from '../compiler/run-plan.ts';
import type { planOutput } from '../mcp/plan-schema.ts';
import { paint, type Style, type Terminal } from './terminal.ts';
import { worstCaseLines } from './worst-case-lines.ts';

type Plan = ReturnType<typeof planOutput>;
type Step = Plan['steps'][number];

/**
 * A plan as a person reads it at a terminal: each step with what becomes of it, then how long, how much, and the command
 * that runs it.
 * @param given the parameters as they stood on the command line
 */
export function planPicture(
  bytecode: Bytecode,
  plan: Plan,
  given: Readonly<Record<string, string>>,
  terminal: Terminal,
): string {
  const { name, version } = bytecode.metadata;
  const changes = plan.steps.filter(({ kind, status }) => kind === 'change' && status === 'runs');
  const calls = changes.reduce((sum, { entries }) => sum + (entries === undefined ? 1 : (entries.count ?? 1)), 0);
  return [
    `${paint(terminal, 'bold', `${name}@${version}`)}  ${calls} change${calls === 1 ? '' : 's'}; nothing was changed yet`,
    ...plan.steps.flatMap((step) => stepLines(step, terminal)),
    ...(plan.stopped === undefined ? [] : [paint(terminal, 'red', `It would stop at ${plan.stopped.step}`)]),
    '',
    ...worstCaseLines(plan.worst_case),
    plan.stopped === undefined
      ? `Run exactly this: ${paint(terminal, 'bold', runCommand(bytecode, given, plan.plan_id))}`
      : 'A run would not come to its end; mend what stops it, and plan again',
  ].join('\n');
}

function runCommand(
  { workflow_id: name, parameters }: Bytecode,
  given: Readonly<Record<string, string>>,
  planId: string,
): string {
  const secret = new Set(parameters.filter(({ sensitive }) => sensitive).map((one) => one.name));
  const shown = Object.entries(given).map(
    ([key, value]) => `-p ${shellWord(`${key}=${secret.has(key) ? '…' : value}`)}`,
  );
  return ['npx workflow run', name, ...shown, '--plan', planId].join(' ');
}

/** As it has to be typed into a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const WORDS: Readonly<Record<PlannedStatus, string>> = {
  runs: '',
  holds: 'holds',
  stops: 'stops the run',
  skipped: 'skipped',
  unknown: 'cannot be known yet',
  not_reached: 'not reached',
};

function stepLines(step: Step, terminal: Terminal): readonly string[] {
  const { step: id, kind, call, status, reason, arguments: sent, entries, message, seconds } = step;
  const [mark, style] = markOf(step);
  const facts = [
    call ?? kind,
    ...(entries === undefined ? [] : [timesOf(entries.count)]),
    ...(seconds === undefined ? [] : [`at most ${seconds} s`]),
    ...(WORDS[status] === '' ? [] : [reason === undefined ? WORDS[status] : `${WORDS[status]}: ${reason}`]),
  ];
  const more = entries?.truncated && entries.count !== null ? entries.count - entries.arguments.length : 0;
  return [
    `  ${paint(terminal, style, mark)} ${id}  ${facts.join(', ')}`,
    ...(message === undefined ? [] : [`      ${message}`]),
    ...[...(sent === undefined ? [] : [sent]), ...(entries?.arguments ?? [])].map((one) =>
      paint(terminal, 'dim', `      ${typeof one === 'string' ? one : JSON.stringify(one)}`),
    ),
    ...(more > 0 ? [paint(terminal, 'dim', `      and ${more} more`)] : []),
  ];
}

function timesOf(count: number | null): string {
  if (count === null) return 'for each entry';
  return count === 1 ? 'once' : `${count} times`;
}

function markOf({ kind, status }: Step): readonly [string, Style] {
  if (status === 'stops') return ['✗', 'red'];
  if (status === 'skipped' || status === 'not_reached') return ['–', 'dim'];
  if (status === 'unknown') return ['?', 'yellow'];
  if (kind === 'change') return ['▲', 'yellow'];
  return kind === 'read' || kind === 'assert' ? ['✓', 'green'] : ['…', 'cyan'];
}
