import type { AnalysedStep } from '../analyse/analysis.ts';
import { type ReferenceNode, referencesIn } from '../analyse/value.ts';
import { type EmitScope, toJsonata } from './to-jsonata.ts';

/** What a step with `for_each` keeps of the entry's result, in what {@link undoReads} gives. */
const LEFT = '$left';

/** Fields that are read, as JSONata writes them, each with those that are read of it; none of what is taken whole. */
interface Fields extends Map<string, Fields> {}

/**
 * JSONata that gives of one entry what its inverse reads, as `{item, result}`: no more, because what all entries keep
 * has to fit into what a state can pass on. It reads `$left`, which stands for what the step keeps of the entry's
 * result. A path through fields gives the same of an object with these fields only; behind an index all is kept.
 * @param scope that of the inverse
 */
export function undoReads(inverse: AnalysedStep, scope: EmitScope): string {
  const references = inverse.values.flatMap(referencesIn).map(({ node }) => node);
  const item = references.some(({ root }) => root === 'item') ? [`"item": ${scope.itemName}`] : [];
  const paths = references.filter(({ root }) => root === 'result').map((node) => namesOf(node, scope));
  const result = paths.length === 0 ? [] : [`"result": ${print(fieldsOf(paths), LEFT)}`];
  return `{${[...item, ...result].join(', ')}}`;
}

/** The leading fields of a path in the spelling of Step Functions: `DbSnapshot`, `Arn` of `result.DBSnapshot.Arn`. */
function namesOf(node: ReferenceNode, scope: EmitScope): readonly string[] {
  const end = node.path.findIndex(({ kind }) => kind !== 'field');
  const fields = end < 0 ? node.path : node.path.slice(0, end);
  const texts = [0, ...fields.keys()].map((_, count) => toJsonata({ ...node, path: fields.slice(0, count) }, scope));
  return texts.slice(1).map((text, index) => text.slice((texts[index] ?? '').length + 1));
}

function fieldsOf(paths: readonly (readonly string[])[]): Fields {
  const fields: Fields = new Map();
  if (paths.some((path) => path.length === 0)) return fields;
  for (const [name = ''] of paths) {
    fields.set(name, fieldsOf(paths.filter(([first]) => first === name).map(([, ...rest]) => rest)));
  }
  return fields;
}

function print(fields: Fields, value: string): string {
  if (fields.size === 0) return value;
  const entries = [...fields].map(([name, inner]) => {
    return `${JSON.stringify(name.replace(/^`|`$/g, ''))}: ${print(inner, `${value}.${name}`)}`;
  });
  return `{${entries.join(', ')}}`;
}
