import { createScaledClock, createVirtualClock } from '../../lib/local/clock.ts';

describe('a virtual clock', () => {
  it('jumps from sleeper to sleeper, in the order of their waking', async () => {
    const clock = createVirtualClock('2026-01-01T00:00:00Z');
    const start = clock.now();
    const woken: [string, number][] = [];
    const sleep = async (name: string, milliseconds: number): Promise<void> => {
      await clock.sleep(milliseconds);
      woken.push([name, clock.now() - start]);
    };
    await Promise.all([sleep('late', 3_600_000), sleep('early', 5), sleep('also early', 5), sleep('now', 0)]);
    expect(woken).toEqual([
      ['now', 0],
      ['early', 5],
      ['also early', 5],
      ['late', 3_600_000],
    ]);
  });

  it('stands still until it is advanced, if it is not automatic', async () => {
    const clock = createVirtualClock(0, { automatic: false });
    const woken: number[] = [];
    const sleeping = (async () => {
      await clock.sleep(10);
      woken.push(clock.now());
      await clock.sleep(10);
      woken.push(clock.now());
    })();
    await clock.advance(15);
    expect([woken, clock.now()]).toEqual([[10], 15]);
    await clock.advance(5);
    await sleeping;
    expect(woken).toEqual([10, 20]);
  });

  it('wakes at once who is aborted, and never sleeps who was', async () => {
    const clock = createVirtualClock(0, { automatic: false });
    const abort = new AbortController();
    const sleeping = clock.sleep(10, abort.signal);
    abort.abort();
    await sleeping;
    await clock.sleep(10, abort.signal);
    expect(clock.now()).toBe(0);
  });
});

describe('a scaled clock', () => {
  it('runs as many times as fast', async () => {
    const clock = createScaledClock(3_600_000);
    const start = clock.now();
    await clock.sleep(3_600_000);
    expect(clock.now() - start).toBeGreaterThanOrEqual(3_600_000);
  });

  it('can be woken, and has to run forward', async () => {
    const abort = new AbortController();
    const sleeping = createScaledClock().sleep(1e12, abort.signal);
    abort.abort();
    await sleeping;
    expect(() => createScaledClock(0)).toThrow(RangeError);
  });
});
