import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSearch } from '../../../lambdas/search/bundle.ts';
import { buildIndex } from '../../../lib/search/build-index.ts';
import { serializeIndex } from '../../../lib/search/serialize-index.ts';
import type { SearchAnswer } from '../../../lib/search/workflow-search.ts';
import { sampleBytecode } from '../../support/bytecode.ts';
import { miniLm } from '../../support/minilm.ts';

const MAX_BYTES = 45e6;
const WORKFLOWS = [
  { name: 'rds_backup_simple', description: 'Create RDS snapshot with basic validation', services: ['rds'] },
  { name: 's3_enable_versioning', description: 'Switch on object versioning', services: ['s3'] },
];

describe('bundleSearch', () => {
  let directory: string;
  let indexBytes: Uint8Array;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'search-'));
    indexBytes = serializeIndex(await buildIndex(WORKFLOWS.map(sampleBytecode), await miniLm()));
    bundleSearch({ outputDirectory: join(directory, 'first'), indexBytes });
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** Every file of a folder with its contents. */
  const contents = (name: string) =>
    readdirSync(join(directory, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => ({
        path: join(entry.parentPath, entry.name),
        bytes: readFileSync(join(entry.parentPath, entry.name)),
      }));

  it('holds all that the handler needs, outside the repository', () => {
    const script = `require('./index.js').handler({ query: 'I need to backup my RDS database', limit: 3 })
      .then((answer) => process.stdout.write(JSON.stringify(answer)))`;
    const output = execFileSync(process.execPath, ['-e', script], {
      cwd: join(directory, 'first'),
      env: { PATH: process.env.PATH, NODE_PATH: '', HOME: directory },
      encoding: 'utf8',
    });
    const { matches } = JSON.parse(output) as SearchAnswer;
    expect(matches[0]).toMatchObject({ name: 'rds_backup_simple', confidence: 'high' });
  });

  it('stays within what a quick cold start allows', () => {
    expect(contents('first').reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(MAX_BYTES);
  });

  it('holds the native code of Linux on x86_64, and no other', () => {
    const native = contents('first').filter(({ path }) => /\.(node|dll|dylib)$|\.so(\.|$)/.test(path));
    expect(native.map(({ path }) => path.slice(path.indexOf('bin/')))).toEqual(
      expect.arrayContaining([
        'bin/napi-v3/linux/x64/libonnxruntime.so.1.14.0',
        'bin/napi-v3/linux/x64/onnxruntime_binding.node',
      ]),
    );
    expect(native).toHaveLength(2);
  });

  it('gives the same bytes for the same inputs, whatever lay in the folder', () => {
    bundleSearch({ outputDirectory: join(directory, 'second'), indexBytes });
    writeFileSync(join(directory, 'second', 'stray.txt'), 'stray');
    bundleSearch({ outputDirectory: join(directory, 'second'), indexBytes });
    const digests = (name: string) =>
      contents(name).map(({ path, bytes }) => [
        path.slice(join(directory, name).length),
        createHash('sha256').update(bytes).digest('hex'),
      ]);
    expect(digests('second').sort()).toEqual(digests('first').sort());
  });

  it('refuses to package a model that is not the checked one', () => {
    const outputDirectory = join(directory, 'third');
    expect(() => bundleSearch({ outputDirectory, indexBytes, modelDirectory: directory })).toThrow(
      /SHA256SUMS cannot be read/,
    );
  });
});
