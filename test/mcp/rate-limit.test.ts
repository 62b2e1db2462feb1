import fc from 'fast-check';
import { createRateLimiter } from '../../lib/mcp/rate-limit.ts';

function limiter(perSecond: number, burst: number) {
  const clock = { now: 0 };
  return { clock, take: createRateLimiter({ perSecond, burst }, () => clock.now) };
}

describe('createRateLimiter', () => {
  it('lets a burst through, then a steady pace, and tells when the next call may come', () => {
    const { clock, take } = limiter(2, 3);
    expect([take('ann'), take('ann'), take('ann'), take('ann')]).toEqual([0, 0, 0, 1]);
    clock.now += 499;
    expect(take('ann')).toBe(1);
    clock.now += 1;
    expect([take('ann'), take('ann')]).toEqual([0, 1]);
    clock.now += 60_000;
    expect([take('ann'), take('ann'), take('ann'), take('ann')]).toEqual([0, 0, 0, 1]);
  });

  it('tells whole seconds of a slow pace, after which the call goes through', () => {
    const { clock, take } = limiter(0.1, 1);
    expect([take('ann'), take('ann')]).toEqual([0, 10]);
    clock.now += 10_000;
    expect(take('ann')).toBe(0);
  });

  it('counts each caller for themselves', () => {
    const { take } = limiter(1, 1);
    expect([take('ann'), take('bob'), take('ann')]).toEqual([0, 0, 1]);
  });

  it('never lets more through than the burst and the time make', () => {
    const steps = fc.array(fc.record({ wait: fc.nat({ max: 2_000 }), calls: fc.nat({ max: 20 }) }), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        steps,
        (perSecond, burst, taken) => {
          const { clock, take } = limiter(perSecond, burst);
          let through = 0;
          for (const { wait, calls } of taken) {
            clock.now += wait;
            for (let call = 0; call < calls; call += 1) through += take('ann') === 0 ? 1 : 0;
          }
          expect(through).toBeLessThanOrEqual(burst + (clock.now / 1_000) * perSecond + 1e-6);
        },
      ),
    );
  });

  it('is not fooled by a clock that is set back', () => {
    const { clock, take } = limiter(1, 1);
    clock.now = 10_000;
    expect(take('ann')).toBe(0);
    clock.now = 0;
    expect(take('ann')).toBe(1);
  });

  it('remembers the callers who called last, and not without end', () => {
    const { take } = limiter(1, 1);
    take('first');
    for (let caller = 0; caller < 9_999; caller += 1) take(`caller-${caller}`);
    expect(take('first')).toBe(1);
    take('one more');
    take('and another');
    expect([take('first'), take('caller-0')]).toEqual([1, 0]);
  });

  it('is no wall', () => {
    for (const [perSecond, burst] of [
      [0, 1],
      [1, 0],
      [Number.NaN, 1],
    ] as const) {
      expect(() => limiter(perSecond, burst)).toThrow(RangeError);
    }
  });
});
