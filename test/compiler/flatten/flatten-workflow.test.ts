import fc from 'fast-check';
import { toAsl } from '../../../lib/asl/to-asl.ts';
import type { Tier } from '../../../lib/compiler/bytecode.ts';
import { EXAMPLE_OTHER, exampleWith } from '../../../lib/diagnostics/code-entry.ts';
import { compileText } from '../../support/compile.ts';
import { RANDOM_WORKFLOW, sourceOf } from '../../support/random-workflow.ts';

const build = (text: string, others: readonly string[] = [EXAMPLE_OTHER], tier: Tier = 'community') =>
  compileText(
    text,
    tier,
    'workflow.yaml',
    others.map((other) => ({ text: other, tier })),
  );

function built(text: string, others?: readonly string[], tier?: Tier) {
  const { bytecode, diagnostics } = build(text, others, tier);
  if (bytecode === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return bytecode;
}

const findings = (text: string, others?: readonly string[]): readonly string[] =>
  build(text, others).diagnostics.map(({ code, message, span }) => `${span.start.line} ${code} ${message}`);

const DRAW = (more = '', value = '"${params.instance_id}"'): string => `steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters: {instance_id: ${value}}${more.replace(/^/gm, '\n    ').trimEnd()}`;

it('gives the same states as the steps written out by hand', () => {
  fc.assert(
    fc.property(RANDOM_WORKFLOW, (random) => {
      const inner = sourceOf(random);
      const { parameters, outputs, ...rest } = JSON.parse(inner);
      const caller = {
        ...rest,
        name: 'caller',
        parameters,
        steps: [
          {
            id: 'a',
            type: 'workflow',
            workflow: 'random',
            parameters: Object.fromEntries(
              parameters.map(({ name }: { name: string }) => [name, `\${params.${name}}`]),
            ),
          },
        ],
        outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, `\${steps.a.${name}}`])),
      };
      const byHand = inner.replaceAll(/\bs(\d)\b(?!-)/g, 'a_s$1').replace('"random"', '"caller"');
      const drawn = built(JSON.stringify(caller), [inner], 'enterprise');
      const written = built(
        JSON.stringify({ ...JSON.parse(byHand), outputs: renamed(JSON.parse(byHand).outputs) }),
        [],
        'enterprise',
      );
      expect(toAsl(drawn).States).toEqual(toAsl(written).States);
      expect(drawn.execution_plan.map(({ from, ...entry }) => entry)).toEqual(written.execution_plan);
      expect(new Set(drawn.execution_plan.map(({ from }) => from?.workflow))).toEqual(new Set(['random']));
    }),
    { numRuns: 60 },
  );
});

/** What a run returns keeps its name: only the steps are called otherwise. */
function renamed(outputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(outputs).map(([name, text]) => [name.replace(/^a_/, ''), text]));
}

