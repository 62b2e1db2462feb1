import { findingsOf } from '../../support/findings.ts';

const FIND = { id: 'find', type: 'command', action: 'rds:DescribeDBInstances' };
const sleep = (id: string, seconds: number | string, more: object = {}) => ({ id, type: 'sleep', seconds, ...more });

/** What is said of a workflow with these steps that may take 100 seconds. */
function findings(steps: readonly object[]): readonly string[] {
  const security = { required_permissions: ['rds:DescribeDBInstances'], max_duration: 100 };
  return findingsOf(
    `parameters: []\nsteps: ${JSON.stringify([FIND, ...steps])}\nsecurity: ${JSON.stringify(security)}`,
  );
}

const SAID = (seconds: number) => [`WF5008 every run pauses for ${seconds} seconds, and is stopped after 100`];

it('adds up the pauses that stand behind one another', () => {
  expect(findings([sleep('a', 100)])).toEqual(SAID(100));
  expect(findings([sleep('a', 99)])).toEqual([]);
  expect(findings([sleep('a', 60), sleep('b', 60, { depends_on: ['a'] })])).toEqual(SAID(120));
});

it('does not add up those that pass at the same time', () => {
  expect(findings([sleep('a', 60), sleep('b', 60)])).toEqual([]);
});

it('counts none that may not be made, and none whose length only a run knows', () => {
  expect(findings([sleep('a', 200, { when: '${$count(steps.find.DBInstances) > 0}' })])).toEqual([]);
  expect(findings([sleep('a', '${$count(steps.find.DBInstances) * 1000}')])).toEqual([]);
});

it('counts no wait: it may be over at once', () => {
  const wait = { id: 'w', type: 'wait_for', waiter: 'rds:DBInstanceAvailable', interval: 60, max_attempts: 100 };
  expect(findings([wait])).toEqual([]);
});

it('does not go round in circles', () => {
  const steps = [sleep('a', 60, { depends_on: ['b'] }), sleep('b', 30, { depends_on: ['a'] })];
  expect(findings(steps).filter((finding) => finding.startsWith('WF5008'))).toEqual([]);
});
