import { loadMiniLm } from '../../lib/search/minilm-embedder.ts';
import { MODEL_DIRECTORY, miniLm } from '../support/minilm.ts';

const SNAPSHOT = 'Create RDS snapshot with basic validation';
const BACKUP = 'I need to backup my RDS database';
const JAZZ = 'play some jazz music';

/** int8 kernels differ a little from processor to processor; another model or pooling differs far more. */
const TOLERANCE = 0.02;

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

async function embed(...texts: string[]): Promise<Float32Array[]> {
  return [...(await (await miniLm()).embed(texts))];
}

describe('loadMiniLm', () => {
  it('tells which model it is', async () => {
    expect(await miniLm()).toMatchObject({
      modelId: 'Xenova/all-MiniLM-L6-v2',
      modelSha256: '5350f42bf77c10ffb667b0862a434f124b82bc1ef1d190327c3a3430e3db9059',
      dimensions: 384,
    });
  });

  it.each([
    [SNAPSHOT, [-0.0205, 0.0151, -0.041, -0.0643, 0.0144, 0.0102, -0.06, 0.011]],
    [BACKUP, [-0.0005, -0.0255, -0.0182, -0.0405, -0.0045, 0.0728, -0.0209, 0.0439]],
    [JAZZ, [0.0604, -0.0334, 0.0096, 0.0086, -0.1249, 0.0806, 0.0991, -0.0531]],
  ])('embeds "%s" as ever', async (text, expected) => {
    const [vector] = await embed(text);
    expect(vector).toHaveLength(384);
    for (const [i, value] of expected.entries()) expect(Math.abs((vector?.[i] ?? 9) - value)).toBeLessThan(TOLERANCE);
  });

  it('puts texts of like meaning close together, at length 1', async () => {
    const [snapshot, backup, jazz] = (await embed(SNAPSHOT, BACKUP, JAZZ)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    expect(cosine(snapshot, snapshot)).toBeCloseTo(1, 5);
    expect(Math.abs(cosine(snapshot, backup) - 0.545)).toBeLessThan(TOLERANCE);
    expect(cosine(snapshot, jazz)).toBeLessThan(0.1);
  });

  it('gives a text the same vector alone and among others', async () => {
    const [alone] = await embed(BACKUP);
    const [, among] = await embed(`${SNAPSHOT} `.repeat(20), BACKUP, JAZZ);
    expect(among).toEqual(alone);
  });

  it('reads 256 word pieces and no more', async () => {
    const start = 'backup '.repeat(254);
    const [first, second, other] = await embed(`${start} jazz one`, `${start} jazz two three`, `${start} music one`);
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('refuses a folder that holds no model', async () => {
    await expect(loadMiniLm(`${MODEL_DIRECTORY}/none`)).rejects.toThrow(/SHA256SUMS cannot be read.*MODEL_DIR/);
  });
});
