import { type JsonPath, PathError, type PathStep } from './json-path.ts';
import { passesFilter } from './passes-filter.ts';

/**
 * What a path leads to in a document: the value for a definite path, else the list of all values, which may be
 * empty. Throws {@link PathError} with Jayway's message where a definite part of the path leads nowhere.
 */
export function readJsonPath(path: JsonPath, document: unknown): unknown {
  const found: unknown[] = [];
  walk(path.steps, 0, document, { root: document, at: '$', definite: true, found });
  if (!path.definite) return found;
  if (found.length === 0) throw new PathError(`No results for path: ${canonical(path.steps)}`);
  return found[0];
}

interface Walk {
  readonly root: unknown;
  /** Where the walk is, as Jayway writes it: `$['a'][0]`. */
  readonly at: string;
  /** Whether every step so far was definite: then what is missing is an error. */
  readonly definite: boolean;
  readonly found: unknown[];
}

function walk(steps: readonly PathStep[], index: number, value: unknown, state: Walk): void {
  const step = steps[index];
  if (step === undefined) {
    state.found.push(value);
    return;
  }
  const last = index === steps.length - 1;
  const go = (next: unknown, at: string, definite = state.definite): void =>
    walk(steps, index + 1, next, { ...state, at: `${state.at}${at}`, definite });
  switch (step.kind) {
    case 'property':
      stepProperty(step.names, value, state, last, go);
      return;
    case 'index':
      stepIndex(step, value, state, go);
      return;
    case 'slice':
      stepSlice(step, value, state, go);
      return;
    case 'wildcard':
      for (const [key, member] of membersOf(value)) go(member, `[${key}]`, false);
      return;
    case 'deep':
      stepDeep(steps, index, value, { ...state, definite: false });
      return;
    case 'filter': {
      const items = Array.isArray(value) ? value : isObject(value) ? [value] : undefined;
      if (items === undefined && state.definite)
        throw new PathError(
          `Filter: ${step.text} can not be applied to primitives. Current context is: ${String(value)}`,
        );
      for (const item of items ?? [])
        if (passesFilter(step.filter, item, state.root, readJsonPath)) go(item, '[?]', false);
      return;
    }
    case 'function':
      go(applyFunction(step.name, value), `.${step.name}()`);
  }
}

type Go = (next: unknown, at: string, definite?: boolean) => void;

function stepProperty(names: readonly string[], value: unknown, state: Walk, last: boolean, go: Go): void {
  const quoted = names.map((name) => `'${name}'`).join(',');
  if (!isObject(value)) {
    if (!state.definite) return;
    throw new PathError(
      `Expected to find an object with property [${quoted}] in path ${state.at} but found '${javaClass(value)}'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.`,
    );
  }
  const present = names.filter((name) => Object.hasOwn(value, name));
  if (names.length > 1 && last) {
    go(Object.fromEntries(present.map((name) => [name, value[name]])), `[${quoted}]`);
    return;
  }
  for (const name of present) go(value[name], `['${name}']`, state.definite && names.length === 1);
  // A missing leaf is found out at the end: there are no results.
  if (present.length === 0 && !last && state.definite && names.length === 1)
    throw new PathError(`Missing property in path ${state.at}[${quoted}]`);
}

function stepIndex(step: PathStep & { readonly kind: 'index' }, value: unknown, state: Walk, go: Go): void {
  if (!isArrayFor(step, value, state)) return;
  for (const index of step.indexes) {
    const place = index < 0 ? value.length + index : index;
    if (place >= 0 && place < value.length) go(value[place], `[${index}]`, state.definite && step.indexes.length === 1);
  }
}

function stepSlice(step: PathStep & { readonly kind: 'slice' }, value: unknown, state: Walk, go: Go): void {
  if (!isArrayFor(step, value, state)) return;
  for (const item of value.slice(step.from ?? 0, step.to)) go(item, '[]', false);
}

function isArrayFor(step: PathStep, value: unknown, state: Walk): value is readonly unknown[] {
  if (Array.isArray(value)) return true;
  if (!state.definite) return false;
  if (value === null) throw new PathError(`The path ${state.at} is null`);
  throw new PathError(
    `Filter: ${canonical([step]).slice(1)} can only be applied to arrays. Current context is: ${JSON.stringify(value)}`,
  );
}

/** The next step is applied to the value and to everything in it, from the outside in. */
function stepDeep(steps: readonly PathStep[], index: number, value: unknown, state: Walk): void {
  walk(steps, index + 1, value, { ...state, at: `${state.at}..` });
  for (const [, member] of membersOf(value))
    if (typeof member === 'object' && member !== null) stepDeep(steps, index, member, state);
}

function applyFunction(name: string, value: unknown): unknown {
  if (name === 'keys') return isObject(value) ? Object.keys(value) : null;
  if (name === 'length') {
    if (typeof value === 'string') return value.length;
    return typeof value === 'object' && value !== null ? Object.keys(value).length : null;
  }
  const numbers = (Array.isArray(value) ? value : []).filter((item) => typeof item === 'number');
  if (numbers.length === 0) throw new PathError('Aggregation function attempted to calculate value using empty array');
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (name === 'sum') return sum;
  if (name === 'avg') return sum / numbers.length;
  return numbers.reduce((best, number) => (name === 'min' ? Math.min(best, number) : Math.max(best, number)));
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isObject(value) ? Object.entries(value).map(([key, member]) => [`'${key}'`, member]) : [];
}

/** The path as Jayway writes it in messages: `$['a'][0]`. */
function canonical(steps: readonly PathStep[]): string {
  const texts = steps.map((step) => {
    if (step.kind === 'property') return `[${step.names.map((name) => `'${name}'`).join(',')}]`;
    if (step.kind === 'index') return `[${step.indexes.join(',')}]`;
    if (step.kind === 'slice') return `[${step.from ?? ''}:${step.to ?? ''}]`;
    if (step.kind === 'function') return `.${step.name}()`;
    return step.kind === 'filter' ? '[?]' : step.kind === 'deep' ? '..' : '[*]';
  });
  return `$${texts.join('')}`;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function javaClass(value: unknown): string {
  if (value === null) return 'com.fasterxml.jackson.databind.node.NullNode';
  if (Array.isArray(value)) return 'com.fasterxml.jackson.databind.node.ArrayNode';
  if (typeof value === 'string') return 'com.fasterxml.jackson.databind.node.TextNode';
  if (typeof value === 'boolean') return 'com.fasterxml.jackson.databind.node.BooleanNode';
  return `com.fasterxml.jackson.databind.node.${Number.isInteger(value) ? 'IntNode' : 'DoubleNode'}`;
}
