import { bytecodeOf, compileText } from '../../support/compile.ts';

const FIND = {
  id: 'find',
  type: 'command',
  action: 'rds:DescribeDBInstances',
  parameters: { DBInstanceIdentifier: '${params.name}' },
};

/** A workflow in which `find` may leave nothing, `note` need not be given, and `more` reads them. */
function source(more: object, find: object = { on_error: 'continue' }, outputs: object = {}): string {
  return JSON.stringify({
    name: 'guards',
    version: '1.0',
    description: 'Guards',
    author: 'test',
    parameters: [
      { name: 'name', type: 'string', required: true },
      { name: 'note', type: 'string', required: false },
      { name: 'notes', type: 'string_list', required: false },
    ],
    steps: [
      { ...FIND, ...find },
      { id: 'more', type: 'command', action: 'rds:DescribeDBInstances', parameters: {}, ...more },
    ],
    outputs: { name: '${params.name}', ...outputs },
    security: { required_permissions: ['rds:DescribeDBInstances'], max_duration: 600 },
  });
}

const errorsOf = (text: string): readonly string[] =>
  compileText(text)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`);

const STATUS = 'steps.find.DBInstances[0].DBInstanceStatus';

describe('a step that may have left nothing', () => {
  it.each([
    `\${$exists(steps.find)}`,
    `\${$exists(${STATUS})}`,
    `\${$exists(steps.find) ? ${STATUS} : "none"}`,
    `\${$exists(${STATUS}) ? ${STATUS} : "none"}`,
    `\${$not($exists(steps.find)) ? "none" : ${STATUS}}`,
    `\${$exists(steps.find) and ${STATUS} = "available"}`,
    `\${$not($exists(steps.find)) or ${STATUS} = "available"}`,
    `\${$not($not($exists(steps.find)) or params.name = "x") ? ${STATUS} : "none"}`,
    `\${params.name = "x" and $exists(steps.find) ? ${STATUS} : "none"}`,
    `\${$boolean($exists(steps.find)) ? [{"a": ${STATUS}}] : []}`,
  ])('is read behind a guard: %s', (value) => {
    expect(errorsOf(source({}, { on_error: 'continue' }, { value }))).toEqual([]);
  });

  it.each([
    `\${${STATUS}}`,
    `\${$exists(steps.find) ? "none" : ${STATUS}}`,
    `\${$exists(steps.find) or ${STATUS} = "available"}`,
    `\${$exists(steps.find) or params.name = "x" ? ${STATUS} : "none"}`,
    `\${$not($exists(steps.find)) and ${STATUS} = "available"}`,
    `\${${STATUS} = "available" and $exists(steps.find)}`,
    `\${$exists(steps.more) ? ${STATUS} : "none"}`,
    `\${$count(steps.find)}`,
    `\${$exists([${STATUS}])}`,
    `\${$exists(steps.find)}\${${STATUS}}`,
  ])('is not read without one: %s', (value) => {
    expect(errorsOf(source({}, { on_error: 'continue' }, { value }))).toEqual([
      'WF2007 step "find" may leave no result: it is passed over when it fails',
    ]);
  });

  it('is read by a step that runs only where it is there', () => {
    const parameters = { DBInstanceIdentifier: '${steps.find.DBInstances[0].DBInstanceIdentifier}' };
    const guarded = { when: '${params.name != "x" and $exists(steps.find.DBInstances)}', parameters };
    expect(errorsOf(source(guarded))).toEqual([]);
    expect(errorsOf(source(guarded, { when: '${params.name = "y"}' }))).toEqual([]);
    expect(errorsOf(source({ when: `\${${STATUS} = "available"}` }))).toHaveLength(1);
    expect(errorsOf(source({ parameters }, { when: '${params.name = "y"}' }))).toEqual([
      'WF2007 step "find" may leave no result: it has a when that this step does not have',
    ]);
  });
});

describe('a parameter that need not be given', () => {
  it('is left out with the argument that it is', () => {
    const bytecode = bytecodeOf(source({ parameters: { DBInstanceIdentifier: '${params.note}' } }));
    expect(bytecode.execution_plan[1]?.call?.arguments).toEqual({
      DBInstanceIdentifier: { kind: 'expression', source: '${params.note}', jsonata: '$params.note', optional: true },
    });
  });

  it('is an output only where it is given', () => {
    expect(errorsOf(source({}, {}, { note: '${params.note}' }))).toEqual([]);
  });

  it.each([
    { parameters: { DBInstanceIdentifier: 'a-${params.note}' } },
    { parameters: { DBInstanceIdentifier: '${$uppercase(params.note)}' } },
    { parameters: { Filters: [{ Name: 'engine', Values: ['${params.note}'] }] } },
    { when: '${params.note = "x"}' },
    { for_each: '${params.notes}', parameters: { DBInstanceIdentifier: '${item}' } },
    { output: { note: '${params.note}' } },
  ])('is not read where something has to be there: %j', (more) => {
    const name = 'for_each' in more ? 'notes' : 'note';
    expect(errorsOf(source(more))).toEqual([
      `WF2009 params.${name} may be left out, and then there is nothing to read here`,
    ]);
  });

  it('does not stand for a member that has to be given', () => {
    expect(errorsOf(source({ parameters: { Filters: [{ Name: '${params.note}', Values: ['a'] }] } }))).toEqual([
      'WF2009 Name has to be given, and params.note may be left out',
    ]);
  });

  it.each([
    { parameters: { DBInstanceIdentifier: '${$exists(params.note) ? "a-" & params.note : params.name}' } },
    { when: '${$exists(params.note)}', parameters: { DBInstanceIdentifier: 'a-${params.note}' } },
    { when: '${$exists(params.note) and params.note != "x"}' },
  ])('is read behind a guard: %j', (more) => {
    expect(errorsOf(source(more))).toEqual([]);
  });
});
