import fc from 'fast-check';

/** A step of a random workflow, with what is needed to say what it must come to. */
export interface RandomStep {
  readonly id: string;
  readonly kind: 'find' | 'find-each' | 'assert' | 'sleep';
  /** Whether the thing it looks for, or what it asserts, is there. */
  readonly holds: boolean;
  readonly when: 'always' | 'first' | 'second';
  readonly onError: 'fail' | 'continue';
  readonly needs: readonly string[];
}

export interface RandomWorkflow {
  readonly steps: readonly RandomStep[];
  readonly first: boolean;
  readonly second: boolean;
}

export const RANDOM_WORKFLOW: fc.Arbitrary<RandomWorkflow> = fc.record({
  first: fc.boolean(),
  second: fc.boolean(),
  steps: fc
    .array(
      fc.record({
        kind: fc.constantFrom('find', 'find-each', 'assert', 'sleep') as fc.Arbitrary<RandomStep['kind']>,
        holds: fc.integer({ min: 0, max: 5 }).map((one) => one > 0),
        when: fc.constantFrom('always', 'always', 'first', 'second') as fc.Arbitrary<RandomStep['when']>,
        onError: fc.constantFrom('fail', 'continue') as fc.Arbitrary<RandomStep['onError']>,
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
    ),
});

/** The workflow as its author would write it. */
export function sourceOf({ steps }: RandomWorkflow): string {
  const kept = steps.filter(({ kind, when, onError }) => kind === 'find' && when === 'always' && onError === 'fail');
  const finds = steps.some(({ kind }) => kind.startsWith('find'));
  return JSON.stringify({
    name: 'random',
    version: '1.0',
    description: 'Random',
    author: 'test',
    parameters: [
      { name: 'first', type: 'boolean', required: true },
      { name: 'second', type: 'boolean', required: true },
    ],
    steps: steps.map(stepSource),
    outputs: Object.fromEntries([
      ['first', '${params.first}'],
      ...kept.map(({ id }) => [id, `\${steps.${id}.DBInstances[0].DBInstanceIdentifier}`]),
    ]),
    security: { required_permissions: finds ? ['rds:DescribeDBInstances'] : [], max_duration: 3600 },
  });
}

const NAME = { true: 'demo-database', false: 'no-such-database' } as const;

function stepSource({ id, kind, holds, when, onError, needs }: RandomStep): object {
  const common = {
    id,
    depends_on: needs,
    ...(when === 'always' ? {} : { when: `\${params.${when}}` }),
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
    case 'assert':
      return { ...common, type: 'assert', that: `\${1 = ${holds ? 1 : 2}}`, message: 'no' };
    case 'sleep':
      return { ...common, type: 'sleep', seconds: 60 };
  }
}

/** What the language says a run must come to: its outputs, or the errors one of which it fails with. */
export function meaningOf({ steps, first, second }: RandomWorkflow): {
  readonly errors: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
} {
  const runs = ({ when }: RandomStep): boolean => when === 'always' || (when === 'first' ? first : second);
  const stops = (step: RandomStep): boolean =>
    runs(step) && !step.holds && step.kind !== 'sleep' && (step.kind === 'assert' || step.onError === 'fail');
  const kept = steps.filter(({ kind, when, onError }) => kind === 'find' && when === 'always' && onError === 'fail');
  return {
    errors: [
      ...new Set(
        steps
          .filter(stops)
          .map(({ kind }) => (kind === 'assert' ? 'Workflow.AssertionFailed' : 'Rds.DbInstanceNotFoundException')),
      ),
    ],
    outputs: Object.fromEntries([['first', first], ...kept.map(({ id }) => [id, 'demo-database'] as const)]),
  };
}
