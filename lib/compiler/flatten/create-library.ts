import { parseWorkflow } from '../../language/parse-workflow.ts';
import type { Bytecode } from '../bytecode.ts';
import type { FlatWorkflow } from './flat-workflow.ts';
import type { Library } from './library.ts';

interface LibraryFile {
  readonly file: string;
  readonly text: string;
}

interface Entry<File> {
  readonly file: File;
  /** The workflows that it names in its own `workflow` steps. */
  readonly draws: readonly string[];
}

/**
 * The workflows of these files, each compiled when it is first asked for. Of two with the same name, the first counts.
 * @param compileOne has to give the same for the same file; nothing is kept here
 */
export function createLibrary<File extends LibraryFile>(
  files: readonly File[],
  compileOne: (file: File) => { readonly bytecode?: Bytecode; readonly flat?: FlatWorkflow },
): Library {
  let entries: ReadonlyMap<string, Entry<File>> | undefined;
  return {
    find(name, caller) {
      if (name === caller) return { status: 'circle', chain: [caller, name] };
      // Most workflows draw in no other, and reading all of them takes a while.
      entries ??= readEntries(files);
      const entry = entries.get(name);
      if (entry === undefined) return { status: 'unknown', names: [...entries.keys()].filter((one) => one !== caller) };
      const way = wayTo(caller, name, entries);
      if (way !== undefined) return { status: 'circle', chain: [caller, ...way] };
      const { bytecode, flat } = compileOne(entry.file);
      if (bytecode === undefined || flat === undefined) return { status: 'broken', file: entry.file.file };
      return { status: 'found', workflow: { bytecode, flat } };
    },
  };
}

function readEntries<File extends LibraryFile>(files: readonly File[]): ReadonlyMap<string, Entry<File>> {
  const entries = new Map<string, Entry<File>>();
  for (const file of files) {
    const { parsed } = parseWorkflow(file.file, file.text);
    if (parsed === undefined || entries.has(parsed.workflow.name)) continue;
    const draws = parsed.workflow.steps.flatMap((step) => (step.type === 'workflow' ? [step.workflow] : []));
    entries.set(parsed.workflow.name, { file, draws });
  }
  return entries;
}

/** The shortest way from one workflow to another along what they draw in, both included. */
function wayTo(
  target: string,
  start: string,
  entries: ReadonlyMap<string, { readonly draws: readonly string[] }>,
): readonly string[] | undefined {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set([start]);
  for (const way of ways) {
    const last = way.at(-1) ?? start;
    if (last === target) return way;
    for (const next of entries.get(last)?.draws ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}
