import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorkflow } from '../../lib/language/parse-workflow.ts';
import { expectDiagnostics } from '../support/diagnostics.ts';

const EVERY_STEP = readFileSync(join(__dirname, 'every-step.yaml'), 'utf8');

/** A workflow with one step; its fields start in line 7. */
const withStep = (...lines: readonly string[]) => `name: w
version: "1.0"
description: "d"
author: "a"
security: {required_permissions: [], max_duration: 60}
steps:
  - id: s
${lines.map((line) => `    ${line}\n`).join('')}`;

const CALL = ['type: command', 'action: rds:CreateDBSnapshot'];
const WAIT = ['type: wait_for', 'waiter: rds:DBSnapshotAvailable'];

describe('every type of step', () => {
  it('parses without a diagnostic, as it is written', () => {
    const { parsed, diagnostics } = parseWorkflow('w.yaml', EVERY_STEP);
    expect(diagnostics).toEqual([]);
    expect(parsed?.workflow.steps.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['command', 'wait_for', 'sleep', 'approval', 'assert', 'workflow']),
    );
    expect(parsed?.workflow.steps[0]).toMatchObject({
      for_each: '${params.instance_ids}',
      retry: { errors: ['throttling', 'DBInstanceNotFound'], backoff_rate: 1.5, jitter: true },
    });
    expect(parsed?.workflow.outputs).toHaveProperty('summary', '${params.instance_ids[0]} is saved');
  });

  it.each([
    ['sleep', ['type: sleep', 'seconds: 0']],
    ['approval', ['type: approval', 'message: "Go on?"']],
    ['assert', ['type: assert', 'that: "${1 = 1}"', 'message: no']],
    ['workflow', ['type: workflow', 'workflow: other']],
    ['wait_for with a waiter', WAIT],
    ['wait_for with a call', ['type: wait_for', 'action: rds:DescribeDBSnapshots', 'until: "${$exists(result)}"']],
    ['undo beside irreversible: false', [...CALL, 'irreversible: false', 'undo: {action: "rds:DeleteDBSnapshot"}']],
    ['no retry at all', [...CALL, 'retry: {errors: [any], max_attempts: 0}']],
    ['an error code with a dot', [...CALL, 'retry: {errors: [InvalidVolume.NotFound]}']],
  ])('%s needs no more', (_what, lines) => {
    expectDiagnostics(withStep(...lines)).toEqual([]);
  });
});

