import type { Argument } from '../compiler/bytecode.ts';

/** An argument as it stands in a definition: expressions between `{%` and `%}`, everything else as JSON. */
export function toPayload(argument: Argument): unknown {
  switch (argument.kind) {
    case 'literal':
      return literal(argument.value);
    case 'expression':
      return evaluated(argument.jsonata);
    case 'list':
      return argument.items.map(toPayload);
    case 'structure':
      // JSONata leaves out of an object what has no value; a definition's own JSON cannot.
      return Object.values(argument.members).some(isOptional)
        ? evaluated(objectExpression(argument.members))
        : mapValues(argument.members, toPayload);
  }
}

function isOptional(argument: Argument): boolean {
  return argument.kind === 'expression' && argument.optional === true;
}

/** An expression as a definition holds it. */
export function evaluated(jsonata: string): string {
  return `{% ${jsonata} %}`;
}

/** Text between `{%` and `%}` would be evaluated, so such a literal is written as an expression that gives it. */
function literal(value: string | number | boolean | null): unknown {
  if (typeof value !== 'string' || !value.startsWith('{%')) return value;
  return evaluated(JSON.stringify(value).replaceAll('%}', '%\\u007d'));
}

/** An argument as one expression, to stand inside another. */
export function asExpression(argument: Argument): string {
  switch (argument.kind) {
    case 'literal':
      return JSON.stringify(argument.value);
    case 'expression':
      return argument.jsonata;
    case 'list':
      return `[${argument.items.map(asExpression).join(', ')}]`;
    case 'structure':
      return objectExpression(argument.members);
  }
}

/** Named arguments as one expression that gives an object. */
export function objectExpression(members: Readonly<Record<string, Argument>>): string {
  const entries = Object.entries(members).map(([name, member]) => `${JSON.stringify(name)}: ${asExpression(member)}`);
  return `{${entries.join(', ')}}`;
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, change: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
