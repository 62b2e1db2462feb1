import jsonata from 'jsonata';

const compiled = new Map<string, jsonata.Expression>();

/** More than all expressions of a large registry; a server that lives long does not grow without end. */
const MOST = 20_000;

/** A JSONata expression, parsed once in this process: it is looked at when a definition is checked and each time it runs. */
export function compileExpression(text: string): jsonata.Expression {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const expression = jsonata(text);
  if (compiled.size >= MOST) compiled.clear();
  compiled.set(text, expression);
  return expression;
}
