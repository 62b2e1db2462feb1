import fc from 'fast-check';
import { betrays, DOORS, openWorld } from '../support/attack-world.ts';
import { checkedBytecode } from '../support/checked-bytecode.ts';
import { HOSTILE_REQUEST } from '../support/hostile-request.ts';
import { memoryStorage } from '../support/memory-storage.ts';
import { type Figure, share } from './figure.ts';

const REQUESTS = 10_000;

/** Requests gone wrong in many ways, shared among the ways into the server. */
export async function hostileFigures(): Promise<readonly Figure[]> {
  let right = 0;
  let sent = 0;
  let broken = 0;
  for (const [index, door] of DOORS.entries()) {
    // Whatever is in here has to be confirmed, so that no request can start anything.
    const world = await openWorld(door, { storage: memoryStorage([checkedBytecode()]) });
    const numRuns = Math.ceil(REQUESTS / DOORS.length);
    for (const request of fc.sample(HOSTILE_REQUEST, { numRuns, seed: 20_261_123 + index })) {
      const betrayed = betrays(await world.send(request));
      if (betrayed === undefined) right += 1;
      else console.log(`${door}: ${betrayed}: ${JSON.stringify(request).slice(0, 400)}`);
    }
    sent += world.answers.length;
    broken += world.bench.executor.started.length + world.bench.faults.length;
    for (const { error } of world.bench.faults.slice(0, 3)) console.log(`${door}: ${String(error)}`);
    await world.close();
  }
  return [
    {
      name: 'hostile requests that got a refusal or an answer, and nothing of the inside',
      ...share(right, sent),
      atLeast: 100,
    },
    { name: 'of them that started something or left a fault', value: broken, unit: 'count', atMost: 0 },
  ];
}
