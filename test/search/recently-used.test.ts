import { recentlyUsed } from '../../lib/search/recently-used.ts';

describe('recentlyUsed', () => {
  it('computes a key once while it is among those used last', async () => {
    const computed: string[] = [];
    const get = recentlyUsed(2, async (key) => {
      computed.push(key);
      return key.toUpperCase();
    });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await get(key)).toBe(key.toUpperCase());
    expect(computed).toEqual(['a', 'b', 'c', 'b']);
  });

  it('tries again after a failure', async () => {
    let calls = 0;
    const get = recentlyUsed(2, async () => {
      calls++;
      if (calls === 1) throw new Error('first');
      return calls;
    });
    await expect(get('a')).rejects.toThrow('first');
    await expect(get('a')).resolves.toBe(2);
  });
});
