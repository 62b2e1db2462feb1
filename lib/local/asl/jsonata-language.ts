import { compileExpression } from './compile-expression.ts';
import type { State } from './definition.ts';
import { type FunctionSources, jsonataFunctions } from './jsonata-functions.ts';
import type { QueryLanguage, Scope, Transition } from './query-language.ts';
import { inState, StateFailure } from './state-failure.ts';

/** True for a string that Step Functions takes for an expression; blanks outside the marks make it plain text. */
export function isJsonata(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}') && value.length >= 4;
}

/** The expression between the marks. */
export function jsonataText(value: string): string {
  return value.slice(2, -2).trim();
}

/**
 * The JSONata query language as Step Functions runs it: `$states`, variables, AWS's functions, and no `$eval`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function createJsonataLanguage(sources: FunctionSources): QueryLanguage {
  const functions = jsonataFunctions(sources);

  const evaluate = async (expression: string, location: string, scope: Scope): Promise<unknown> => {
    const text = jsonataText(expression);
    const said = `The JSONata expression '${text}' specified for the field '${location}'`;
    let value: unknown;
    try {
      value = await compileExpression(text).evaluate(undefined, {
        ...functions,
        now: nowFunction(sources),
        ...scope.variables,
        states: statesOf(scope),
      });
    } catch (cause) {
      throw failure(scope, location, `${said} threw an error during evaluation. ${describeError(cause)}`);
    }
    if (value === undefined) throw failure(scope, location, `${said} returned nothing (undefined).`);
    const plain = toPlainJson(value);
    if (plain === undefined) throw failure(scope, location, `${said} returned an unsupported result type.`);
    return plain.value;
  };

  /** Every string in `template` that is an expression gives way to its value. */
  const fill = async (template: unknown, location: string, scope: Scope): Promise<unknown> => {
    if (isJsonata(template)) return evaluate(template, location, scope);
    if (Array.isArray(template)) {
      const items: unknown[] = [];
      for (const [index, item] of template.entries()) items.push(await fill(item, `${location}[${index}]`, scope));
      return items;
    }
    if (typeof template === 'object' && template !== null) {
      const members: [string, unknown][] = [];
      for (const [key, value] of Object.entries(template))
        members.push([key, await fill(value, `${location}/${key}`, scope)]);
      return Object.fromEntries(members);
    }
    return template;
  };

  /** The value of a field that must have one type, which is AWS's word for it in the message. */
  const typed = async <T>(
    template: unknown,
    location: string,
    scope: Scope,
    type: string,
    is: (value: unknown) => value is T,
  ): Promise<T> => {
    const value = await fill(template, location, scope);
    if (is(value)) return value;
    const said = isJsonata(template) ? `The JSONata expression '${jsonataText(template)}'` : 'The value';
    throw failure(
      scope,
      location,
      `${said} specified for the field '${location}' returned an unexpected result type. Expected '${type}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`,
    );
  };

  return {
    payload: async (state, scope) =>
      state.Arguments === undefined ? scope.input : fill(state.Arguments, 'Arguments', scope),
    async transition(_state, source, location, scope, otherwise): Promise<Transition> {
      const assigned =
        source.Assign === undefined
          ? undefined
          : ((await fill(source.Assign, `${location}Assign`, scope)) as Readonly<Record<string, unknown>>);
      const output = source.Output === undefined ? otherwise : await fill(source.Output, `${location}Output`, scope);
      return { output, assigned };
    },
    async integer(state, field, scope, holder = state) {
      const template = (holder as Readonly<Record<string, unknown>>)[field];
      return template === undefined ? undefined : typed(template, field, scope, 'integer', isCount);
    },
    async number(state, field, scope) {
      const template = (state as unknown as Readonly<Record<string, unknown>>)[field];
      return template === undefined ? undefined : typed(template, field, scope, 'number', isNumber);
    },
    text: async (state, field, scope) =>
      state[field] === undefined ? undefined : typed(state[field], field, scope, 'string', isString),
    credentials: async (state, scope) =>
      state.Credentials === undefined ? undefined : fill(state.Credentials, 'Credentials', scope),
    fill: (_state, template, location, scope) => fill(template, location, scope),
    holds: (_state, rule, index, scope) =>
      typed(rule.Condition, `Choices[${index}]/Condition`, scope, 'boolean', isBoolean),
    items: (state, scope) => itemsOf(state, scope, typed),
    itemInput: async (state, item, scope) =>
      state.ItemSelector === undefined ? item : fill(state.ItemSelector, 'ItemSelector', scope),
  };
}

async function itemsOf(
  state: State,
  scope: Scope,
  typed: <T>(
    template: unknown,
    location: string,
    scope: Scope,
    type: string,
    is: (value: unknown) => value is T,
  ) => Promise<T>,
): Promise<readonly unknown[]> {
  if (state.Items !== undefined) return typed(state.Items, 'Items', scope, 'array', Array.isArray);
  if (Array.isArray(scope.input)) return scope.input;
  throw failure(scope, undefined, `Map state input must be an array but was: ${JSON.stringify(scope.input)}`);
}

function statesOf(scope: Scope): Readonly<Record<string, unknown>> {
  return {
    input: scope.input,
    context: scope.context,
    ...(scope.result === undefined ? {} : { result: scope.result }),
    ...(scope.errorOutput === undefined ? {} : { errorOutput: scope.errorOutput }),
  };
}

const FORMAT_NOW = compileExpression('$picture ? $fromMillis($time, $picture, $timezone) : $fromMillis($time)');

/** `$now([picture [, timezone]])`, by the run's clock. */
function nowFunction(sources: FunctionSources): (picture?: unknown, timezone?: unknown) => Promise<unknown> {
  return (picture, timezone) => FORMAT_NOW.evaluate(undefined, { time: sources.now(), picture, timezone });
}

function failure(scope: Scope, location: string | undefined, what: string): StateFailure {
  return new StateFailure('States.QueryEvaluationError', inState(scope.state, what), {
    state: scope.state.name,
    enteredEventId: scope.state.enteredEventId,
    ...(location === undefined ? {} : { location }),
  });
}

function describeError(cause: unknown): string {
  const { code, message } = cause as { readonly code?: string; readonly message?: string };
  return code === undefined ? `${message ?? String(cause)}` : `${code}: ${message}`;
}

/** A copy of a JSONata result without JSONata's own marks on it; undefined where JSON has no such value. */
function toPlainJson(value: unknown): { readonly value: unknown } | undefined {
  let plain = true;
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (!isFunction(member)) return member;
    plain = false;
    return undefined;
  });
  return plain && text !== undefined ? { value: JSON.parse(text) } : undefined;
}

function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);
