import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundlePublish } from '../../../lambdas/publish/bundle.ts';
import { readRegistryFiles } from '../../../lambdas/publish/read-registry-files.ts';
import { canonicalBytes } from '../../../lib/compiler/checksum.ts';
import { sampleBytecode } from '../../support/bytecode.ts';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'publish-'));
  folders.push(folder);
  return folder;
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

describe('bundlePublish', () => {
  it('packs the handler and the canonical bytes of every workflow under its key', async () => {
    const outputDirectory = await newFolder();
    await writeFile(join(outputDirectory, 'left-over'), '');
    const bytecodes = [sampleBytecode({ name: 'b' }), sampleBytecode({ name: 'a', version: '2.1' })];
    await bundlePublish({ outputDirectory, bytecodes });

    const files = await readRegistryFiles(join(outputDirectory, 'registry'));
    expect(files.map(({ key }) => key)).toEqual(['workflows/a/2.1.json', 'workflows/b/1.0.json']);
    expect(Buffer.from(files[1]?.bytes ?? [])).toEqual(Buffer.from(canonicalBytes(bytecodes[0] as never)));
    await expect(readFile(join(outputDirectory, 'left-over'))).rejects.toThrow('ENOENT');
    expect((await readFile(join(outputDirectory, 'index.js'), 'utf8')).length).toBeGreaterThan(1_000);
  });

  it('gives the same handler each time', async () => {
    const build = async () => {
      const outputDirectory = await newFolder();
      await bundlePublish({ outputDirectory, bytecodes: [] });
      return readFile(join(outputDirectory, 'index.js'), 'utf8');
    };
    expect(await build()).toBe(await build());
  });
});
