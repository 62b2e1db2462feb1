import type { Catcher, State, TransitionFields } from './definition.ts';
import { holdsChoice } from './holds-choice.ts';
import { isIntrinsic } from './intrinsics/parse-intrinsic.ts';
import { isTimestamp } from './is-timestamp.ts';
import { PathError } from './json-path/json-path.ts';
import { isObject } from './json-path/read-json-path.ts';
import type { QueryLanguage, Scope, Transition } from './query-language.ts';
import { callIntrinsic, type Roots, readReference } from './read-reference.ts';
import { inState, StateFailure } from './state-failure.ts';
import { writeReference } from './write-reference.ts';

/**
 * The JSONPath query language: `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`, `OutputPath`, payload
 * templates with intrinsic functions, variables and the context object.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 */
export function createJsonPathLanguage(random: () => number): QueryLanguage {
  const fill = (template: unknown, roots: Roots): unknown => fillTemplate(template, roots, random);
  const inputOf = (state: State, scope: Scope): unknown => applyPath(state.InputPath, scope.input, scope);
  const rootsOf = (state: State, scope: Scope): Roots => ({ document: inputOf(state, scope), scope });
  const payloadOf = (state: State, scope: Scope): unknown => {
    const roots = rootsOf(state, scope);
    // A Map's Parameters are its ItemSelector under an older name.
    return state.Parameters === undefined || state.Type === 'Map' ? roots.document : fill(state.Parameters, roots);
  };
  const resultOf = (state: State, scope: Scope): unknown => {
    if (state.Type === 'Pass') return state.Result === undefined ? payloadOf(state, scope) : state.Result;
    return state.ResultSelector === undefined
      ? scope.result
      : fill(state.ResultSelector, { document: scope.result, scope });
  };
  const assign = (source: TransitionFields, document: unknown, scope: Scope): Transition['assigned'] =>
    source.Assign === undefined
      ? undefined
      : (fill(source.Assign, { document, scope }) as Readonly<Record<string, unknown>>);

  return {
    payload: async (state, scope) => payloadOf(state, scope),
    async transition(state, source, _location, scope) {
      if (scope.errorOutput !== undefined) {
        const { ResultPath } = source as Catcher;
        const assigned = assign(source, scope.errorOutput, scope);
        return { output: combine(ResultPath, scope.errorOutput, scope), assigned };
      }
      const hasResult = WITH_RESULT.has(state.Type);
      const result = hasResult ? resultOf(state, scope) : inputOf(state, scope);
      const assigned = assign(source, result, scope);
      const combined = hasResult ? combine(state.ResultPath, result, scope) : result;
      return { output: applyPath(state.OutputPath, combined, scope), assigned };
    },
    async integer(state, field, scope, holder = state) {
      const fields = holder as Readonly<Record<string, unknown>>;
      const path = fields[`${field}Path`];
      if (typeof path !== 'string') return fields[field] as number | undefined;
      return integerAt(field, path, readValue(path, rootsOf(state, scope)), scope);
    },
    async number(state, field, scope) {
      const fields = state as unknown as Readonly<Record<string, unknown>>;
      const path = fields[`${field}Path`];
      if (typeof path !== 'string') return fields[field] as number | undefined;
      const value = readValue(path, rootsOf(state, scope));
      if (typeof value === 'number') return value;
      throw runtime(
        scope,
        `The ${field}Path field refers to value "${shown(value)}" which is not a valid float: ${path}`,
      );
    },
    async text(state, field, scope) {
      const path = (state as unknown as Readonly<Record<string, unknown>>)[`${field}Path`];
      if (typeof path !== 'string') return state[field] as string | undefined;
      const roots = rootsOf(state, scope);
      const value = isIntrinsic(path) ? callIntrinsic(path, roots, random) : readValue(path, roots);
      return textAt(field, path, value, scope);
    },
    credentials: async (state, scope) =>
      state.Credentials === undefined ? undefined : fill(state.Credentials, rootsOf(state, scope)),
    fill: async (state, template, _location, scope) => fill(template, rootsOf(state, scope)),
    holds: async (state, rule, _index, scope) => holdsChoice(rule, rootsOf(state, scope)),
    items: async (state, scope) => {
      const path = state.ItemsPath ?? '$';
      const items = readValue(path, rootsOf(state, scope));
      if (Array.isArray(items)) return items;
      throw runtime(scope, `Reference path "${path}" must point to array.`);
    },
    itemInput: async (state, item, scope) => {
      const template = state.ItemSelector ?? state.Parameters;
      return template === undefined ? item : fill(template, rootsOf(state, scope));
    },
  };
}

