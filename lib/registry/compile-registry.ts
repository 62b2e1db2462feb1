import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode, Tier } from '../compiler/bytecode.ts';
import { compile } from '../compiler/compile.ts';
import type { LockedResolution, ResolutionLock } from '../compiler/resolution-lock.ts';
import type { TierCeilings } from '../compiler/tiers.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatLock, LOCK_FILE, parseLock } from './lock-file.ts';
import { readTiers } from './read-tiers.ts';

export interface CompiledFile {
  readonly file: string;
  readonly tier: Tier;
  readonly text: string;
  /** Absent where the file has an error. */
  readonly bytecode?: Bytecode;
  readonly decisions?: Readonly<Record<string, LockedResolution>>;
  readonly diagnostics: readonly Diagnostic[];
}

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
const TIERS_FILE = 'tiers.yaml';

/**
 * Compiles every workflow of a registry: `<tier>/<name>.yaml` below `directory`, under the ceilings of its
 * `tiers.yaml` and the decisions of its lock file. Throws where one of these two cannot be read.
 */
export function compileRegistry(directory: string, catalog: Catalog, options: RegistryOptions = {}): CompiledRegistry {
  const ceilings = readCeilings(directory);
  const lockFile = join(directory, LOCK_FILE);
  const lockText = existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : undefined;
  const lock = lockText === undefined || options.ignoreLock ? {} : parseLock(shown(lockFile), lockText);
  const files = TIERS.flatMap((tier) =>
    workflowFiles(join(directory, tier)).map((file) => compileFile(file, { tier, catalog, ceilings, lock })),
  );
  const unique = refuseRepeatedNames(files);
  const newLock = formatLock(
    Object.fromEntries(
      unique.flatMap(({ bytecode, decisions = {} }) =>
        bytecode === undefined || Object.keys(decisions).length === 0 ? [] : [[bytecode.workflow_id, decisions]],
      ),
    ),
  );
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
  if (!existsSync(file)) throw new Error(`${shown(file)} is missing: it says what each tier allows`);
  return readTiers(shown(file), readFileSync(file, 'utf8'));
}

/** Compiles one file as part of a tier. */
export function compileFile(
  file: string,
  options: {
    readonly tier: Tier;
    readonly catalog: Catalog;
    readonly ceilings: TierCeilings;
    readonly lock?: ResolutionLock;
  },
): CompiledFile {
  const text = readFileSync(file, 'utf8');
  return { file: shown(file), tier: options.tier, text, ...compile(shown(file), text, options) };
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
