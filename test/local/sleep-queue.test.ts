import fc from 'fast-check';
import { createSleepQueue } from '../../lib/local/sleep-queue.ts';

it('wakes by time and then by order, whoever is taken away meanwhile', () => {
  const move = fc.oneof(
    fc.record({ add: fc.nat({ max: 5 }) }),
    fc.record({ remove: fc.nat({ max: 30 }) }),
    fc.constant({ wake: true as const }),
  );
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      const queue = createSleepQueue();
      const removals: (() => void)[] = [];
      let expected: { readonly wakesAt: number; readonly index: number }[] = [];
      const drop = (index: number): void => {
        removals[index]?.();
        expected = expected.filter((sleeper) => sleeper.index !== index);
      };
      for (const one of moves) {
        if ('add' in one) {
          const index = removals.length;
          removals.push(queue.add({ wakesAt: one.add, wake: () => drop(index) }));
          expected = [...expected, { wakesAt: one.add, index }].sort(
            (a, b) => a.wakesAt - b.wakesAt || a.index - b.index,
          );
        } else if ('remove' in one) drop(one.remove);
        else {
          const [next] = expected;
          expect(queue.first()?.wakesAt).toBe(next?.wakesAt);
          const left = expected.slice(1);
          queue.first()?.wake();
          expect(expected).toEqual(left);
        }
        expect(queue.size).toBe(expected.length);
      }
    }),
  );
});
