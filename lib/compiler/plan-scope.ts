import type { Argument, Bytecode, BytecodeParameter, PlanEntry } from './bytecode.ts';
import { resultVariable } from './emit/result-variable.ts';
import { readsSecret } from './risk.ts';

/** What can be known of a workflow before it changes anything. */
export interface PlanScope {
  /** The steps that a plan makes: they read, and what they read does not hang on anything that a run does. */
  readonly reads: ReadonlySet<string>;
  /** What an expression needs that only a run knows, as people read it: `timestamp`, `result of create_snapshot`. */
  unknownIn(jsonata: string): readonly string[];
  /** What an expression needs that is not to be shown: `secret password`. */
  secretsIn(jsonata: string): readonly string[];
}

/** Decided from the bytecode alone, so that the state machine of a plan and its role agree. */
export function planScope({ execution_plan: plan, parameters }: Bytecode): PlanScope {
  const steps = new Map(plan.map((entry) => [resultVariable(entry.step_id), entry.step_id]));
  const secret = new Set(parameters.filter(isSensitive).map(({ name }) => name));
  const reads = new Set<string>();
  const tainted = new Set<string>();
  const scope: PlanScope = {
    reads,
    unknownIn: (jsonata) => labels(jsonata, (mention) => unknownLabel(mention, steps, reads)),
    secretsIn: (jsonata) => labels(jsonata, (mention) => secretLabel(mention, secret, steps, tainted)),
  };
  const barred = new Set<string>();
  for (const entry of plan) {
    const { step_id: id, depends_on: needs } = entry;
    if (isBarrier(entry) || needs.some((need) => barred.has(need))) barred.add(id);
    if (barred.has(id) || !mayBeRead(entry)) continue;
    const expressions = expressionsOf(entry);
    if (expressions.some((one) => scope.unknownIn(one).length > 0)) continue;
    reads.add(id);
    // An answer can repeat what was asked with.
    if (expressions.some((one) => scope.secretsIn(one).length > 0)) tainted.add(id);
  }
  return scope;
}

/** What is read behind a change or a wait is not what can be read now. */
function isBarrier({ type, call }: PlanEntry): boolean {
  return type === 'wait_for' || (call !== undefined && call.effect !== 'read');
}

/** A plan reads no secrets: it is for people to look at. */
function mayBeRead({ type, call }: PlanEntry): boolean {
  return type === 'aws_command' && call !== undefined && !call.permissions.some(({ action }) => readsSecret(action));
}

function expressionsOf({ when, for_each: list, call }: PlanEntry): readonly string[] {
  return [
    ...[when, list].flatMap((one) => (one === undefined ? [] : [one.jsonata])),
    ...Object.values(call?.state_machine_arguments ?? {}).flatMap(expressionsIn),
  ];
}

function expressionsIn(argument: Argument): readonly string[] {
  if (argument.kind === 'expression') return [argument.jsonata];
  if (argument.kind === 'list') return argument.items.flatMap(expressionsIn);
  return argument.kind === 'structure' ? Object.values(argument.members).flatMap(expressionsIn) : [];
}

const isSensitive = ({ sensitive }: BytecodeParameter): boolean => sensitive === true;

/** Texts and quoted names are passed over; the Region and its like are known wherever the plan is made. */
const MENTION =
  /"(?:[^"\\]|\\.)*"|`[^`]*`|\$split\(\$states\.context\.Execution\.Id, ":"\)|\$params(?:\.(?<parameter>\w+))?|\$states\.context\.Execution\.(?<fact>\w+)|\$(?<variable>\w+)/g;

type Mention = Readonly<Record<string, string | undefined>>;

function labels(jsonata: string, labelOf: (mention: Mention) => string | undefined): readonly string[] {
  const found = [...jsonata.matchAll(MENTION)].flatMap(({ groups = {}, 0: text }) => {
    const whole = text === '$params' ? { ...groups, parameter: '*' } : groups;
    return labelOf(whole) ?? [];
  });
  return [...new Set(found)];
}

const FACTS: Readonly<Record<string, string>> = { Id: 'id', Name: 'name', StartTime: 'start_time' };

function unknownLabel(
  { fact, variable }: Mention,
  steps: ReadonlyMap<string, string>,
  reads: ReadonlySet<string>,
): string | undefined {
  if (fact !== undefined) return `execution.${FACTS[fact] ?? fact}`;
  if (variable === 'timestamp') return 'timestamp';
  const step = variable === undefined ? undefined : steps.get(variable);
  return step === undefined || reads.has(step) ? undefined : `result of ${step}`;
}

function secretLabel(
  { parameter, variable }: Mention,
  secret: ReadonlySet<string>,
  steps: ReadonlyMap<string, string>,
  tainted: ReadonlySet<string>,
): string | undefined {
  if (parameter === '*') return secret.size > 0 ? 'secret' : undefined;
  if (parameter !== undefined && secret.has(parameter)) return `secret ${parameter}`;
  const step = variable === undefined ? undefined : steps.get(variable);
  return step !== undefined && tainted.has(step) ? `result of ${step}, which was asked for with a secret` : undefined;
}
