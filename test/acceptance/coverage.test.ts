import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIREMENTS } from './requirements.ts';

const TESTS = join(__dirname, '..');

const sources = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('node_modules') && !file.endsWith('requirements.ts'))
  .map((file) => readFileSync(join(TESTS, file), 'utf8'));

describe('every requirement is proven', () => {
  it.each(REQUIREMENTS.map(({ id, behaviour }) => [id, behaviour] as const))('%s: %s', (id) => {
    // Unit tests cite an id with verifies(), the end-to-end test, which Jest does not run, with a check's id.
    const cited = sources.some((text) => text.includes(`verifies('${id}'`) || text.includes(`requirement: '${id}'`));
    expect(cited).toBe(true);
  });

  it('gives each its own id', () => {
    expect(new Set(REQUIREMENTS.map(({ id }) => id)).size).toBe(REQUIREMENTS.length);
  });
});
