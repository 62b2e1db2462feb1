import fc from 'fast-check';
import { betrays, DOORS, openWorld } from '../support/attack-world.ts';
import { checkedBytecode } from '../support/checked-bytecode.ts';
import { HOSTILE_REQUEST } from '../support/hostile-request.ts';
import { memoryStorage } from '../support/memory-storage.ts';

describe.each(DOORS)('requests gone wrong, through %s', (door) => {
  it('start nothing, break nothing and are told nothing', async () => {
    // Whatever is in here has to be confirmed, so that no request can start anything.
    const world = await openWorld(door, { storage: memoryStorage([checkedBytecode()]) });
    await fc.assert(
      fc.asyncProperty(HOSTILE_REQUEST, async (sent) => {
        expect(betrays(await world.send(sent))).toBeUndefined();
      }),
      { numRuns: 200 },
    );
    expect(world.bench.executor.started).toEqual([]);
    expect(world.bench.faults).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    await world.close();
  });
});
