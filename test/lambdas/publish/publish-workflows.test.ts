import {
  publishWorkflows,
  type RegistryFile,
  type WriteOnceStore,
} from '../../../lambdas/publish/publish-workflows.ts';

function memoryStore(objects: Map<string, string> = new Map()): WriteOnceStore {
  return {
    async putNew(key, bytes) {
      if (objects.has(key)) return false;
      objects.set(key, Buffer.from(bytes).toString());
      return true;
    },
    async get(key) {
      return Buffer.from(objects.get(key) ?? '');
    },
  };
}

const file = (key: string, text: string): RegistryFile => ({ key: `workflows/${key}.json`, bytes: Buffer.from(text) });

describe('publishWorkflows', () => {
  it('writes what is not there yet', async () => {
    const objects = new Map<string, string>();
    const result = await publishWorkflows([file('a/1.0', 'A'), file('b/1.0', 'B')], memoryStore(objects));
    expect(result).toEqual({ published: ['workflows/a/1.0.json', 'workflows/b/1.0.json'], unchanged: [] });
    expect(Object.fromEntries(objects)).toEqual({ 'workflows/a/1.0.json': 'A', 'workflows/b/1.0.json': 'B' });
  });

  it('is content with what is there already, and leaves older versions alone', async () => {
    const objects = new Map([
      ['workflows/a/1.0.json', 'A'],
      ['workflows/a/0.9.json', 'old'],
    ]);
    const result = await publishWorkflows([file('a/1.0', 'A')], memoryStore(objects));
    expect(result).toEqual({ published: [], unchanged: ['workflows/a/1.0.json'] });
    expect(objects.get('workflows/a/0.9.json')).toBe('old');
  });

  it('names every version that is there with other content, and changes none', async () => {
    const objects = new Map([
      ['workflows/a/1.0.json', 'A'],
      ['workflows/c/2.0.json', 'C'],
    ]);
    const files = [file('a/1.0', 'A!'), file('b/1.0', 'B'), file('c/2.0', 'C!')];
    await expect(publishWorkflows(files, memoryStore(objects))).rejects.toThrow(
      /workflows\/a\/1\.0\.json, workflows\/c\/2\.0\.json.*raise the workflow's version/,
    );
    expect(objects.get('workflows/a/1.0.json')).toBe('A');
    expect(objects.get('workflows/c/2.0.json')).toBe('C');
  });

  it('publishes more files than it writes at once', async () => {
    const objects = new Map<string, string>();
    const files = Array.from({ length: 50 }, (_, index) => file(`w${index}/1.0`, String(index)));
    await publishWorkflows(files, memoryStore(objects));
    expect(objects.size).toBe(50);
  });

  it('passes on what the store fails with', async () => {
    const store = { ...memoryStore(), putNew: () => Promise.reject(new Error('SlowDown')) };
    await expect(publishWorkflows([file('a/1.0', 'A')], store)).rejects.toThrow('SlowDown');
  });
});
