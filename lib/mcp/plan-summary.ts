import type { PlannedStep } from '../compiler/run-plan.ts';
import type { WorkflowPlan } from '../engine/plan-workflow.ts';
import { shownArguments } from './plan-schema.ts';
import { cleanText } from './untrusted-text.ts';

/** A plan in a few lines for a person: what changes, what does not, what stands in the way. */
export function planSummary({ planId, stopped, steps, worstCase }: WorkflowPlan): string {
  const of = (kind: PlannedStep['kind'], ...statuses: readonly PlannedStep['status'][]) =>
    steps.filter((step) => step.kind === kind && statuses.includes(step.status));
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines]);
  const waits = steps.filter(({ kind, status }) => ['wait', 'approval'].includes(kind) && status !== 'not_reached');
  return [
    `Plan ${planId}`,
    ...section('Would change:', of('change', 'runs').flatMap(changeLines)),
    ...section('Would not run:', [...of('change', 'skipped'), ...of('change', 'not_reached')].map(idleLine)),
    ...section('Cannot be known before the run:', of('change', 'unknown').flatMap(changeLines)),
    ...section('Stands in the way:', waits.map(waitLine)),
    ...(stopped
      ? [`Would stop at ${stopped.step}: ${cleanText(stopped.error, 200)}: ${cleanText(stopped.cause)}`]
      : []),
    worstLine(worstCase),
  ].join('\n');
}

function changeLines({ step, call, arguments: given, entries, status, reason }: PlannedStep): readonly string[] {
  const name = `- ${step}: ${call}`;
  const why = status === 'unknown' && reason !== undefined ? ` (${cleanText(reason)})` : '';
  if (entries === undefined) return [`${name} ${json(given)}${why}`];
  const times =
    entries.count === null ? 'once for each entry, how many only the run can tell' : `${entries.count} times`;
  const more =
    entries.truncated && entries.count !== null ? [`    and ${entries.count - entries.arguments.length} more`] : [];
  return [`${name}, ${times}${why}`, ...entries.arguments.map((one) => `    ${json(one)}`), ...more];
}

function idleLine({ step, call, status, reason = '' }: PlannedStep): string {
  return `- ${step}: ${call} (${status === 'not_reached' ? 'the run stops before' : cleanText(reason)})`;
}

function waitLine({ step, kind, call, seconds, message }: PlannedStep): string {
  const what = kind === 'approval' ? 'a person is asked' : `waits with ${call}`;
  const asks = message === undefined ? '' : `: ${cleanText(message)}`;
  return `- ${step}: ${what}, at most ${seconds ?? 0} s${asks}`;
}

function worstLine({
  seconds,
  may_be_cut: cut,
  transitions,
  usd,
  per_entry: entries,
}: WorkflowPlan['worstCase']): string {
  const more = entries.map((one) => `, and ${one.transitions} for each entry of ${one.step}`).join('');
  return (
    `At most ${seconds} s${cut ? ' (a run is stopped then, even half-way)' : ''} and ${transitions} state transitions${more}: ` +
    `about $${usd.toFixed(6)}, an estimate for us-east-1`
  );
}

function json(given: Readonly<Record<string, unknown>> = {}): string {
  return cleanText(JSON.stringify(shownArguments(given)), 600);
}
