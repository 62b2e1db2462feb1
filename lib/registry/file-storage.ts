import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bytecode } from '../compiler/bytecode.ts';
import { inItsPlace } from './place.ts';
import { readBytecode } from './read-bytecode.ts';
import type { WorkflowStorage } from './workflow-storage.ts';
import { isWorkflowName, isWorkflowVersion, newestVersion } from './workflow-version.ts';

/**
 * Workflows in a directory, as the compiler writes them: `<directory>/<name>/<version>.json`.
 * `list` throws where the directory cannot be read; both throw `BytecodeRefused` for a file that does not hold.
 */
export function createFileStorage(directory: string): WorkflowStorage {
  async function newest(name: string): Promise<string | undefined> {
    return newestVersion((await orNone(readdir(path.join(directory, name)))) ?? []);
  }

  async function read(name: string, version: string): Promise<Bytecode | undefined> {
    const file = path.join(directory, name, `${version}.json`);
    const bytes = await orNone(readFile(file));
    return bytes && inItsPlace(readBytecode(bytes, file), name, version, file);
  }

  async function load(name: string, version?: string): Promise<Bytecode | undefined> {
    if (!isWorkflowName(name)) return undefined;
    const wanted = version ?? (await newest(name));
    return wanted !== undefined && isWorkflowVersion(wanted) ? read(name, wanted) : undefined;
  }

  async function list(): Promise<readonly Bytecode[]> {
    const entries = await readdir(directory, { withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isDirectory() && isWorkflowName(entry.name))
      .map((entry) => entry.name);
    const workflows = await Promise.all(names.sort().map((name) => load(name)));
    return workflows.filter((workflow) => workflow !== undefined);
  }

  return { list, load };
}

async function orNone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