const WITH_RESULT: ReadonlySet<string> = new Set(['Pass', 'Task', 'Parallel', 'Map']);

function runtime(scope: Scope, what: string): StateFailure {
  return new StateFailure('States.Runtime', inState(scope.state, what));
}

/** `InputPath` or `OutputPath`: absent it is `$`, null gives an empty object. */
function applyPath(path: string | null | undefined, document: unknown, scope: Scope): unknown {
  if (path === null) return {};
  return path === undefined || path === '$' ? document : readValue(path, { document, scope });
}

function readValue(reference: string, roots: Roots): unknown {
  const { document, scope } = roots;
  try {
    return readReference(reference, roots);
  } catch (cause) {
    if (!(cause instanceof PathError)) throw cause;
    if (document === null && reference.startsWith('$.'))
      throw runtime(scope, 'Unable to apply Path transformation to null or empty input.');
    throw runtime(scope, `Invalid path '${reference}' : ${cause.message}`);
  }
}

/** `ResultPath`: the raw input with the result in it; null leaves the result out. */
function combine(path: string | null | undefined, result: unknown, scope: Scope): unknown {
  if (path === null) return scope.input;
  if (path === undefined || path === '$') return result;
  try {
    return writeReference(path, scope.input, result);
  } catch (cause) {
    if (!(cause instanceof PathError)) throw cause;
    const said = `Unable to apply ReferencePath ${path} to input ${JSON.stringify(scope.input)}`;
    throw new StateFailure('States.ResultPathMatchFailure', inState(scope.state, said));
  }
}

/** A payload template: a member whose name ends in `.$` gives way to what its reference or intrinsic function gives. */
function fillTemplate(template: unknown, roots: Roots, random: () => number): unknown {
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, roots, random));
  if (!isObject(template)) return template;
  const members = Object.entries(template).map(([key, value]): [string, unknown] => {
    if (!key.endsWith('.$')) return [key, fillTemplate(value, roots, random)];
    return [key.slice(0, -2), fillReference(key, String(value), roots, random)];
  });
  return Object.fromEntries(members);
}

function fillReference(key: string, reference: string, roots: Roots, random: () => number): unknown {
  if (isIntrinsic(reference)) return callIntrinsic(reference, roots, random);
  try {
    return readReference(reference, roots);
  } catch (cause) {
    if (!(cause instanceof PathError)) throw cause;
    const said = `The JSONPath '${reference}' specified for the field '${key}' could not be found in the input '${JSON.stringify(roots.document)}'`;
    throw runtime(roots.scope, said);
  }
}

const LONG = /^-?\d+$/;

function integerAt(field: string, path: string, value: unknown, scope: Scope): number {
  const number = typeof value === 'string' && LONG.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw runtime(
      scope,
      field.endsWith('Seconds')
        ? `The ${field}Path parameter cannot be parsed as a long value: ${path} == ${shown(value)}`
        : `The ${field}Path field refers to value "${shown(value)}" which is not a valid integer: ${path}`,
    );
  }
  if (number < 0 && field.endsWith('Seconds'))
    throw runtime(scope, `The ${field}Path parameter references a negative value: ${path} == ${number}`);
  return number;
}

function textAt(field: string, path: string, value: unknown, scope: Scope): string {
  if (field === 'Timestamp' && !(typeof value === 'string' && isTimestamp(value))) {
    throw runtime(
      scope,
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${shown(value)}`,
    );
  }
  if (typeof value === 'string') return value;
  throw runtime(scope, `The ${field}Path parameter does not reference a string: ${path} == ${shown(value)}`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
