import type { ChoiceRule, State } from './definition.ts';
import { operatorOf } from './holds-choice.ts';
import { isIntrinsic } from './intrinsics/parse-intrinsic.ts';
import { PathError } from './json-path/json-path.ts';
import { isObject } from './json-path/read-json-path.ts';
import { checkReference } from './read-reference.ts';
import { notAReferencePath } from './write-reference.ts';

type Fail = (what: string) => never;

const JSONATA_FIELDS = ['Arguments', 'Output', 'Items', 'Condition'] as const;

const PATHS = [
  ...['InputPath', 'OutputPath', 'ItemsPath', 'MaxConcurrencyPath', 'SecondsPath', 'TimestampPath'],
  ...['TimeoutSecondsPath', 'HeartbeatSecondsPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'],
];

const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials'];

/** Refuses what Step Functions refuses to create in a JSONPath state: paths and functions that cannot be parsed. */
export function checkJsonPathState(state: State, fail: Fail): void {
  const fields = state as unknown as Readonly<Record<string, unknown>>;
  for (const part of [state, ...(state.Choices ?? []), ...(state.Catch ?? [])]) {
    const field = JSONATA_FIELDS.find((name) => name in part);
    if (field !== undefined) fail(`A JSONPath state has no field ${field}`);
    checkTemplate(part.Assign, 'Assign', fail);
  }
  for (const field of PATHS) checkPath(fields[field], field, fail);
  for (const field of TEMPLATES) checkTemplate(fields[field], field, fail);
  for (const field of ['ErrorPath', 'CausePath']) checkPath(fields[field], field, fail, true);
  for (const part of [state, ...(state.Catch ?? [])]) checkResultPath(part.ResultPath, fail);
  for (const { Parameters: template } of [state.ItemReader ?? {}, state.ResultWriter ?? {}])
    checkTemplate(template, 'Parameters', fail);
  for (const rule of state.Choices ?? []) checkRule(rule, fail);
}

function checkPath(value: unknown, field: string, fail: Fail, intrinsics = false): void {
  if (value === undefined || value === null) return;
  const path = typeof value === 'string' ? value : fail(`${field} is no path`);
  if (isIntrinsic(path) && !intrinsics) fail(`${field} is no path: ${path}`);
  attempt(() => checkReference(path), field, fail);
}

function checkResultPath(value: string | null | undefined, fail: Fail): void {
  if (value === undefined || value === null) return;
  const problem = attempt(() => notAReferencePath(value), 'ResultPath', fail);
  if (problem !== undefined) fail(`ResultPath: ${problem}`);
}

function checkTemplate(template: unknown, field: string, fail: Fail): void {
  if (Array.isArray(template)) for (const item of template) checkTemplate(item, field, fail);
  if (!isObject(template)) return;
  for (const [key, value] of Object.entries(template)) {
    if (!key.endsWith('.$')) checkTemplate(value, `${field}/${key}`, fail);
    else if (typeof value !== 'string') fail(`${field}/${key} is neither a path nor an intrinsic function`);
    else attempt(() => checkReference(value), `${field}/${key}`, fail);
  }
}

function checkRule(rule: ChoiceRule, fail: Fail): void {
  const parts = rule.And ?? rule.Or ?? (rule.Not === undefined ? undefined : [rule.Not]);
  if (parts !== undefined) {
    for (const part of parts) checkRule(part, fail);
    return;
  }
  if (rule.Variable === undefined) fail('A choice rule has no Variable');
  checkPath(rule.Variable, 'Variable', fail);
  const operator = operatorOf(rule);
  if (operator === undefined) fail('A choice rule has no comparison that Step Functions knows');
  else if (operator.endsWith('Path')) checkPath((rule as Readonly<Record<string, unknown>>)[operator], operator, fail);
}

function attempt<T>(work: () => T, field: string, fail: Fail): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof PathError) return fail(`${field}: ${cause.message}`);
    throw cause;
  }
}
