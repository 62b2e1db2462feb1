import { expectDiagnostics, seedWith } from '../support/diagnostics.ts';

/** The seed's parameter with these rules, each in a line of its own from line 9 on. */
const withRules = (type: string, ...rules: string[]) =>
  seedWith(
    '    type: string\n    required: true\n',
    `    type: ${type}\n${rules.map((rule) => `    ${rule}\n`).join('')}`,
  );

describe('parameters', () => {
  it.each([
    ['string', 'default: demo', 'pattern: "[a-z]+"', 'min_length: 1', 'max_length: 8', 'enum: [demo, other]'],
    ['integer', 'default: 5', 'min: 1', 'max: 9', 'enum: [5, 6]'],
    ['number', 'default: 0.5', 'min: -1', 'max: 1.5'],
    ['boolean', 'default: false'],
    ['string_list', 'default: [a, b]'],
    ['string', 'default: ""'],
    ['string', 'default: ééé', 'max_length: 3'],
  ])('%s with %s is good', (type, ...rules) => {
    expectDiagnostics(withRules(type, ...rules)).toEqual([]);
  });

  it.each([
    [
      'string',
      ['min: 1'],
      '9:5-9:8 WF1004 "min" is not a rule for the type string; parameter "instance_id" has it | it is for the types integer, number',
    ],
    [
      'boolean',
      ['enum: [a]'],
      '9:5-9:9 WF1004 "enum" is not a rule for the type boolean; parameter "instance_id" has it | it is for the types string, integer, number, string_list',
    ],
    [
      'integer',
      ['pattern: "1"'],
      '9:5-9:12 WF1004 "pattern" is not a rule for the type integer; parameter "instance_id" has it | it is for the types string, string_list',
    ],
    [
      'string',
      ['enum: [a, 1]'],
      '9:15-9:16 WF1004 an allowed value must be a text, as the parameter is, but is 1 | put it in quotes: "1"',
    ],
    [
      'integer',
      ['enum: [1, 1.5]'],
      '9:15-9:18 WF1004 an allowed value must be a whole number, as the parameter is, but is 1.5',
    ],
    ['string', ['enum: [a, a]'], '9:15-9:16 WF1007 "a" is allowed twice | remove one of them'],
    [
      'integer',
      ['min: 5', 'max: 1'],
      '9:10-9:11 WF1004 "min" is 5 but "max" is 1, so no value is allowed | exchange them',
    ],
    ['string', ['default: 5'], '9:14-9:15 WF3012 the default of parameter "instance_id" must be a text, but is 5'],
    [
      'integer',
      ['default: 1.5'],
      '9:14-9:17 WF3012 the default of parameter "instance_id" must be a whole number, but is 1.5',
    ],
    [
      'boolean',
      ['default: yes'],
      '9:14-9:17 WF3012 the default of parameter "instance_id" must be true or false, but is "yes"',
    ],
    [
      'string_list',
      ['default: [a, 1]'],
      '9:14-9:20 WF3012 the default of parameter "instance_id" must be a list of texts, but is ["a",1]',
    ],
    [
      'integer',
      ['default: 0', 'min: 1'],
      '9:14-9:15 WF3012 the default of parameter "instance_id" must be at least 1, but is 0',
    ],
    [
      'string',
      ['default: abc', 'max_length: 2'],
      '9:14-9:17 WF3012 the default of parameter "instance_id" must be 2 characters at most, but is "abc"',
    ],
    [
      'string',
      ['default: abc', 'pattern: "ab"'],
      '9:14-9:17 WF3012 the default of parameter "instance_id" must be matched as a whole by "ab", but is "abc"',
    ],
    [
      'string',
      ['default: c', 'enum: [a, b]'],
      '9:14-9:15 WF3012 the default of parameter "instance_id" must be one of "a", "b", but is "c"',
    ],
    [
      'string',
      ['default: "${timestamp}"'],
      '9:14-9:28 WF1006 a default is a fixed value: expressions are not evaluated in it | write the value, or use the expression in the step',
    ],
    [
      'string',
      ['default: a', 'required: true'],
      '9:5-9:12 WF3012 warning: parameter "instance_id" is required, so its default is never used | remove "default", or write required: false',
    ],
    ['integer', ['min: .inf'], '9:10-9:14 WF1004 "min" of parameter "instance_id" must be a number, but is Infinity'],
  ])('%s with %j', (type, rules, expected) => {
    expectDiagnostics(withRules(type, ...rules)).toEqual([expected]);
  });

  it('are told apart', () => {
    expectDiagnostics(
      seedWith('    required: true\n', '    required: true\n  - name: instance_id\n    type: string\n'),
    ).toEqual([
      '10:11-10:22 WF1007 the parameter name "instance_id" is used twice; it stands first in line 7 | give one of them another name',
    ]);
  });
});

describe('patterns', () => {
  it.each([
    '[a-zA-Z][a-zA-Z0-9-]{0,62}',
    '^[a-z]+$',
    '.*-prod-.*',
    '[a-z]+-[a-z]+-[a-z]+-[a-z]+',
    'i-[0-9a-f]{8}(?:[0-9a-f]{9})?',
    '(?:dev|prod)-[0-9]+',
    '(-[a-z0-9]+)?',
    'arn:aws:[a-z]+:[a-z0-9-]*:[0-9]{12}:.*',
    '[\\w.-]+@[\\w.-]+',
    '(ab)*',
    '\\$\\{x\\}',
    '\\d{4}-\\d{2}',
  ])('%s is good', (pattern) => {
    expectDiagnostics(withRules('string', `pattern: '${pattern}'`)).toEqual([]);
  });

  it.each([
    ['(', 'is not a regular expression: unterminated group'],
    ['a)(b', "is not a regular expression: unmatched ')'"],
    ['(a+)+', 'repeats a group'],
    ['(a|a)*', 'repeats a group'],
    ['((a?)b?)+', 'repeats a group'],
    ['(.*,){11}x', 'repeats a group'],
    ['a*a*a*', 'has several repeats in a row'],
    ['.*a.*a.*', 'has several repeats in a row'],
    ['a?a?a?a?a?', 'has several repeats in a row'],
    ['a*(b)?a*(b)?a*', 'has several repeats in a row'],
    ['a*(b|)a*(b|)a*', 'has several repeats in a row'],
    ['(a*)(a*)(a*)', 'has several repeats in a row'],
    ['(ab)*(ab)*(ab)*', 'has several repeats in a row'],
    ['a{2000}', 'repeats more than 1000 times'],
    ['(?=a)b', 'looks ahead or behind'],
    ['(?!a)b', 'looks ahead or behind'],
    ['(?<=a)b', 'looks ahead or behind'],
    ['(?<n>a)', 'looks ahead or behind'],
    ['(a)\\1', 'uses "\\\\1"'],
    ['\\bx', 'uses "\\\\b"'],
    ['\\p{L}', 'uses "\\\\p"'],
    ['[\\u0041]', 'uses "\\\\u"'],
    ['[]', 'uses "[]"'],
    ['[a&&b]', 'uses "[a&&b]"'],
    ['a'.repeat(257), 'is longer than 256 characters'],
  ])('%s is refused', (pattern, reason) => {
    expectDiagnostics(withRules('string', `pattern: '${pattern}'`)).toEqual([
      expect.stringMatching(
        new RegExp(`^9:14-9:\\d+ WF1004 the pattern ".*" ${reason.replace(/[\\()[\]]/g, '\\$&')}.* \\| .`),
      ),
    ]);
  });
});
