import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from '../../lib/catalog/catalog.ts';
import { compile } from '../../lib/compiler/compile.ts';
import { readCeilings } from '../../lib/registry/compile-registry.ts';
import type { Figure } from './figure.ts';

const REGISTRY = join(__dirname, '../../registry');
const SEED = readFileSync(join(REGISTRY, 'community/rds-backup.yaml'), 'utf8');
const MEGABYTE = 1024 * 1024;

/** How long compiling takes, and what hostile text does to it. */
export function compileFigures(catalog: Catalog): readonly Figure[] {
  const ceilings = readCeilings(REGISTRY);
  const once = (text: string) => compile('workflow.yaml', text, { catalog, tier: 'community', ceilings });
  const timed = (text: string): number => {
    const start = performance.now();
    once(text);
    return performance.now() - start;
  };
  for (let warm = 0; warm < 5; warm += 1) once(SEED);
  const times = Array.from({ length: 50 }, () => timed(SEED)).sort((a, b) => a - b);

  const start = performance.now();
  for (let index = 0; index < 1_000; index += 1) once(SEED.replace('rds_backup_simple', `workflow_${index}`));
  const thousand = (performance.now() - start) / 1_000;
  const memory = process.memoryUsage().rss / MEGABYTE;

  const hostile = hostileTexts();
  const slowest = Math.max(...hostile.map(timed)) / 1_000;
  const silent = hostile.filter((text) => once(text).diagnostics.length === 0).length;
  return [
    { name: 'compile one workflow, warm, median', value: times[25] ?? Number.NaN, unit: 'ms', atMost: 30 },
    { name: 'compile 1,000 workflows', value: thousand, unit: 's', atMost: 15 },
    { name: 'memory after that', value: memory, unit: 'MB', atMost: 500 },
    { name: 'slowest hostile text', value: slowest, unit: 's', atMost: 2, of: `${hostile.length} texts` },
    { name: 'hostile texts without a diagnostic', value: silent, unit: 'count', atMost: 0 },
  ];
}

/** Random bytes, mutated workflows, deep nesting, many lines; the same ones at every run. */
function hostileTexts(): readonly string[] {
  const random = generator(20_261_122);
  const bytes = Array.from({ length: 300 }, () =>
    Buffer.from(Array.from({ length: Math.floor(random() * 400) + 1 }, () => Math.floor(random() * 256))).toString(
      'latin1',
    ),
  );
  const mutated = Array.from({ length: 1_000 }, () => {
    const at = Math.floor(random() * SEED.length);
    const insert = ['\u0000', '${', '}', '- ', ': ', '[', '*a', '&a', '!!js ', '\t', '"', "'", '|', '%'][
      Math.floor(random() * 14)
    ];
    return `${SEED.slice(0, at)}${insert}${SEED.slice(at + Math.floor(random() * 30))}\nunknown_field: 1\n`;
  });
  return [
    ...bytes,
    ...mutated,
    '['.repeat(100_000),
    '{a: '.repeat(100_000),
    `a:\n${Array.from({ length: 5_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}`,
    'x: 1\n'.repeat(100_000),
    `steps:\n${'  - id: a\n'.repeat(100_000)}`,
    SEED.replace('${params.instance_id}', `\${${'('.repeat(50_000)}`),
    'a: &a [x]\n'.concat(Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*a, *a, *a, *a, *a]`).join('\n')),
    'x'.repeat(10 * MEGABYTE),
  ];
}

/** A small linear congruential generator: what it gives does not depend on the machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
