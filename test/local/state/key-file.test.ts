import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyDamaged, readOrMakeKey } from '../../../lib/local/state/key-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'key-'));
  file = join(folder, 'key');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes a key that only its owner can read, once', () => {
  const key = readOrMakeKey(file);
  expect(key.byteLength).toBe(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readOrMakeKey(file)).toEqual(key);
  expect(readdirSync(folder)).toEqual(['key']);
});

it('makes another key in another folder', () => {
  expect(readOrMakeKey(file)).not.toEqual(readOrMakeKey(join(folder, 'other')));
});

it('takes from others the right to read it', () => {
  readOrMakeKey(file);
  chmodSync(file, 0o644);
  readOrMakeKey(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it.each(['', 'short', `${'A'.repeat(42)}!`, 'A'.repeat(44)])('refuses %j for a key', (content) => {
  writeFileSync(file, content);
  expect(() => readOrMakeKey(file)).toThrow(KeyDamaged);
});
