import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalog } from '../../../lib/catalog/load-catalog.ts';
import { resolveCall } from '../../../lib/compiler/resolve/resolve-call.ts';

const catalog = loadCatalog();
const lines = readFileSync(join(__dirname, 'cases.txt'), 'utf8').split('\n');
const cases = lines
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [service = '', intent = '', keys = '', expected = ''] = line.split('|').map((part) => part.trim());
    return { service, intent, keys: keys.split(' ').filter(Boolean), expected: expected.split(' '), line };
  });

function accepted({ service: name, intent, keys }: (typeof cases)[number]): string {
  const service = catalog.service(name);
  if (service === undefined) throw new Error(`the catalog has no service ${name}`);
  const context = keys.map((key) => ({ key, type: undefined }));
  const resolution = resolveCall(service, catalog, { intent, context });
  return resolution.status === 'accepted' ? resolution.operation : '-';
}

const results = cases.map((one) => ({ ...one, got: accepted(one) }));

it('accepts no wrong call, and nothing vague', () => {
  const wrong = results.filter(({ got, expected }) => got !== '-' && !expected.includes(got));
  expect(wrong.map(({ line, got }) => `${line} → ${got}`)).toEqual([]);
});

it('accepts 95 % of what is clear', () => {
  const clear = results.filter(({ expected }) => !expected.includes('-') && !expected.includes('?'));
  const refused = clear.filter(({ got }) => got === '-');
  expect(clear.length).toBeGreaterThan(300);
  expect(refused.length / clear.length).toBeLessThan(0.05);
});
