import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode, Tier } from '../compiler/bytecode.ts';
import { type Compilation, compile } from '../compiler/compile.ts';
import { createLibrary } from '../compiler/flatten/create-library.ts';
import type { TierCeilings } from '../compiler/tiers.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatLock, LOCK_FILE, type Lock, parseLock } from './lock-file.ts';
import { readTiers } from './read-tiers.ts';
import { RegistryUnreadable } from './registry-unreadable.ts';

export interface SourceFile {
  /** As a person would type it from where the command runs. */
  readonly file: string;
  readonly tier: Tier;
  readonly text: string;
}

/** A file and what its compilation gave: bytecode where it has no error. */
export interface CompiledFile extends SourceFile, Omit<Compilation, 'more'> {}

export interface CompiledRegistry {
  /** Sorted by file. */
  readonly files: readonly CompiledFile[];
  /** Sorted by name; complete only where no diagnostic is an error. */
  readonly bytecodes: readonly Bytecode[];
  readonly diagnostics: readonly Diagnostic[];
  /** What the lock file should hold, and whether it does. */
  readonly lock: { readonly text: string; readonly upToDate: boolean };
}

export interface RegistryOptions {
  /** Decide anew, whatever the lock file says. */
  readonly ignoreLock?: boolean;
}

const TIERS: readonly Tier[] = ['community', 'verified', 'enterprise'];
/** Where the ceilings stand inside a registry. */
export const TIERS_FILE = 'tiers.yaml';

/**
 * Compiles every workflow of a registry: `<tier>/<name>.yaml` below `directory`, under the ceilings of its
 * `tiers.yaml` and the decisions of its lock file. Throws where one of these two cannot be read.
 */
export function compileRegistry(directory: string, catalog: Catalog, options: RegistryOptions = {}): CompiledRegistry {
  const ceilings = readCeilings(directory);
  const lockFile = join(directory, LOCK_FILE);
  const lockText = existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : undefined;
  const lock = lockText === undefined || options.ignoreLock ? NO_LOCK : parseLock(shown(lockFile), lockText);
  const sources = sourceFiles(directory);
  const compileOne = compilerOf(sources, { catalog, ceilings, lock });
  const unique = refuseRepeatedNames(sources.map(compileOne));
  const newLock = formatLock({
    resolutions: byWorkflow(unique, ({ decisions }) => decisions),
    workflows: byWorkflow(unique, ({ draws }) => draws),
  });
  return {
    files: unique,
    bytecodes: unique
      .flatMap(({ bytecode }) => bytecode ?? [])
      .sort((a, b) => (a.workflow_id < b.workflow_id ? -1 : 1)),
    diagnostics: unique.flatMap(({ diagnostics }) => diagnostics),
    lock: { text: newLock, upToDate: newLock === lockText },
  };
}

/** The ceilings of a registry. Throws where the file is missing or wrong. */
export function readCeilings(directory: string): TierCeilings {
  const file = join(directory, TIERS_FILE);
  if (!existsSync(file)) {
    const hint = 'a registry is a folder with tiers.yaml, which says what each tier allows, and a folder for each tier';
    throw new RegistryUnreadable(`${shown(directory)} is no registry: it has no ${TIERS_FILE}`, { hint });
  }
  return readTiers(shown(file), readFileSync(file, 'utf8'));
}

const NO_LOCK: Lock = { resolutions: {}, workflows: {} };

interface CompilerOptions {
  readonly catalog: Catalog;
  readonly ceilings: TierCeilings;
  /** What was decided before; nothing where it is left out. */
  readonly lock?: Lock;
}

/**
 * Compiles files whose `workflow` steps name workflows of the given ones. Each is compiled once, those that another
 * draws in before it.
 */
export function compilerOf(
  files: readonly SourceFile[],
  { catalog, ceilings, lock = NO_LOCK }: CompilerOptions,
): (file: SourceFile) => CompiledFile {
  const compiled = new Map<string, CompiledFile>();
  const library = createLibrary(files, compileOne);
  const { resolutions, workflows } = lock;
  return compileOne;

  function compileOne(source: SourceFile): CompiledFile {
    const known = compiled.get(source.file);
    if (known !== undefined) return known;
    const { file, tier, text } = source;
    const options = { tier, catalog, ceilings, lock: resolutions, workflowLock: workflows, library };
    const { more: _, ...compilation } = compile(file, text, options);
    const result = { ...source, ...compilation };
    compiled.set(file, result);
    return result;
  }
}

/** The workflows of a registry, tier by tier. */
export function sourceFiles(directory: string): readonly SourceFile[] {
  return TIERS.flatMap((tier) => workflowFiles(join(directory, tier)).map((file) => readSource(file, tier)));
}

/** One file as part of a tier. */
export function readSource(file: string, tier: Tier): SourceFile {
  return { file: shown(file), tier, text: readFileSync(file, 'utf8') };
}

/** What the lock file keeps of each workflow that compiles, by name; nothing of those that have nothing. */
function byWorkflow<T>(
  files: readonly CompiledFile[],
  kept: (file: CompiledFile) => Readonly<Record<string, T>> | undefined,
): Readonly<Record<string, Readonly<Record<string, T>>>> {
  return Object.fromEntries(
    files.flatMap((file) => {
      const entries = kept(file) ?? {};
      return file.bytecode === undefined || Object.keys(entries).length === 0
        ? []
        : [[file.bytecode.workflow_id, entries]];
    }),
  );
}

function workflowFiles(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => /\.ya?ml$/.test(name) && !/\.test\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile());
}

/** A name stands for one workflow; the second file that uses it is refused. */
function refuseRepeatedNames(files: readonly CompiledFile[]): readonly CompiledFile[] {
  const first = new Map<string, string>();
  return files.map((compiled) => {
    const name = compiled.bytecode?.workflow_id;
    if (name === undefined) return compiled;
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, compiled.file);
      return compiled;
    }
    const { bytecode: _, ...refused } = compiled;
    const start = { line: 1, column: 1 };
    const repeated: Diagnostic = {
      code: 'WF1007',
      severity: 'error',
      message: `the name "${name}" is taken by ${other}`,
      file: compiled.file,
      span: { start, end: start },
      hint: 'give this workflow a name of its own',
    };
    return { ...refused, diagnostics: [...compiled.diagnostics, repeated] };
  });
}

/** As a person would type it from where the command runs. */
function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return (path.startsWith('..') ? file : path).replaceAll('\\', '/');
}