describe('fields of a step', () => {
  it.each([
    [
      ['type: sleep', 'secconds: 3'],
      '9:5-9:13 WF1003 step "s" has no field named "secconds" | did you mean "seconds"?',
    ],
    [
      ['type: sleep', 'seconds: 3', 'waiter: rds:DBSnapshotAvailable'],
      '10:5-10:11 WF1003 step "s" has no field named "waiter" | a sleep step has: id, type, seconds, depends_on, when, for_each, max_concurrency, retry, timeout, on_error, output',
    ],
    [
      ['type: assert', 'that: "${1 = 1}"', 'message: no', 'seconds: 3'],
      '11:5-11:12 WF1003 step "s" has no field named "seconds" | an assert step has: id, type, that, message, depends_on, when, for_each, max_concurrency, retry, timeout, on_error, output',
    ],
    [
      [...CALL, 'undo:', '  action: rds:DeleteDBSnapshot', '  retry: {errors: [any]}'],
      '12:7-12:12 WF1003 "undo" of step "s" has no field named "retry" | an undo has: intent, context, action, parameters, iam_actions',
    ],
    [
      [...CALL, 'retry: {errors: [any], zzzz: 3}'],
      '10:28-10:32 WF1003 "retry" of step "s" has no field named "zzzz" | a retry has: errors, max_attempts, interval, backoff_rate, max_interval, jitter',
    ],
    [['type: sleep'], '7:5-7:10 WF1002 step "s" lacks the field "seconds" | write for example: seconds: 30'],
    [
      ['type: workflow'],
      '7:5-7:10 WF1002 step "s" lacks the field "workflow" | write for example: workflow: rds_backup_simple',
    ],
    [
      [...CALL, 'retry: {}'],
      '10:12-10:14 WF1002 "retry" of step "s" lacks the field "errors" | write for example: errors: [throttling]',
    ],
    [['seconds: 3'], '7:5-7:10 WF1002 step "s" lacks the field "type" | write for example: type: command'],
    [
      ['type: wait_fro', 'waiter: rds:X'],
      '8:11-8:19 WF1004 "type" of step "s" must be one of "command", "wait_for", "sleep", "approval", "assert", "workflow", but is "wait_fro" | did you mean "wait_for"?',
    ],
  ])('%j', (lines, expected) => {
    expectDiagnostics(withStep(...lines)).toEqual([expected]);
  });

  it.each([
    ['max_concurrency: 0', 'a whole number from 1 to 40, but is 0'],
    ['max_concurrency: 41', 'a whole number from 1 to 40, but is 41'],
    ['timeout: 0', 'a whole number of seconds from 1 to 604800, but is 0'],
    ['timeout: 604801', 'a whole number of seconds from 1 to 604800, but is 604801'],
    ['timeout: 1.5', 'a whole number of seconds from 1 to 604800, but is 1.5'],
    ['retry: {errors: [any], max_attempts: 21}', 'a whole number from 0 to 20, but is 21'],
    ['retry: {errors: [any], interval: 3601}', 'a whole number of seconds from 1 to 3600, but is 3601'],
    ['retry: {errors: [any], backoff_rate: 0.5}', 'a number from 1 to 10, but is 0.5'],
    ['retry: {errors: [States.ALL]}', 'or throttling, timeout or any, but is "States.ALL"'],
    ['retry: {errors: []}', 'a list of 1 to 20 different error names'],
    ['retry: {errors: [any, any]}', 'a list of 1 to 20 different error names'],
    ['retry: {errors: any}', 'a list of 1 to 20 different error names'],
    ['on_error: rolback', 'one of "fail", "continue", "rollback", but is "rolback" | did you mean "rollback"?'],
    ['when: true', 'one expression in ${…}, but is true | write when: "${true}"'],
    ['output: {a: 1}', '"a" of "output" of step "s" must be a text, most often one expression in ${…}, but is 1'],
    ['undo: rds:DeleteDBSnapshot', 'a call: intent and context, or action and parameters'],
    ['irreversible: yes', 'true or false, but is "yes"'],
  ])('%s', (line, expected) => {
    expectDiagnostics(withStep(...CALL, 'for_each: "${params.x}"', line)).toEqual([
      expect.stringMatching(new RegExp(`WF1004 .*${expected.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)),
    ]);
  });
});

describe('fields that belong together', () => {
  it.each([
    [
      ['type: wait_for', 'action: rds:DescribeDBSnapshots'],
      '7:5-7:10 WF1002 step "s" does not say what it waits for | name a waiter:',
    ],
    [
      [...WAIT, 'until: "${$exists(result)}"'],
      '10:5-10:10 WF1004 step "s" has both a waiter and until | keep one of the two: a waiter knows when the wait is over',
    ],
    [
      [...WAIT, 'fail_when: "${$exists(result)}"'],
      '10:5-10:14 WF1004 step "s" has both a waiter and fail_when | remove it: a waiter knows when it has failed',
    ],
    [
      [...WAIT, 'action: rds:DescribeDBSnapshots'],
      '10:5-10:11 WF1004 step "s" has both a waiter and action | remove it: the waiter says which call is made',
    ],
    [
      [...WAIT, 'context: {service: rds}'],
      '10:5-10:12 WF1004 step "s" has both a waiter and context | give the input of its call as parameters',
    ],
    [
      ['type: wait_for', 'until: "${$exists(result)}"'],
      '7:5-7:10 WF1002 step "s" does not say which AWS call it makes',
    ],
    [
      [...CALL, 'undo: {action: "rds:DeleteDBSnapshot"}', 'irreversible: true'],
      '11:5-11:17 WF1004 step "s" has both undo and irreversible: true | keep one of the two: what can be undone is not irreversible',
    ],
    [
      [...CALL, 'undo: {parameters: {}}'],
      '10:11-10:27 WF1002 "undo" of step "s" lacks the field "action" | write for example: action: rds:DescribeDBInstances',
    ],
    [
      [...CALL, 'undo: {action: "rds:DeleteDBSnapshot", intent: "delete it"}'],
      '10:12-10:18 WF1004 "undo" of step "s" says its call both in words (intent, context) and pinned (action, parameters) | keep one of the two',
    ],
    [
      [...CALL, 'max_concurrency: 2'],
      '10:5-10:20 WF1004 step "s" has max_concurrency, but nothing to run at once | add for_each, or remove it',
    ],
    [
      [...CALL, 'retry: {errors: [any], interval: 60, max_interval: 30}'],
      '10:56-10:58 WF1004 "max_interval" is 30 but "interval" is 60 in "retry" of step "s" | exchange them',
    ],
  ])('%j', (lines, expected) => {
    expectDiagnostics(withStep(...lines)).toEqual([expect.stringContaining(expected)]);
  });

  it('warns of what changes nothing', () => {
    const { diagnostics } = parseWorkflow('w.yaml', withStep('type: sleep', 'seconds: 1', 'retry: {errors: [any]}'));
    expect(diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', '"retry" changes nothing in step "s", as it is of the type sleep'],
    ]);
  });
});

describe('fields that are one expression', () => {
  it.each([
    ['when: params.x = 1', "put it in ${…}: when: '${params.x = 1}'"],
    ['when: "yes please"', 'write when: "${…}"'],
    ['when: "${params.x} = 1"', 'write it as one: join texts with & and conditions with and, or'],
    ['when: " ${params.x}"', 'remove the blanks around it'],
    ['when: "$${params.x}"', 'write it as one'],
    ['for_each: "${params.x}${params.y}"', 'write it as one'],
  ])('%s', (line, hint) => {
    const field = line.slice(0, line.indexOf(':'));
    expectDiagnostics(withStep(...CALL, line)).toEqual([
      expect.stringMatching(
        new RegExp(`WF1004 "${field}" of step "s" must be one expression in .* and nothing else, but is .* \\| `),
      ),
    ]);
    expectDiagnostics(withStep(...CALL, line)).toEqual([expect.stringContaining(hint)]);
  });

  it.each([
    [
      'seconds: "30"',
      'must be a number or one expression in ${…} and nothing else, but is "30" | write it without quotes: seconds: 30',
    ],
    ['seconds: 10m', 'must be a number or one expression'],
    ['seconds: -1', 'a whole number of seconds from 0 to 31536000 (one year), or one expression in ${…}, but is -1'],
    ['seconds: 0.5', 'a whole number of seconds from 0'],
  ])('%s', (line, expected) => {
    expectDiagnostics(withStep('type: sleep', line)).toEqual([expect.stringContaining(expected)]);
  });

  it('leaves what is wrong inside to the compiler, which knows the place', () => {
    expectDiagnostics(withStep(...CALL, 'when: "${params.}"')).toEqual([]);
  });
});

describe('names of outputs', () => {
  it.each([
    ['a-b', 'must be a name of letters, digits and underscores'],
    ['constructor', 'is a reserved word'],
  ])('%s is refused', (name, expected) => {
    expectDiagnostics(withStep(...CALL, `output: {${name}: "x"}`)).toEqual([
      expect.stringMatching(new RegExp(`^10:14-10:\\d+ WF1004 .*${expected}`)),
    ]);
    expectDiagnostics(`${withStep(...CALL)}outputs: {${name}: "x"}\n`).toEqual([
      expect.stringMatching(new RegExp(`^10:11-10:\\d+ WF1004 .*${expected}`)),
    ]);
  });
});

describe('a list of texts', () => {
  const withList = (...rules: readonly string[]) =>
    `${withStep(...CALL)}parameters:\n  - {name: ids, type: string_list, ${rules.join(', ')}}\n`;

  it('has rules for each entry and for how many there are', () => {
    expectDiagnostics(
      withList('pattern: "i-[0-9a-f]+"', 'min_length: 1', 'max_length: 3', 'default: [i-0a, i-1]'),
    ).toEqual([]);
    expectDiagnostics(withList('pattern: "i-[0-9a-f]+"', 'default: [i-0a, vol-1]')).toEqual([
      expect.stringContaining('must be a list of values that are each matched as a whole by "i-[0-9a-f]+"'),
    ]);
    expectDiagnostics(withList('enum: [a, b]', 'default: [a, c]')).toEqual([
      expect.stringContaining('must be a list of values that are each one of "a", "b", but is ["a","c"]'),
    ]);
    expectDiagnostics(withList('min_length: 2', 'default: [a]')).toEqual([
      expect.stringContaining('must be 2 entries or more'),
    ]);
    expectDiagnostics(withList('enum: [1]')).toEqual([expect.stringContaining('an allowed value must be a text')]);
  });
});
