import type { StateChange } from '../../../lib/local/account/behaviour.ts';
import { createWorld, type World } from '../../../lib/local/account/world.ts';

const ARN = 'arn:aws:rds:us-east-1:123456789012:db:one';

function open(): { world: World; pass: (milliseconds: number) => void } {
  let now = 0;
  const kind = {
    shape: 'Thing',
    identifier: 'Id',
    status: 'Status',
    lowerCase: true,
    defaults: {},
    missing: { code: 'M' },
  };
  const world = createWorld(
    () => now,
    () => kind as unknown as ReturnType<Parameters<typeof createWorld>[1]>,
  );
  return {
    world,
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

const thing = (id: string, arn: string, region = 'us-east-1') => ({
  service: 'rds',
  kind: 'thing',
  id,
  arn,
  region,
  attributes: { Id: id, Status: 'there' },
});

it('finds a resource by its identifier in its Region, and by its ARN in any', () => {
  const { world } = open();
  const here = world.add(thing('one', ARN));
  const there = world.add(thing('one', ARN.replace('us-east-1', 'eu-west-1'), 'eu-west-1'));
  expect(world.find('rds', 'thing', 'ONE', 'us-east-1')).toBe(here);
  expect(world.find('rds', 'thing', 'one', 'eu-west-1')).toBe(there);
  expect(world.find('rds', 'thing', ARN, 'eu-west-1')).toBe(here);
  expect(world.findByArn(ARN)).toBe(here);
  expect(world.find('rds', 'thing', 'one', 'us-west-2')).toBeUndefined();
  expect(world.find('rds', 'other', 'one', 'us-east-1')).toBeUndefined();
  expect(world.findByArn('')).toBeUndefined();
});

it('finds what was made anew under a name that was free again', () => {
  const { world } = open();
  world.remove(world.add(thing('one', ARN)));
  expect(world.find('rds', 'thing', 'one', 'us-east-1')).toBeUndefined();
  expect(world.findByArn(ARN)).toBeUndefined();
  const again = world.add(thing('one', ARN));
  expect(world.find('rds', 'thing', 'one', 'us-east-1')).toBe(again);
  expect(world.findByArn(ARN)).toBe(again);
});

it('finds a resource in the state that it has come to, and none that is gone by now', () => {
  const { world, pass } = open();
  const deleting: StateChange = { through: 'deleting', to: 'deleted', seconds: 10 };
  const resource = world.add(thing('one', ARN));
  world.begin(resource, deleting, {} as Parameters<World['begin']>[2]);
  expect(world.find('rds', 'thing', 'one', 'us-east-1')?.attributes.Status).toBe('deleting');
  pass(10_000);
  expect(world.findByArn(ARN)).toBeUndefined();
  expect(world.find('rds', 'thing', 'one', 'us-east-1')).toBeUndefined();
  expect(world.list('rds', 'thing')).toEqual([]);
});
