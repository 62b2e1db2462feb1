import { atMost } from '../../lib/engine/at-most.ts';

it('runs so many at a time, the others in their order, and goes on after a failure', async () => {
  const inTurn = atMost(2);
  const log: string[] = [];
  const ends: (() => void)[] = [];
  const job = (name: string, fails = false) =>
    inTurn(async () => {
      log.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (fails) throw new Error(name);
      return name;
    });
  const settled = Promise.allSettled([job('a', true), job('b'), job('c'), job('d')]);
  const turn = () => new Promise(setImmediate);
  await turn();
  expect(log).toEqual(['a', 'b']);
  ends[0]?.();
  await turn();
  expect(log).toEqual(['a', 'b', 'c']);
  ends[2]?.();
  ends[1]?.();
  await turn();
  expect(log).toEqual(['a', 'b', 'c', 'd']);
  ends[3]?.();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});
