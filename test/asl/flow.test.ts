import fc from 'fast-check';
import { type Block, toFlow } from '../../lib/asl/flow.ts';
import type { PlanEntry } from '../../lib/compiler/bytecode.ts';

const entry = (id: string, needs: readonly string[] = [], undoable = false): PlanEntry => ({
  step_id: id,
  type: 'sleep',
  intent: null,
  context: {},
  depends_on: needs,
  next_step: null,
  result_used: false,
  seconds: { kind: 'literal', value: 1 },
  ...(undoable ? { undo: {} as NonNullable<PlanEntry['undo']> } : {}),
});

/** A flow as text: `a (b | c) d`. */
function shown(block: Block): string {
  if (block.kind === 'step') return block.entry.step_id;
  return block.kind === 'sequence' ? block.blocks.map(shown).join(' ') : `(${block.blocks.map(shown).join(' | ')})`;
}

describe('the order of a plan as a tree', () => {
  it.each<[string, readonly PlanEntry[], string]>([
    ['one step', [entry('a')], 'a'],
    ['a line', [entry('a'), entry('b', ['a']), entry('c', ['b'])], 'a b c'],
    ['steps that nothing orders', [entry('a'), entry('b'), entry('c')], '(a | b | c)'],
    ['a diamond', [entry('a'), entry('b', ['a']), entry('c', ['a']), entry('d', ['b', 'c'])], 'a (b | c) d'],
    ['two lines', [entry('a'), entry('x'), entry('b', ['a']), entry('y', ['x'])], '(a b | x y)'],
    [
      'a line beside a diamond',
      [entry('a'), entry('b', ['a']), entry('c', ['a']), entry('d', ['b', 'c']), entry('x')],
      '(a (b | c) d | x)',
    ],
    ['a graph that is no tree', [entry('a'), entry('b'), entry('c', ['a', 'b']), entry('d', ['b'])], '(a | b) (c | d)'],
    ['steps that can be undone, one after the other', [entry('a', [], true), entry('b')], 'a b'],
  ])('%s', (_, plan, flow) => {
    expect(shown(toFlow(plan))).toBe(flow);
  });

  it('has every step once, after all it depends on', () => {
    const plans = fc
      .array(fc.tuple(fc.array(fc.nat(10), { maxLength: 3 }), fc.boolean()), { minLength: 1, maxLength: 10 })
      .map((steps) =>
        steps.map(([needs, undoable], index) =>
          entry(`s${index}`, index === 0 ? [] : [...new Set(needs.map((need) => `s${need % index}`))], undoable),
        ),
      );
    fc.assert(
      fc.property(plans, (plan) => {
        const done: string[] = [];
        /** Walks a block with what is done before it; gives what is done after it. */
        const walk = (block: Block, before: ReadonlySet<string>): ReadonlySet<string> => {
          if (block.kind === 'step') {
            for (const need of block.entry.depends_on) expect(before.has(need)).toBe(true);
            done.push(block.entry.step_id);
            return new Set([...before, block.entry.step_id]);
          }
          if (block.kind === 'sequence') return block.blocks.reduce((known, part) => walk(part, known), before);
          return new Set(block.blocks.flatMap((part) => [...walk(part, before)]));
        };
        walk(toFlow(plan), new Set());
        expect(done.sort()).toEqual(plan.map(({ step_id: id }) => id).sort());
      }),
    );
  });
});
