import jsonata from 'jsonata';
import { bytecodeOf, compileText } from '../support/compile.ts';

/** The JSONata that a value of `Message` becomes, with a step before it whose result can be read. */
function jsonataOf(value: string): string {
  const bytecode = bytecodeOf(workflow(value), 'enterprise');
  const argument = bytecode.execution_plan.find(({ step_id: id }) => id === 'second')?.call?.arguments.Message;
  if (argument?.kind !== 'expression') throw new Error(`It became ${JSON.stringify(argument)}`);
  jsonata(argument.jsonata);
  return argument.jsonata;
}

function workflow(value: string): string {
  return JSON.stringify({
    name: 'expressions',
    version: '1.0',
    description: 'Expressions',
    author: 'test',
    parameters: [
      { name: 'id', type: 'string' },
      { name: 'names', type: 'string_list', required: true },
    ],
    steps: [
      {
        id: 'first',
        type: 'command',
        action: 'rds:DescribeDBInstances',
        parameters: { DBInstanceIdentifier: '${params.id & params.names[0]}' },
      },
      {
        id: 'second',
        type: 'command',
        action: 'sns:Publish',
        parameters: { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:news', Message: value },
      },
    ],
    security: { required_permissions: ['rds:DescribeDBInstances', 'sns:Publish'], max_duration: 60 },
  });
}

describe('expressions as Step Functions evaluates them', () => {
  it.each([
    ['${params.id}', '$params.id'],
    ['${steps.first.DBInstances[0].DBInstanceIdentifier}', '$first.DbInstances[0].DbInstanceIdentifier'],
    [
      '${steps.first.DBInstances[MultiAZ = true][0].DBInstanceIdentifier}',
      '$first.DbInstances[MultiAZ = true][0].DbInstanceIdentifier',
    ],
    [
      '${steps.first.DBInstances[DBInstanceStatus = "available"][0].DBSubnetGroup.DBSubnetGroupName}',
      '$first.DbInstances[DbInstanceStatus = "available"][0].DbSubnetGroup.DbSubnetGroupName',
    ],
    ['${params.names[$ != "x"][0]}', '$params.names[$ != "x"][0]'],
    ['${params.id}-${timestamp}', '$params.id & "-" & $timestamp'],
    ['${execution.name}', '$states.context.Execution.Name'],
    ['${region}', '$split($states.context.Execution.Id, ":")[3]'],
    ['x-${1 + 2}', '"x-" & (1 + 2)'],
    ['${$lowercase(params.id)}', '$lowercase($params.id)'],
    ['a"b${params.id}', '"a\\"b" & $params.id'],
  ])('%s', (written, evaluated) => {
    expect(jsonataOf(written)).toBe(evaluated);
  });

  it.each([['${region.x}'], ['${execution.id.x}'], ['${timestamp[0]}']])('%s has no fields', (value) => {
    expect(compileText(workflow(value), 'enterprise').diagnostics.map(({ code }) => code)).toContain('WF2005');
  });
});
