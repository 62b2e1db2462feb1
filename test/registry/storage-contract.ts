import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { canonicalBytes } from '../../lib/compiler/checksum.ts';
import type { WorkflowStorage } from '../../lib/registry/workflow-storage.ts';
import { checkedBytecode, readOnlyBytecode } from '../support/checked-bytecode.ts';

/** Contents by `<name>/<version>.json`. */
export type Files = Readonly<Record<string, Uint8Array | string>>;

const backup = (version: string): Bytecode =>
  checkedBytecode((content) => ({ ...content, metadata: { ...content.metadata, version } }));

/** Two workflows, one of them in two versions, and what is none. */
export const REGISTRY: Files = {
  'rds_backup_simple/1.9.json': canonicalBytes(backup('1.9')),
  'rds_backup_simple/1.10.json': canonicalBytes(backup('1.10')),
  'rds_backup_simple/notes.txt': 'not a version',
  'rds_backup_simple/1.11.json.tmp': 'not a version either',
  'rds_inspect/1.0.json': canonicalBytes(readOnlyBytecode()),
};

/** What holds for every storage, wherever it keeps the files. */
export function storageContract(name: string, open: (files: Files) => Promise<WorkflowStorage>): void {
  describe(`${name}, as every storage`, () => {
    it('lists the newest version of every workflow, sorted by name', async () => {
      const listed = await (await open(REGISTRY)).list();
      expect(listed.map(({ metadata }) => `${metadata.name} ${metadata.version}`)).toEqual([
        'rds_backup_simple 1.10',
        'rds_inspect 1.0',
      ]);
    });

    it('loads the newest version or the one that is named', async () => {
      const storage = await open(REGISTRY);
      expect((await storage.load('rds_backup_simple'))?.metadata.version).toBe('1.10');
      expect((await storage.load('rds_backup_simple', '1.9'))?.metadata.version).toBe('1.9');
    });

    it.each([
      ['no_such', undefined],
      ['rds_backup_simple', '9.9'],
      ['../rds_inspect', undefined],
      ['rds_backup_simple/../rds_inspect', '1.0'],
      ['rds_inspect', '../rds_inspect/1.0'],
      ['rds_inspect\0', '1.0'],
      ['__proto__', undefined],
      ['', undefined],
    ])('has nothing under %j %j', async (name, version) => {
      expect(await (await open(REGISTRY)).load(name, version)).toBeUndefined();
    });

    it('refuses a workflow that stands under another name or version', async () => {
      const swapped = await open({
        'harmless/1.0.json': canonicalBytes(backup('1.0')),
        'rds_backup_simple/2.0.json': canonicalBytes(backup('1.0')),
      });
      await expect(swapped.load('harmless')).rejects.toMatchObject({ name: 'BytecodeRefused', code: 'misplaced' });
      await expect(swapped.load('rds_backup_simple')).rejects.toMatchObject({ code: 'misplaced' });
      await expect(swapped.list()).rejects.toMatchObject({ code: 'misplaced' });
    });

    it('refuses a file that was changed', async () => {
      const bytes = canonicalBytes(backup('1.0'));
      const changed = Buffer.from(bytes).toString().replace('rds:CreateDBSnapshot', 'rds:DeleteDBSnapshot');
      const storage = await open({ 'rds_backup_simple/1.0.json': changed });
      await expect(storage.load('rds_backup_simple')).rejects.toMatchObject({ code: 'wrong-checksum' });
      await expect(storage.list()).rejects.toMatchObject({ code: 'wrong-checksum' });
    });
  });
}
