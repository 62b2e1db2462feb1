import type { Argument } from '../compiler/bytecode.ts';
import type { PlanScope } from '../compiler/plan-scope.ts';

/** How arguments are shown: what is not known, or not to be shown, gives way to a placeholder. */
export interface Showing {
  readonly scope: PlanScope;
  /** The expression for the entry of a list, and whether it can be known. */
  readonly item: { readonly name: string; readonly known: boolean; readonly secret: boolean };
  /** The name of a function that gives its argument, or words where there is none. */
  readonly shown: string;
}

/** An argument as an expression that gives what a run would send, as far as it can be told. */
export function showArgument(argument: Argument, showing: Showing): string {
  switch (argument.kind) {
    case 'literal':
      return quoted(argument.value);
    case 'expression':
      return showExpression(argument, showing);
    case 'list':
      return `[${argument.items.map((item) => showArgument(item, showing)).join(', ')}]`;
    case 'structure':
      return showStructure(argument.members, showing);
  }
}

export function showStructure(members: Readonly<Record<string, Argument>>, showing: Showing): string {
  const entries = Object.entries(members).map(([name, one]) => `${quoted(name)}: ${showArgument(one, showing)}`);
  return `{${entries.join(', ')}}`;
}

type ExpressionArgument = Extract<Argument, { kind: 'expression' }>;

/** Known parts of a text that is put together are shown beside the placeholders of the others. */
function showExpression({ jsonata, optional }: ExpressionArgument, showing: Showing): string {
  if (missingIn(jsonata, showing).length === 0) {
    const known = itemIn(jsonata, showing);
    // JSONata leaves out of an object what has no value, as the run's own arguments do.
    return optional ? known : `$${showing.shown}(${known})`;
  }
  const pieces = textParts(jsonata).map((part) => {
    const lacking = missingIn(part, showing);
    return lacking.length === 0 ? itemIn(part, showing) : quoted(`<${lacking.join(', ')}>`);
  });
  return pieces.join(' & ');
}

/** What an expression needs that cannot be shown in a plan. */
export function missingIn(jsonata: string, { scope, item }: Showing): readonly string[] {
  const hidden = (!item.known || item.secret) && mentionsItem(jsonata);
  return [
    ...scope.unknownIn(jsonata),
    ...scope.secretsIn(jsonata),
    ...(hidden ? [item.known ? 'secret item' : 'item'] : []),
  ];
}

const ITEM = /("(?:[^"\\]|\\.)*"|`[^`]*`)|\$states\.input\.item\b/g;

function mentionsItem(jsonata: string): boolean {
  return [...jsonata.matchAll(ITEM)].some(([, text]) => text === undefined);
}

/** In its own state the entry of a list is the input; here it is the argument of a function. */
export function itemIn(jsonata: string, { item }: Showing): string {
  return jsonata.replace(ITEM, (whole, text: string | undefined) => (text === undefined ? `$${item.name}` : whole));
}

/**
 * The operands of the `&` that an expression consists of, as the compiler prints a text with `${…}` in it: a path, a
 * text, a call or a group each, so none holds a space outside of brackets. Any other expression is one part.
 */
export function textParts(jsonata: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece] of jsonata.matchAll(/"(?:[^"\\]|\\.)*"|`[^`]*`| & |[\s\S]/g)) {
    if (depth === 0 && piece === ' & ') {
      parts.push('');
      continue;
    }
    if ('([{'.includes(piece)) depth += 1;
    else if (')]}'.includes(piece)) depth -= 1;
    else if (depth === 0 && /^\s/.test(piece)) return [jsonata];
    parts.push(`${parts.pop() ?? ''}${piece}`);
  }
  return parts;
}

/** A value as an expression; the marks that end an expression in a definition are written with an escape. */
export function quoted(value: string | number | boolean | null | readonly string[]): string {
  return JSON.stringify(value).replaceAll('%}', '%\\u007d');
}
