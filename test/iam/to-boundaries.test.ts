import fc from 'fast-check';
import type { Bytecode } from '../../lib/compiler/bytecode.ts';
import { toBoundaries } from '../../lib/iam/to-boundaries.ts';

/** A workflow of the verified tier that needs these actions. */
function workflow(id: string, actions: readonly string[]): Bytecode {
  const permissions = actions.map((action) => ({ action, resources: ['*'], reason: 'it is needed' }));
  return {
    workflow_id: id,
    metadata: { tier: 'verified' },
    execution_plan: [{ type: 'aws_command', call: { permissions } }],
  } as unknown as Bytecode;
}

it('is one policy as long as all fits, whatever the order', () => {
  const [a, b] = [workflow('a', ['rds:B', 'rds:A']), workflow('b', ['rds:A', 's3:C'])];
  const whole = [
    {
      tier: 'verified',
      workflows: ['a', 'b'],
      statements: [{ Effect: 'Allow', Action: ['rds:A', 'rds:B', 's3:C'], Resource: '*' }],
    },
  ];
  expect(toBoundaries([a, b], 1_000)).toEqual(whole);
  expect(toBoundaries([b, a], 1_000)).toEqual(whole);
});

it('keeps each workflow in exactly one policy, which has room and holds all of its actions', () => {
  const action = fc.stringMatching(/^[a-z]{2,8}:[A-Z][a-z]{3,30}$/);
  const registry = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.array(action, { maxLength: 8 })), {
    selector: ([id]) => id,
    maxLength: 20,
  });
  fc.assert(
    fc.property(registry, (entries) => {
      const boundaries = toBoundaries(
        entries.map(([id, actions]) => workflow(id, actions)),
        500,
      );
      expect(boundaries.flatMap(({ workflows }) => workflows)).toEqual(entries.map(([id]) => id).sort());
      for (const { workflows, statements } of boundaries) {
        const allowed = new Set(statements.flatMap(({ Action }) => Action));
        const needed = entries.filter(([id]) => workflows.includes(id)).flatMap(([, actions]) => actions);
        expect(allowed).toEqual(new Set(needed));
        expect(workflows.length === 1 || JSON.stringify(statements).length <= 500).toBe(true);
      }
    }),
  );
});
