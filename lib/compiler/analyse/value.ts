import type { ExpressionNode, Template, TemplateExpression } from '../../language/expression.ts';
import { parseTemplate } from '../../language/parse-template.ts';
import { referencesOf } from '../../language/references.ts';
import type { Path } from '../../language/source.ts';
import type { Report } from './analysis.ts';

/** A value an author wrote, with its `${…}` parsed and the way back to the text. */
export type Value =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly path: Path }
  | { readonly kind: 'template'; readonly template: Template; readonly path: Path }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly path: Path }
  | { readonly kind: 'structure'; readonly entries: readonly (readonly [string, Value])[]; readonly path: Path };

export type ReferenceNode = Extract<ExpressionNode, { kind: 'reference' }>;

/** A reference, and where it stands: `from` and `to` are offsets into the scalar at `path`. */
export interface PlacedReference {
  readonly node: ReferenceNode;
  readonly path: Path;
  readonly from: number;
  readonly to: number;
}

/** Reads a plain value; expressions that cannot be parsed are reported and stand as their text. */
export function readValue(plain: unknown, path: Path, report: Report): Value {
  if (typeof plain === 'string') return readScalar(plain, path, report);
  if (Array.isArray(plain)) {
    return { kind: 'list', path, items: plain.map((item, index) => readValue(item, [...path, index], report)) };
  }
  if (plain !== null && typeof plain === 'object') {
    const entries = Object.entries(plain).map(
      ([key, entry]) => [key, readValue(entry, [...path, key], report)] as const,
    );
    return { kind: 'structure', path, entries };
  }
  return { kind: 'literal', path, value: plain as number | boolean | null };
}

function readScalar(text: string, path: Path, report: Report): Value {
  const { template, problems } = parseTemplate(text);
  for (const { code, message, hint, from, to } of problems) {
    report({ code, path, within: { from, to }, message, ...(hint === undefined ? {} : { hint }) });
  }
  if (template.every((part) => part.kind === 'text')) {
    return { kind: 'literal', path, value: template.map((part) => part.text).join('') };
  }
  return { kind: 'template', path, template };
}

/** The expression that is all of a value, and so keeps its type; `undefined` for anything else. */
export function soleExpression(template: Template): TemplateExpression | undefined {
  const [only, ...others] = template;
  return only?.kind === 'expression' && others.length === 0 ? only : undefined;
}

/** Every reference in a value, nested ones included, in the order they are written. */
export function referencesIn(value: Value): readonly PlacedReference[] {
  if (value.kind === 'list') return value.items.flatMap(referencesIn);
  if (value.kind === 'structure') return value.entries.flatMap(([, entry]) => referencesIn(entry));
  if (value.kind === 'literal') return [];
  return value.template.flatMap((part) => {
    if (part.kind === 'text') return [];
    return referencesOf(part.node)
      .filter((node) => node.root !== '')
      .map((node) => ({ node, path: value.path, from: part.from + node.from, to: part.from + node.to }));
  });
}
