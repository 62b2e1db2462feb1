/**
 * A value with blanks, as the behaviour of a service writes it. A string that is one `{expression}` gives that value
 * with its type; within other text it is inserted. An expression is one or more ways to a value, the first that is
 * there counts: `{input.Tags|source.TagList|'none'}`. What has no value is left out of the structure it stands in.
 *
 * `:name` after a way takes what follows the last slash (or, in an ARN without one, the last colon) and `:size` the
 * length of a list or text, `:public` whether a policy lets everybody in. `{hex}`, `{uuid}` and `{key}` give something new each time.
 */
export type Template =
  | string
  | number
  | boolean
  | null
  | readonly Template[]
  | { readonly [key: string]: Template }
  | Choice
  | First;

/** `gives` where the conditions hold, else `else`. */
export interface Choice {
  readonly $when: When;
  readonly gives: Template;
  readonly else?: Template;
}

/** The first that has a value. */
export interface First {
  readonly $first: readonly Template[];
}

type Plain = string | number | boolean | null;

/** Ways to values, and what they have to be: one of several in a list, `null` for not there, `*` for there and not `false`. */
export type When = Readonly<Record<string, Plain | readonly Plain[]>>;

/** What a template's expressions are about, by their first name: `input`, `self`, `source`, `now`, … */
export type Scope = Readonly<Record<string, unknown>> & { readonly serial: () => number };

export function fill(template: Template, scope: Scope): unknown {
  if (typeof template === 'string') return fillText(template, scope);
  if (Array.isArray(template)) {
    return template.map((item) => fill(item, scope)).filter((item) => item !== undefined);
  }
  if (template === null || typeof template !== 'object') return template;
  if (isChoice(template)) {
    if (holds(template.$when, scope)) return fill(template.gives, scope);
    return template.else === undefined ? undefined : fill(template.else, scope);
  }
  if (isFirst(template)) return template.$first.map((each) => fill(each, scope)).find((value) => value !== undefined);
  const entries = Object.entries(template).map(([key, value]) => [fillText(key, scope), fill(value, scope)]);
  return Object.fromEntries(entries.filter(([key, value]) => key !== undefined && value !== undefined));
}

/** A template of a structure. */
export function fillStructure(template: Template | undefined, scope: Scope): Readonly<Record<string, unknown>> {
  const filled = template === undefined ? {} : fill(template, scope);
  return typeof filled === 'object' && filled !== null ? (filled as Readonly<Record<string, unknown>>) : {};
}

export function holds(when: When, scope: Scope): boolean {
  return Object.entries(when).every(([expression, wanted]) => {
    const value = evaluate(expression, scope) ?? null;
    if (wanted === '*') return value !== null && value !== false;
    return (Array.isArray(wanted) ? wanted : [wanted]).some((one: Plain) => one === value);
  });
}

/** The value at a way of names and positions joined by dots. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => {
    return typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[name] : undefined;
  }, value);
}

/** All values at a way of names, with lists looked into. */
export function allAt(value: unknown, path: string): readonly unknown[] {
  const [name = '', ...rest] = path.split('.');
  if (Array.isArray(value)) return value.flatMap((item) => allAt(item, path));
  const inner = at(value, name);
  if (inner === undefined) return [];
  if (rest.length > 0) return allAt(inner, rest.join('.'));
  return Array.isArray(inner) ? inner : [inner];
}

/** The structure with the value at a way of names; `undefined` takes it out. */
export function withValue(
  structure: Readonly<Record<string, unknown>>,
  path: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const [name = '', ...rest] = path.split('.');
  const { [name]: old, ...others } = structure;
  if (rest.length > 0) {
    const inner = typeof old === 'object' && old !== null ? (old as Readonly<Record<string, unknown>>) : {};
    return { ...structure, [name]: withValue(inner, rest.join('.'), value) };
  }
  return value === undefined ? others : { ...structure, [name]: value };
}

const WHOLE = /^\{([^{}]+)\}$/;

function fillText(text: string, scope: Scope): unknown {
  const whole = WHOLE.exec(text)?.[1];
  if (whole !== undefined) return evaluate(whole, scope);
  let isWhole = true;
  const filled = text.replace(/\{([^{}]+)\}/g, (_, expression: string) => {
    const value = evaluate(expression, scope);
    if (value === undefined) isWhole = false;
    return String(value);
  });
  return isWhole ? filled : undefined;
}

function evaluate(expression: string, scope: Scope): unknown {
  for (const way of expression.split('|')) {
    const value = way.startsWith("'") ? way.slice(1, -1) : evaluateWay(way, scope);
    if (value !== undefined) return value;
  }
  return undefined;
}

function evaluateWay(way: string, scope: Scope): unknown {
  const [path = '', filter] = way.split(':');
  const value = GENERATED[path]?.(scope.serial) ?? at(scope, path);
  if (filter === undefined || value === undefined) return value;
  if (filter === 'name') return nameOf(String(value));
  if (filter === 'size') return sizeOf(value);
  if (filter === 'public') return isPublicPolicy(String(value));
  throw new Error(`A template has the filter ${filter}, which there is not`);
}

/** Ids as AWS makes them, from a serial number: the same in every run. */
const GENERATED: Readonly<Record<string, (serial: () => number) => string>> = {
  hex: (serial) => `0${serial().toString(16).padStart(16, '0')}`,
  hex32: (serial) => serial().toString(16).padStart(32, '0'),
  uuid: (serial) => `00000000-0000-4000-8000-${serial().toString(16).padStart(12, '0')}`,
  key: (serial) => serial().toString(32).toUpperCase().padStart(16, 'A'),
  suffix: (serial) => serial().toString(36).padStart(6, 'A'),
};

/** Text counts in bytes, and anything else as the JSON text that it is sent as. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value), 'utf8');
}

function nameOf(text: string): string {
  if (text.includes('/')) return text.slice(text.lastIndexOf('/') + 1);
  return text.startsWith('arn:') ? text.slice(text.lastIndexOf(':') + 1) : text;
}

const isChoice = (template: object): template is Choice => '$when' in template;
const isFirst = (template: object): template is First => '$first' in template;

/** Whether a statement allows every principal without a condition: what S3 calls public, as far as one can tell here. */
function isPublicPolicy(text: string): boolean {
  try {
    const statements: unknown = at(JSON.parse(text), 'Statement');
    return [statements].flat().some((statement) => {
      const principal = at(statement, 'Principal');
      const isAnyone = [principal, at(principal, 'AWS')].flat().includes('*');
      return at(statement, 'Effect') === 'Allow' && at(statement, 'Condition') === undefined && isAnyone;
    });
  } catch {
    return false;
  }
}
