import fc from 'fast-check';
import { loadCatalog } from '../../../lib/catalog/load-catalog.ts';
import type { ContextKey } from '../../../lib/compiler/resolve/resolution.ts';
import { resolveCall } from '../../../lib/compiler/resolve/resolve-call.ts';
import { READING_VERBS } from '../../../lib/compiler/resolve/verbs.ts';

const catalog = loadCatalog();

function service(name: string) {
  const found = catalog.service(name);
  if (found === undefined) throw new Error(`the catalog has no service ${name}`);
  return found;
}

const word = fc.constantFrom(
  ...'describe create delete stop start modify list get the a of for to and not if all database instance cluster snapshot bucket object policy topic message status tags new back up off ,'.split(
    ' ',
  ),
);
const intents = fc.oneof(
  fc.array(word, { maxLength: 10 }).map((words) => words.join(' ')),
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const keys = fc.constantFrom(
  'instance_id',
  'snapshot_id',
  'clusterId',
  'bucket',
  'key',
  'tags',
  'topic-arn',
  '__proto__',
  '',
  'constructor',
  '$',
);
const types = fc.constantFrom<ContextKey['type']>('string', 'integer', 'number', 'boolean', 'string_list', undefined);
const contexts = fc.uniqueArray(fc.record({ key: fc.oneof(keys, fc.string()), type: types, literal: fc.anything() }), {
  selector: ({ key }) => key,
  maxLength: 4,
});
const services = fc.constantFrom('rds', 's3', 'sns');

describe('resolveCall', () => {
  it('gives an answer to any text, the same each time, whatever the order of the keys and the case of the words', () => {
    fc.assert(
      fc.property(services, intents, contexts, (name, intent, context) => {
        const resolution = resolveCall(service(name), catalog, { intent, context });
        expect(resolveCall(service(name), catalog, { intent, context: [...context].reverse() })).toEqual(resolution);
        if (/^[ -~]*$/.test(intent)) {
          const loud = resolveCall(service(name), catalog, { intent: intent.toUpperCase(), context });
          expect(loud.candidates).toEqual(resolution.candidates);
          expect(loud.status).toBe(resolution.status);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('accepts only calls that are whole: every key bound to a member of its own, every required member given', () => {
    fc.assert(
      fc.property(services, intents, contexts, (name, intent, context) => {
        const resolution = resolveCall(service(name), catalog, { intent, context });
        if (resolution.status === 'refused') return;
        const members = service(name).operation(resolution.operation)?.input.members ?? [];
        const bound = Object.values(resolution.bindings);
        expect(Object.keys(resolution.bindings).sort()).toEqual(context.map(({ key }) => key).sort());
        expect(new Set(bound).size).toBe(bound.length);
        expect(members.filter((member) => member.required && !bound.includes(member.name))).toEqual([]);
        expect(resolution.margin).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('never takes a wish to look for a wish to change', () => {
    const looking = fc.constantFrom(
      'describe',
      'show',
      'list',
      'get',
      'check',
      'verify',
      'find',
      'view',
      'read',
      'inspect',
    );
    const things = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(services, looking, things, contexts, (name, verb, thing, context) => {
        const resolution = resolveCall(service(name), catalog, { intent: `${verb} ${thing}`, context });
        if (resolution.status === 'refused') return;
        expect(READING_VERBS).toContain(resolution.operation.match(/^[A-Z][a-z]+/)?.[0]);
      }),
      { numRuns: 300 },
    );
  });
});
