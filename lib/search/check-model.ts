import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SUMS = 'SHA256SUMS';
const LINE = /^([0-9a-f]{64}) [ *](.+)$/;
const WAY_OUT = 'Restore it with "git checkout -- models", or set MODEL_DIR to an unaltered copy.';

export interface CheckedModel {
  /** The model's files, relative to the folder, sorted. */
  readonly files: readonly string[];
  /** sha256 over names and hashes of all files, in hexadecimal: another model, tokenizer or revision gives another. */
  readonly sha256: string;
}

/**
 * Compares every file that `SHA256SUMS` lists with its hash, before anything reads the file as a model.
 * @param required files that must be among those listed, so that nothing unchecked is ever loaded
 * @throws Error naming the file that is altered, missing or not listed, and what to do
 */
export function checkModel(modelDirectory: string, required: readonly string[]): CheckedModel {
  const sums = readSums(modelDirectory);
  for (const file of required) {
    if (!sums.has(file))
      throw new Error(`The model file ${file} is not listed in ${join(modelDirectory, SUMS)}. ${WAY_OUT}`);
  }
  const files = [...sums.keys()].sort();
  const all = createHash('sha256');
  for (const file of files) {
    const expected = sums.get(file);
    const actual = createHash('sha256').update(readModelFile(modelDirectory, file)).digest('hex');
    if (actual !== expected) {
      throw new Error(
        `The model file ${join(modelDirectory, file)} was altered: its sha256 is ${actual}, not ${expected}. ${WAY_OUT}`,
      );
    }
    all.update(`${actual}  ${file}\n`);
  }
  return { files, sha256: all.digest('hex') };
}

function readSums(modelDirectory: string): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  for (const line of readModelFile(modelDirectory, SUMS).toString('utf8').split('\n')) {
    if (line.trim() === '') continue;
    const [, hash, file] = LINE.exec(line) ?? [];
    if (hash === undefined || file === undefined || file.startsWith('/') || file.split('/').includes('..')) {
      throw new Error(`${join(modelDirectory, SUMS)} has a line that is not "<sha256>  <file>": ${line}. ${WAY_OUT}`);
    }
    sums.set(file, hash);
  }
  return sums;
}

function readModelFile(modelDirectory: string, file: string): Buffer {
  try {
    return readFileSync(join(modelDirectory, file));
  } catch (cause) {
    throw new Error(`The model file ${join(modelDirectory, file)} cannot be read. ${WAY_OUT}`, { cause });
  }
}
