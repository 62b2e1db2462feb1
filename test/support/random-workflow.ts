import fc from 'fast-check';

/** A step of a random workflow, with what is needed to say what it must come to. */
export interface RandomStep {
  readonly id: string;
  readonly kind: 'find' | 'find-each' | 'make-each' | 'assert' | 'sleep';
  /** Whether the thing it looks for, or what it asserts, is there. */
  readonly holds: boolean;
  /** `found`: where the first step that it needs has left a result. */
  readonly when: 'always' | 'first' | 'second' | 'found';
  readonly onError: 'rollback' | 'fail' | 'continue';
  readonly needs: readonly string[];
}

export interface RandomWorkflow {
  readonly steps: readonly RandomStep[];
  readonly first: boolean;
  readonly second: boolean;
  /** A parameter that need not be given. */
  readonly third: string | undefined;
}

export const RANDOM_WORKFLOW: fc.Arbitrary<RandomWorkflow> = fc.record({
  first: fc.boolean(),
  second: fc.boolean(),
  third: fc.option(fc.constantFrom('', 'x', 'demo'), { nil: undefined }),
  steps: fc
    .array(
      fc.record({
        kind: fc.constantFrom('find', 'find-each', 'make-each', 'make-each', 'assert', 'sleep') as fc.Arbitrary<
          RandomStep['kind']
        >,
        holds: fc.integer({ min: 0, max: 5 }).map((one) => one > 0),
        when: fc.constantFrom('always', 'always', 'first', 'second', 'found') as fc.Arbitrary<RandomStep['when']>,
        onError: fc.constantFrom('rollback', 'fail', 'continue') as fc.Arbitrary<RandomStep['onError']>,
        needs: fc.array(fc.nat(10), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 7 },
    )
    .map((steps) =>
      steps.map(({ needs, ...step }, index) => ({
        ...step,
        id: `s${index}`,
        needs: index === 0 ? [] : [...new Set(needs.map((need) => `s${need % index}`))],
      })),
    )
    .map((steps) =>
      steps.map((step) =>
        step.when === 'found' && !leavesResult(steps, step.needs[0]) ? { ...step, when: 'always' } : step,
      ),
    ),
});

const leavesResult = (steps: readonly Pick<RandomStep, 'id' | 'kind'>[], id: string | undefined): boolean =>
  ['find', 'find-each', 'make-each'].includes(steps.find((step) => step.id === id)?.kind ?? '');

/** The workflow as its author would write it. */
export function sourceOf({ steps }: RandomWorkflow): string {
  const finds = steps.some(({ kind }) => kind.startsWith('find'));
  const makes = steps.some(({ kind }) => kind === 'make-each');
  return JSON.stringify({
    name: 'random',
    version: '1.0',
    description: 'Random',
    author: 'test',
    parameters: [
      { name: 'first', type: 'boolean', required: true },
      { name: 'second', type: 'boolean', required: true },
      { name: 'third', type: 'string', required: false },
    ],
    steps: steps.map(stepSource),
    outputs: Object.fromEntries([
      ['first', '${params.first}'],
      ['third', '${params.third}'],
      ...steps.filter(({ id }) => leavesResult(steps, id)).map((step) => [step.id, `\${${readOf(step)}}`]),
    ]),
    security: {
      required_permissions: [
        ...(finds ? ['rds:DescribeDBInstances'] : []),
        ...(makes ? ['rds:CreateDBSnapshot', 'rds:DeleteDBSnapshot'] : []),
      ],
      max_duration: 36000,
    },
  });
}

/** What a run returns of a step: something where it may have left no result, and plainly where it has to have one. */
function readOf({ id, kind, when, onError }: RandomStep): string {
  const read = kind === 'find' ? `steps.${id}.DBInstances[0].DBInstanceIdentifier` : `$count(steps.${id})`;
  if (when === 'always' && onError !== 'continue') return read;
  return `$exists(steps.${id}) ? ${read} : "none"`;
}

const NAME = { true: 'demo-database', false: 'no-such-database' } as const;

function stepSource({ id, kind, holds, when, onError, needs }: RandomStep): object {
  const common = {
    id,
    depends_on: needs,
    ...(when === 'always' ? {} : { when: when === 'found' ? `\${$exists(steps.${needs[0]})}` : `\${params.${when}}` }),
  };
  const name = NAME[`${holds}`];
  switch (kind) {
    case 'find':
      return {
        ...common,
        type: 'command',
        on_error: onError,
        action: 'rds:DescribeDBInstances',
        parameters: { DBInstanceIdentifier: name },
      };
    case 'find-each':
      return {
        ...common,
        type: 'command',
        on_error: onError,
        for_each: `\${["demo-database", "${name}"]}`,
        max_concurrency: 2,
        action: 'rds:DescribeDBInstances',
        parameters: { DBInstanceIdentifier: '${item}' },
      };
    case 'make-each':
      return {
        ...common,
        type: 'command',
        on_error: onError,
        for_each: `\${[{"of": "${name}", "to": "${id}-a"}, {"of": "demo-database", "to": "${id}-b"}]}`,
        max_concurrency: holds ? 2 : 1,
        action: 'rds:CreateDBSnapshot',
        parameters: { DBInstanceIdentifier: '${item.of}', DBSnapshotIdentifier: '${item.to}' },
        undo: {
          action: 'rds:DeleteDBSnapshot',
          parameters: { DBSnapshotIdentifier: '${result.DBSnapshot.DBSnapshotIdentifier}' },
        },
      };
    case 'assert':
      return { ...common, type: 'assert', that: `\${1 = ${holds ? 1 : 2}}`, message: 'no' };
    case 'sleep':
      return { ...common, type: 'sleep', seconds: 60 };
  }
}

/**
 * What the language says a run must come to: its outputs, or the errors one of which it fails with, and whether the
 * account then is as it was before.
 */
export function meaningOf({ steps, first, second, third }: RandomWorkflow): {
  readonly errors: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** `undefined` where it depends on what failed first. */
  readonly unchanged: boolean | undefined;
} {
  const runs = ({ when, needs }: RandomStep): boolean => {
    if (when === 'found') return left(steps.find(({ id }) => id === needs[0]));
    return when === 'always' || (when === 'first' ? first : second);
  };
  const left = (step: RandomStep | undefined): boolean => step !== undefined && runs(step) && step.holds;
  const fails = (step: RandomStep): boolean => runs(step) && !step.holds && step.kind !== 'sleep';
  const stops = steps.filter((step) => fails(step) && (step.kind === 'assert' || step.onError !== 'continue'));
  const found = (step: RandomStep): unknown => (left(step) ? (step.kind === 'find' ? 'demo-database' : 2) : 'none');
  const rollback = stops.every(({ kind, onError }) => kind === 'assert' || onError === 'rollback');
  return {
    errors: [
      ...new Set(
        stops.map(({ kind }) => (kind === 'assert' ? 'Workflow.AssertionFailed' : 'Rds.DbInstanceNotFoundException')),
      ),
    ],
    outputs: Object.fromEntries([
      ['first', first],
      ...(third === undefined ? [] : [['third', third] as const]),
      ...steps.filter(({ id }) => leavesResult(steps, id)).map((step) => [step.id, found(step)] as const),
    ]),
    // Of a list that is passed over some entries are made all the same.
    unchanged:
      stops.length === 0 ? !steps.some((step) => step.kind === 'make-each' && runs(step)) : rollback || undefined,
  };
}