it('a fixed text arrives as it was given, whatever signs are in it', () => {
  const other = exampleWith(`name: tell
parameters: [{name: words, type: string, required: true}]
steps:
  - id: tell
    type: command
    action: sns:Publish
    parameters: {TopicArn: "arn:aws:sns:us-east-1:123456789012:operations", Message: "say $ \${params.words}{params.words}"}
security: {required_permissions: ["sns:Publish"], max_duration: 600}`);
  const signs = fc.string({
    unit: fc.constantFrom('$', '{', '}', '"', '\\', 'a', ' ', '%'),
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(signs, (words) => {
      const given = JSON.stringify(words.replaceAll('${', () => '$${'));
      const text = exampleWith(`parameters: []
steps: [{id: call, type: workflow, workflow: tell, parameters: {words: ${given}}}]
security: {required_permissions: ["sns:Publish"], max_duration: 600}`);
      expect(built(text, [other]).execution_plan[0]?.call?.arguments.Message).toEqual({
        kind: 'literal',
        value: `say $ ${words}{params.words}`,
      });
    }),
    { numRuns: 60 },
  );
});

describe('the rules of the other workflow hold for what it is given', () => {
  it('a parameter takes them over, and a run checks them first', () => {
    const [parameter] = built(exampleWith(DRAW())).parameters;
    expect(parameter?.patterns?.map(({ pattern }) => pattern)).toEqual([
      '^(?:[a-z][a-z0-9-]{0,62})$',
      expect.stringContaining('[A-Za-z]'),
    ]);
  });

  it('a parameter with a pattern of its own has to match both', () => {
    const text = exampleWith(
      `parameters: [{name: instance_id, type: string, required: true, pattern: "prod-.*"}]\n${DRAW()}`,
    );
    expect(
      built(text)
        .parameters[0]?.patterns?.map(({ pattern }) => pattern)
        .slice(0, 2),
    ).toEqual(['^(?:prod-.*)$', '^(?:[a-z][a-z0-9-]{0,62})$']);
  });

  it('a fixed value is checked by the build, and stands in the call', () => {
    const text = exampleWith(`parameters: []\n${DRAW('', '"orders"')}`);
    expect(built(text).execution_plan[0]?.call?.arguments).toEqual({
      DBInstanceIdentifier: { kind: 'literal', value: 'orders' },
    });
    expect(findings(text.replace('"orders"', '"Orders"'))).toEqual([
      expect.stringMatching(
        /^10 WF3017 parameter "instance_id" must match .*; it is "Orders", of workflow "find_database"$/,
      ),
    ]);
    expect(findings(text.replace('"orders"', '5'))).toEqual([
      '10 WF3017 parameter "instance_id" must be a string; it is 5, of workflow "find_database"',
    ]);
  });

  it('a value that is known in a run only is asserted before the first step', () => {
    const [assertion, find] = built(exampleWith(DRAW('', '"db-${params.instance_id}"'))).execution_plan;
    expect(assertion).toMatchObject({ step_id: 'look_instance_id_fits', type: 'assert' });
    expect(assertion?.that?.jsonata).toContain('($value := "db-" & $params.instance_id; ($type($value) = "string")');
    expect(assertion?.that?.jsonata).toContain('$contains($value, /^(?:[a-z][a-z0-9-]{0,62})(?![\\s\\S])/)');
    expect(find).toMatchObject({ step_id: 'look_find', depends_on: ['look_instance_id_fits'] });
  });

  it('the default and the allowed values of a parameter obey them', () => {
    const parameters = (rule: string) =>
      exampleWith(`parameters:\n  - {name: instance_id, type: string, ${rule}}\n${DRAW()}`);
    expect(findings(parameters('required: false, default: "Orders"'))[0]).toMatch(/^6 WF3017 .*which it is given to$/);
    expect(findings(parameters('required: true, enum: ["a", "B"]'))[0]).toMatch(/^6 WF3017 .*it is "B"/);
    expect(built(parameters('required: true, enum: ["a", "b"]')).parameters[0]?.enum).toEqual(['a', 'b']);
  });

  it.each([
    ['parameters: {}', 'WF3017 workflow "find_database" needs the parameter "instance_id" (string)'],
    ['parameters: {instance_id: "a", colour: "red"}', 'WF3017 workflow "find_database" has no parameter "colour"'],
    ['parameters: {instance_id: {a: "b"}}', 'WF3017 "instance_id" takes a text'],
    [
      'parameters: {instance_id: "${params.count}"}',
      'WF3017 "instance_id" takes a text, parameter "count" is a whole number',
    ],
    [
      'parameters: {instance_id: "${params.maybe}"}',
      'WF3017 parameter "maybe" need not be given, and "instance_id" is then missing',
    ],
  ])('%s: %s', (given, expected) => {
    const step = DRAW().replace(/ {4}parameters:.*/, `    ${given}`);
    const parameters =
      'parameters:\n  - {name: count, type: integer, required: true}\n  - {name: maybe, type: string, required: false}\n';
    expect(findings(exampleWith(parameters + step)).map((one) => one.replace(/^\d+ /, ''))).toEqual([expected]);
  });
});

describe('what the step itself reads', () => {
  it.each([
    ['"${params.instance}"', 'WF2002 no parameter named "instance"'],
    ['"${steps.find.DBInstances}"', 'WF2001 no step named "find"'],
    ['"${steps.look.arn}"', 'WF2001 no step named "look"'],
    ['"${item}"', 'WF2008 there is no item in a workflow step'],
    ['"${params.}"', 'WF1005'],
  ])('%s is told once: %s', (value, expected) => {
    expect(findings(exampleWith(DRAW('', value)))).toEqual([expect.stringContaining(expected)]);
  });

  it('a step in depends_on is told once', () => {
    expect(findings(exampleWith(DRAW('depends_on: [find]')))).toEqual([
      expect.stringContaining('WF2001 no step named "find"'),
    ]);
  });
});

describe('options of the step', () => {
  const plan = (more: string, others?: readonly string[]) => built(exampleWith(DRAW(more)), others).execution_plan;

  it('when holds for each step, and joins their own', () => {
    const other = EXAMPLE_OTHER.replace(
      'type: command',
      'type: command\n    when: "${params.instance_id != \'x\'}"',
    ).replace(/outputs:[\s\S]*$/, '');
    expect(plan('when: "${params.instance_id != \'y\'}"')[0]?.when?.source).toBe("${params.instance_id != 'y'}");
    expect(plan('when: "${params.instance_id != \'y\'}"', [other])[0]?.when?.source).toBe(
      '${params.instance_id != "y" ? params.instance_id != "x" : false}',
    );
  });

  it('on_error: fail leaves what was done', () => {
    expect(plan('on_error: fail').map(({ on_error: onError }) => onError)).toEqual(['fail']);
  });

  it.each([
    'for_each: "${[1]}"',
    'retry: {errors: [any]}',
    'timeout: 5',
    'output: {a: "${result.arn}"}',
    'on_error: continue',
  ])('%s is refused', (option) => {
    const [field] = option.split(':');
    expect(findings(exampleWith(DRAW(option)))).toEqual([
      expect.stringContaining(`WF3016 a workflow step cannot have ${field}`),
    ]);
  });
});

describe('what is wrong is told at the step', () => {
  it('a permission that an inner step needs', () => {
    const text = exampleWith(
      `${DRAW()}\nsecurity:\n  required_permissions: ["rds:DescribeDBSnapshots"]\n  max_duration: 600`,
    );
    expect(findings(text)[0]).toMatch(/^12 WF4001 .*\(step "find" of workflow "find_database"\)$/);
  });

  it('a workflow with errors of its own', () => {
    expect(findings(exampleWith(DRAW()), [EXAMPLE_OTHER.replace('DescribeDBInstances', 'DescribeNothing')])).toEqual([
      '12 WF2011 workflow "find_database" has errors of its own',
    ]);
  });

  it('a circle, with the workflows on the way', () => {
    const other = (name: string, draws: string) =>
      exampleWith(`name: ${name}\n${DRAW().replace('find_database', draws)}`);
    expect(findings(other('a', 'b'), [other('b', 'c'), other('c', 'a'), other('a', 'b')])).toEqual([
      '12 WF2010 workflows stand in each other in a circle: a → b → c → a',
    ]);
  });

  it('steps that need each other, through what a workflow returns', () => {
    const circle = `${DRAW('depends_on: [pause]')}
  - {id: pause, type: assert, that: '\${steps.look.arn = "x"}', message: "No"}`;
    expect(findings(exampleWith(circle))).toEqual([
      '10 WF2004 steps depend on each other in a circle: look → pause → look',
    ]);
  });

  it('more than five in one another', () => {
    const draws = (name: string, other: string) =>
      exampleWith(`name: ${name}\n${DRAW().replace('find_database', other)}`);
    const others = [
      EXAMPLE_OTHER,
      draws('w1', 'find_database'),
      ...[2, 3, 4, 5].map((n) => draws(`w${n}`, `w${n - 1}`)),
    ];
    expect(built(draws('w5', 'w4'), others).execution_plan[0]?.step_id).toBe('look_look_look_look_look_find');
    expect(findings(draws('w6', 'w5'), others)).toEqual([
      '12 WF5006 with "w5", more than 5 workflows stand in one another',
    ]);
  });

  it('another version, and a name that is not there', () => {
    expect(findings(exampleWith(DRAW('version: "2.0"')))).toEqual([
      expect.stringContaining('WF2014 workflow "find_database" has the version 1.0, not 2.0'),
    ]);
    expect(findings(exampleWith(DRAW()), [])).toEqual(['12 WF2014 no workflow named "find_database"']);
  });

  it('names that are taken or too long', () => {
    const taken = `${DRAW()}\n  - id: look_find\n    type: sleep\n    seconds: 1`;
    expect(findings(exampleWith(taken))).toEqual([expect.stringContaining('WF2013')]);
    const long = DRAW().replace('id: look', `id: ${'l'.repeat(60)}`);
    expect(findings(exampleWith(long))).toEqual([expect.stringContaining('which has 65 characters; 64 are allowed')]);
  });

  it('an index into what has no one list', () => {
    const other = EXAMPLE_OTHER.replace('DBInstances[0].DBInstanceArn', 'DBInstances.DBInstanceArn');
    const text = exampleWith(`${DRAW()}\noutputs: {a: '\${steps.look.arn[0]}'}`);
    expect(findings(text, [other])).toEqual([
      expect.stringContaining('WF2012 the path of "steps.look.arn[0]" cannot be followed'),
    ]);
  });

  it.each([
    ['${steps.look}', 'step "look" has no result of its own, only the outputs of workflow "find_database"'],
    ['${steps.look.DBInstances}', 'workflow "find_database" has no output "DBInstances"'],
    [
      '${steps.look_find.DBInstances[0].DBInstanceArn}',
      '"look_find" is a step inside of "look", which only its own workflow can name',
    ],
  ])('reading %s', (read, message) => {
    expect(findings(exampleWith(`${DRAW()}\noutputs: {a: '${read}'}`)).map((one) => one.replace(/^\d+ /, ''))).toEqual([
      `WF2012 ${message}`,
    ]);
  });
});

it('rules and assertions go through all workflows on the way', () => {
  const between = exampleWith(`name: between
parameters:
  - {name: database, type: string, required: true}
  - {name: part, type: string, required: true}
steps:
  - {id: whole, type: workflow, workflow: find_database, parameters: {instance_id: "\${params.database}"}}
  - {id: made, type: workflow, workflow: find_database, parameters: {instance_id: "db-\${params.part}"}}`);
  const text = exampleWith(`parameters:
  - {name: name, type: string, required: true}
  - {name: more, type: string, required: true}
steps:
  - {id: all, type: workflow, workflow: between, parameters: {database: "\${params.name}", part: "\${params.more}"}}`);
  const { parameters, execution_plan: plan } = built(text, [EXAMPLE_OTHER, between]);
  expect(parameters[0]?.patterns?.[0]?.pattern).toBe('^(?:[a-z][a-z0-9-]{0,62})$');
  expect((parameters[1]?.patterns ?? []).map(({ pattern }) => pattern)).not.toContain('^(?:[a-z][a-z0-9-]{0,62})$');
  const [assertion] = plan.filter(({ type }) => type === 'assert');
  expect(assertion?.step_id).toBe('all_made_instance_id_fits');
  expect(assertion?.that?.jsonata).toMatch(/^\(\$value := "db-" & \$params\.more; /);
  expect(new Set(plan.map(({ from }) => from?.workflow))).toEqual(new Set(['between']));
});

it('a parameter that is not given is as if it were not there', () => {
  const other = exampleWith(`name: find_some
parameters:
  - {name: instance_id, type: string, required: false}
  - {name: limit, type: integer, required: false}
  - {name: marker, type: string, required: false, default: "start"}
steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
      MaxRecords: "\${params.limit}"
      Marker: "\${params.marker}"`);
  const caller = exampleWith(`parameters: [{name: limit, type: integer, required: false}]
steps: [{id: look, type: workflow, workflow: find_some, parameters: {limit: "\${params.limit}"}}]`);
  expect(built(caller, [other]).execution_plan[0]?.call?.arguments).toEqual({
    MaxRecords: { kind: 'expression', source: '${params.limit}', jsonata: '$params.limit', optional: true },
    Marker: { kind: 'literal', value: 'start' },
  });
});

it('who depends on the step, or reads it, waits for all of its steps', () => {
  const other = EXAMPLE_OTHER.replace(
    'security:',
    '  - {id: pause, type: sleep, seconds: 1, depends_on: [find]}\n  - {id: rest, type: sleep, seconds: 1}\nsecurity:',
  );
  const text = exampleWith(
    `${DRAW()}
  - {id: named, type: sleep, seconds: 1, depends_on: [look]}
  - {id: reads, type: assert, that: '\${steps.look.arn = "x"}', message: "No"}`,
  );
  const needs = Object.fromEntries(
    built(text, [other]).execution_plan.map((entry) => [entry.step_id, entry.depends_on]),
  );
  expect(needs.named).toEqual(['look_pause', 'look_rest']);
  expect(needs.reads).toEqual(['look_find', 'look_pause', 'look_rest']);
});

it.each([
  ['community', 'enterprise', false],
  ['community', 'verified', false],
  ['community', 'community', true],
  ['verified', 'enterprise', true],
  ['enterprise', 'verified', true],
  ['verified', 'community', true],
] as const)('a %s workflow in a %s one: %s', (inner, outer, fits) => {
  const { diagnostics } = compileText(exampleWith(DRAW()), outer, 'workflow.yaml', [
    { text: EXAMPLE_OTHER, tier: inner },
  ]);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual(
    fits
      ? []
      : [`WF4007 workflow "find_database" is of the community tier, which is trusted less than the ${outer} tier`],
  );
});

it('the ceilings of the tier hold for the whole', () => {
  const other = exampleWith(`name: stop
parameters: []
steps:
  - id: stop
    type: command
    action: rds:StopDBInstance
    parameters: {DBInstanceIdentifier: orders}
    undo:
      action: rds:StartDBInstance
      parameters: {DBInstanceIdentifier: orders}
security:
  required_permissions: ["rds:StopDBInstance", "rds:StartDBInstance"]
  max_duration: 600`);
  const caller = exampleWith(`parameters: []
steps: [{id: look, type: workflow, workflow: stop}]
security:
  required_permissions: ["rds:StopDBInstance", "rds:StartDBInstance"]
  max_duration: 600`);
  const { diagnostics } = compileText(caller, 'community', 'workflow.yaml', [{ text: other, tier: 'enterprise' }]);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toContainEqual(
    expect.stringMatching(/^WF4004 rds:StopDBInstance .*\(step "stop" of workflow "stop"\)$/),
  );
});

describe('conditions of both workflows', () => {
  const other = exampleWith(`name: careful
steps:
  - id: ask
    type: approval
    message: "Stop it?"
    timeout: 60
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters: {DBInstanceIdentifier: "\${params.instance_id}"}
  - id: stop
    type: command
    irreversible: true
    action: rds:StopDBInstance
    depends_on: [ask]
    when: '\${steps.find.DBInstances[0].DBInstanceStatus = "available"}'
    parameters: {DBInstanceIdentifier: "\${steps.find.DBInstances[0].DBInstanceIdentifier}"}
security: {required_permissions: ["rds:DescribeDBInstances", "rds:StopDBInstance"], max_duration: 600}`);
  const caller = (when: string) =>
    exampleWith(`steps:
  - id: look
    type: workflow
    workflow: careful
    parameters: {instance_id: "\${params.instance_id}"}
    when: "${when}"
security: {required_permissions: ["rds:DescribeDBInstances", "rds:StopDBInstance"], max_duration: 600}`);

  it('let a step read what runs wherever it runs, and keep its approval', () => {
    const plan = built(caller("${params.instance_id != 'none'}"), [other], 'enterprise').execution_plan;
    expect(plan.map(({ step_id: id, when }) => [id, when?.source])).toEqual([
      ['look_ask', "${params.instance_id != 'none'}"],
      ['look_find', "${params.instance_id != 'none'}"],
      [
        'look_stop',
        '${params.instance_id != "none" ? steps.look_find.DBInstances[0].DBInstanceStatus = "available" : false}',
      ],
    ]);
  });

  it('do not let a condition read a step before its own condition has been looked at', () => {
    const steps = (when: string) =>
      exampleWith(`steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    when: "\${params.instance_id != 'none'}"
    parameters: {DBInstanceIdentifier: "\${params.instance_id}"}
  - id: pause
    type: sleep
    seconds: 1
    when: '\${${when}}'`);
    const found = 'steps.find.DBInstances[0].DBInstanceStatus = "available"';
    const asked = 'params.instance_id != "none"';
    expect(findings(steps(`${asked} and ${found}`))).toEqual([]);
    expect(findings(steps(`${found} and ${asked}`))).toEqual([expect.stringContaining('WF2007')]);
  });
});

it('one value for a member that takes several stays a list of one, whatever is given for it', () => {
  const other = exampleWith(`name: look_at_instance
steps:
  - id: find
    type: command
    intent: "describe the EC2 instances"
    context: {service: ec2, instance_ids: "\${params.instance_id}"}
security: {required_permissions: ["ec2:DescribeInstances"], max_duration: 600}`);
  const caller = exampleWith(`parameters: [{name: name, type: string, required: true}]
steps:
  - {id: all, type: command, action: ec2:DescribeInstances}
  - id: look
    type: workflow
    workflow: look_at_instance
    parameters: {instance_id: "\${$substringAfter(params.name, ':')}"}
    depends_on: [all]
security: {required_permissions: ["ec2:DescribeInstances"], max_duration: 600}`);
  expect(built(other, []).execution_plan[0]?.call?.arguments.InstanceIds?.kind).toBe('list');
  const found = built(caller, [other]).execution_plan.find(({ step_id: id }) => id === 'look_find');
  expect(found?.call?.arguments.InstanceIds?.kind).toBe('list');
});
