import { compileText } from '../../support/compile.ts';

/** A workflow of waits, each of which looks this often; `seconds` is the longest that a run may take. */
function waits(seconds: number, ...bounds: readonly (readonly [interval: number, attempts: number])[]): string {
  const steps = bounds.map(
    ([interval, attempts], index) => `  - id: wait_${index}
    type: wait_for
    depends_on: [${bounds.slice(0, index).map((_, earlier) => `wait_${earlier}`)}]
    waiter: rds:DBInstanceAvailable
    parameters: { DBInstanceIdentifier: demo-database }
    interval: ${interval}
    max_attempts: ${attempts}
`,
  );
  return `name: long_waits
version: "1.0"
description: "Waits for a database"
author: "tests"
steps:
${steps.join('')}security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: ${seconds}
`;
}

const found = (text: string) =>
  compileText(text, 'enterprise')
    .diagnostics.filter(({ code }) => code === 'WF5007')
    .map(({ message }) => message);

describe('WF5007: the events of all waits', () => {
  it.each<[string, string, readonly string[]]>([
    ['one wait that looks as often as one can', waits(28_000, [1, 1000]), []],
    ['waits that come to just under 25,000 events', waits(28_000, [1, 1000], [1, 1000], [1, 778]), []],
    [
      'waits that come to one look more',
      waits(28_000, [1, 1000], [1, 1000], [1, 779]),
      ['the waits may look so often that a run comes to 25005 events, and Step Functions ends it at 25000'],
    ],
    ['waits that the run is too short for', waits(600, [1, 1000], [1, 1000], [1, 1000]), []],
    ['many pauses that take the time of the run', waits(5_000, [3, 1000], [3, 1000], [3, 1000]), []],
  ])('%s', (_, text, messages) => {
    expect(found(text)).toEqual(messages);
  });
});
