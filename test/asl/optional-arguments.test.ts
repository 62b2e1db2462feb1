import { runCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';

const BYTECODE = bytecodeOf(
  JSON.stringify({
    name: 'optional',
    version: '1.0',
    description: 'Optional',
    author: 'test',
    parameters: [
      { name: 'id', type: 'string', required: false },
      { name: 'engines', type: 'string_list', required: false },
    ],
    steps: [
      {
        id: 'find',
        type: 'command',
        action: 'rds:DescribeDBInstances',
        parameters: {
          DBInstanceIdentifier: '${params.id}',
          Filters: [{ Name: 'engine', Values: ['postgres'] }],
          MaxRecords: 100,
        },
      },
      {
        id: 'snapshots',
        type: 'command',
        depends_on: ['find'],
        when: '${$exists(params.id)}',
        action: 'rds:DescribeDBSnapshots',
        parameters: { DBInstanceIdentifier: '${params.id & ""}' },
      },
      {
        id: 'versions',
        type: 'command',
        depends_on: ['find'],
        action: 'rds:DescribeDBInstances',
        parameters: { Filters: '${$exists(params.engines) ? [{"Name": "engine", "Values": params.engines}] : []}' },
      },
    ],
    outputs: { id: '${params.id}', snapshots: '${$exists(steps.snapshots) ? "seen" : "none"}' },
    security: { required_permissions: ['rds:DescribeDBInstances', 'rds:DescribeDBSnapshots'], max_duration: 600 },
  }),
);

async function run(parameters: Readonly<Record<string, unknown>>) {
  const { execution } = await runCase(BYTECODE, { parameters }, catalog());
  const calls = execution.history.flatMap(({ type, taskScheduledEventDetails: details }) =>
    type === 'TaskScheduled' ? [JSON.parse((details as { readonly parameters: string }).parameters) as unknown] : [],
  );
  return { output: execution.output, cause: execution.cause, calls };
}

const FIRST = { Filters: [{ Name: 'engine', Values: ['postgres'] }], MaxRecords: 100 };

describe('a parameter that need not be given', () => {
  it('is left out of the call and of what the run returns where it was not', async () => {
    expect(await run({})).toEqual({ output: { snapshots: 'none' }, calls: [FIRST, { Filters: [] }] });
  });

  it('stands in both where it was', async () => {
    expect(await run({ id: 'demo-database' })).toEqual({
      output: { id: 'demo-database', snapshots: 'seen' },
      calls: [
        { DbInstanceIdentifier: 'demo-database', ...FIRST },
        { DbInstanceIdentifier: 'demo-database' },
        { Filters: [] },
      ],
    });
  });
});
