import type { PlanEntry } from '../compiler/bytecode.ts';
import { actionOf } from '../compiler/plan-calls.ts';
import type { PlanScope } from '../compiler/plan-scope.ts';
import { type PlannedKind, type PlannedStatus, SHOWN_ENTRIES } from '../compiler/run-plan.ts';
import type { PlanNames } from './plan-names.ts';
import { itemIn, missingIn, quoted, type Showing, showArgument, showStructure } from './show-expression.ts';

/** A JSONata expression that gives a `PlannedStep`; `at` is its place in the plan. */
export function plannedStep(entry: PlanEntry, at: number, scope: PlanScope, names: PlanNames): string {
  const { step_id: id, when } = entry;
  const fields = [
    `"step": ${quoted(id)}`,
    `"kind": ${quoted(kindOf(entry))}`,
    ...(entry.call === undefined ? [] : [`"call": ${quoted(actionOf(entry))}`]),
  ];
  const status = (value: PlannedStatus, more: string): string => `{"status": "${value}"${more}}`;
  const because = (reason: string): string => `, "reason": ${quoted(reason)}`;
  const details = detailsOf(entry, scope, names);
  const unknown = [...unknownWhen(entry, scope), ...unknownCheck(entry, scope)];
  const reached =
    unknown.length === 0
      ? status(entry.type === 'assert' ? 'holds' : 'runs', details)
      : status('unknown', `${because(`it depends on ${unknown.join(', ')}`)}${details}`);
  const conditional =
    when === undefined || unknownWhen(entry, scope).length > 0
      ? reached
      : `(${when.jsonata}) ? ${reached} : ${status('skipped', because(`not ${inner(when.source)}`))}`;
  return `$${names.told}({${fields.join(', ')}}, ${at}, function() {${conditional}})`;
}

export function kindOf({ type, call }: PlanEntry): PlannedKind {
  switch (type as string) {
    case 'wait_for':
      return 'wait';
    case 'sleep':
      return 'sleep';
    case 'assert':
      return 'assert';
    case 'approval':
      return 'approval';
    default:
      return call?.effect === 'read' ? 'read' : 'change';
  }
}

function unknownWhen({ when }: PlanEntry, scope: PlanScope): readonly string[] {
  return when === undefined ? [] : scope.unknownIn(when.jsonata);
}

/** What the outcome of an assert depends on that is not known yet. */
function unknownCheck({ that, for_each: list }: PlanEntry, scope: PlanScope): readonly string[] {
  return [that, list].flatMap((one) => (that === undefined || one === undefined ? [] : scope.unknownIn(one.jsonata)));
}

/** Whether a plan can tell how an assert ends. */
export function isDecided(entry: PlanEntry, scope: PlanScope): boolean {
  return entry.type === 'assert' && unknownWhen(entry, scope).length + unknownCheck(entry, scope).length === 0;
}

function detailsOf(entry: PlanEntry, scope: PlanScope, names: PlanNames): string {
  const { call, seconds, wait } = entry;
  const showing = showingOf(entry, scope, names);
  switch (kindOf(entry)) {
    case 'change':
      if (call === undefined) throw new Error(`The change ${entry.step_id} has no call`);
      return entry.for_each === undefined
        ? `, "arguments": ${showStructure(call.arguments, showing)}`
        : `, "entries": ${entriesOf(entry, showStructure(call.arguments, showing), showing, names)}`;
    case 'wait':
      return wait === undefined ? '' : `, "seconds": ${wait.interval_seconds * (wait.max_attempts - 1)}`;
    case 'sleep': {
      if (seconds === undefined) return '';
      const value = showArgument(seconds, showing);
      const numeric = seconds.kind === 'literal' || (seconds.kind === 'expression' && entry.for_each === undefined);
      const known = seconds.kind !== 'expression' || missingIn(seconds.jsonata, showing).length === 0;
      return numeric && known ? `, "seconds": ${value}` : '';
    }
    case 'approval':
      return `${shownMessage(entry, showing)}, "seconds": ${entry.timeout_seconds ?? 0}`;
    case 'assert':
      // What is said where it does not hold would mislead where it does.
      return isDecided(entry, scope) ? '' : shownMessage(entry, showing);
    case 'read':
      return '';
  }
}

function shownMessage({ message, for_each: list }: PlanEntry, showing: Showing): string {
  if (message === undefined) return '';
  // Which entry the words would be about is not known while all of them pass.
  const general = list === undefined ? showing : { ...showing, item: { ...showing.item, known: false } };
  return `, "message": ${showArgument(message, general)}`;
}

/** How the arguments of a step are shown; the entry of its list is known where the list is. */
export function showingOf({ for_each: list }: PlanEntry, scope: PlanScope, names: PlanNames): Showing {
  return {
    scope,
    shown: names.shown,
    item: {
      name: names.item,
      known: list !== undefined && scope.unknownIn(list.jsonata).length === 0,
      secret: list !== undefined && scope.secretsIn(list.jsonata).length > 0,
    },
  };
}

function entriesOf({ for_each: list }: PlanEntry, each: string, { item }: Showing, names: PlanNames): string {
  if (list === undefined || !item.known) {
    return `{"count": null, "arguments": [${each}], "truncated": false, "digest": null}`;
  }
  const all = `$${names.list}`;
  return [
    `(${all} := [$map(${listOf(list.jsonata)}, function($${item.name}) {${each}})]; {`,
    `"count": $count(${all}), "arguments": [${all}[[0..${SHOWN_ENTRIES - 1}]]], `,
    `"truncated": $count(${all}) > ${SHOWN_ENTRIES}, `,
    // AWS lists things in no order, so the order they come in is no part of it.
    `"digest": $hash($join($sort([${all}.$string($)]), "\\n"), "SHA-256")})`,
  ].join('');
}

/** The entries that a list gives; JSONata gives one value instead of a list of one. */
export function listOf(jsonata: string): string {
  return jsonata.startsWith('[') ? jsonata : `[${jsonata}]`;
}

/** The condition of an assert that can be told, and what is said where it does not hold. */
export function assertion(
  entry: PlanEntry,
  scope: PlanScope,
  names: PlanNames,
): { readonly holds: string; readonly cause: string } {
  const { that, message, when, for_each: list } = entry;
  if (that === undefined || message === undefined) throw new Error(`The assert ${entry.step_id} asserts nothing`);
  const showing = showingOf(entry, scope, names);
  const said = showArgument(message, showing);
  const check = itemIn(that.jsonata, showing);
  const failing =
    list === undefined ? '' : `$filter(${listOf(list.jsonata)}, function($${names.item}) {$not(${check})})`;
  const holds = list === undefined ? that.jsonata : `$count(${failing}) = 0`;
  return {
    holds: when === undefined ? holds : `(${when.jsonata}) ? (${holds}) : true`,
    cause: list === undefined ? said : `($${names.item} := ${failing}[0]; ${said})`,
  };
}

/** What stands between `${` and `}`. */
function inner(source: string): string {
  return source.replace(/^\$\{|\}$/g, '');
}
