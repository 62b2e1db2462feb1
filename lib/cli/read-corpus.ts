import { readFileSync } from 'node:fs';

/** A workflow as a corpus tells it. */
export interface CorpusWorkflow {
  /** The name where it has none of its own. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly useCases: readonly string[];
}

export interface CorpusQuery {
  readonly id: string;
  readonly query: string;
  /** Ids of the workflows that are right: none where no workflow is, absent where nobody says. */
  readonly relevant?: readonly string[];
}

/** What is wrong with a file, in one line that names it. */
export class CorpusRefused extends Error {}

/**
 * Reads `{ "workflows": [{ "id"?, "name", "description", "tags", "use_cases"? }] }`; further members are passed over.
 * @throws CorpusRefused naming the file, the place in it and what should stand there
 */
export function readWorkflows(file: string): readonly CorpusWorkflow[] {
  const workflows = listOf(file, 'workflows').map((value, i): CorpusWorkflow => {
    const { member, strings, optional } = reader(file, `workflows[${i}]`, value);
    const name = member('name');
    return {
      id: optional('id') ?? name,
      name,
      description: member('description'),
      tags: strings('tags') ?? [],
      useCases: strings('use_cases') ?? [],
    };
  });
  requireUnique(file, 'workflows', workflows);
  return workflows;
}

/**
 * Reads `{ "queries": [{ "id", "query", "relevant"? }] }`; further members are passed over.
 * @param known the ids of the corpus
 * @throws CorpusRefused naming the file, the place in it and what should stand there
 */
export function readQueries(file: string, known: ReadonlySet<string>): readonly CorpusQuery[] {
  const queries = listOf(file, 'queries').map((value, i): CorpusQuery => {
    const { member, strings } = reader(file, `queries[${i}]`, value);
    const relevant = strings('relevant');
    for (const id of relevant ?? []) {
      if (!known.has(id)) refuse(file, `queries[${i}].relevant`, `no workflow of the corpus is called ${quote(id)}`);
    }
    return { id: member('id'), query: member('query'), ...(relevant !== undefined && { relevant }) };
  });
  requireUnique(file, 'queries', queries);
  return queries;
}

function listOf(file: string, name: string): readonly unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CorpusRefused(`${file}: there is no such file`);
    throw new CorpusRefused(`${file}: ${code === undefined ? `it is not JSON: ${message}` : message}`);
  }
  const list = isRecord(content) ? content[name] : undefined;
  if (!Array.isArray(list)) throw new CorpusRefused(`${file}: it has to be an object with a list "${name}"`);
  return list;
}

function reader(file: string, place: string, value: unknown) {
  if (!isRecord(value)) return refuse(file, place, 'it has to be an object');
  const optional = (name: string): string | undefined => {
    const text = value[name];
    if (text === undefined || typeof text === 'string') return text;
    return refuse(file, `${place}.${name}`, 'it has to be a string');
  };
  return {
    optional,
    member: (name: string): string => optional(name) ?? refuse(file, `${place}.${name}`, 'it is missing'),
    strings(name: string): readonly string[] | undefined {
      const list = value[name];
      if (list === undefined) return undefined;
      const isList = Array.isArray(list) && list.every((each) => typeof each === 'string');
      return isList ? list : refuse(file, `${place}.${name}`, 'it has to be a list of strings');
    },
  };
}

function requireUnique(file: string, name: string, items: readonly { readonly id: string }[]): void {
  const places = new Map<string, number>();
  for (const [i, { id }] of items.entries()) {
    const first = places.get(id);
    if (first !== undefined) refuse(file, `${name}[${i}].id`, `${quote(id)} is the id of ${name}[${first}] too`);
    places.set(id, i);
  }
}

function refuse(file: string, place: string, what: string): never {
  throw new CorpusRefused(`${file}: ${place}: ${what}`);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
