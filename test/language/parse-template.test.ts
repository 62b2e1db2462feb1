import { parseTemplate } from '../../lib/language/parse-template.ts';

const problemsOf = (value: string) =>
  parseTemplate(value).problems.map(
    ({ code, message, hint, from, to }) => `${from}-${to} ${code} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );

describe('parseTemplate', () => {
  it('splits text and expressions, with exact offsets', () => {
    expect(parseTemplate('${params.id}-poc-${ timestamp }')).toEqual({
      problems: [],
      template: [
        {
          kind: 'expression',
          source: 'params.id',
          from: 2,
          to: 11,
          node: {
            kind: 'reference',
            root: 'params',
            path: [{ kind: 'field', name: 'id', from: 7, to: 9 }],
            from: 0,
            to: 9,
          },
        },
        { kind: 'text', text: '-poc-' },
        {
          kind: 'expression',
          source: ' timestamp ',
          from: 19,
          to: 30,
          node: { kind: 'reference', root: 'timestamp', path: [], from: 1, to: 10 },
        },
      ],
    });
  });

  it('reads indexes and filters; names in a filter belong to the item, roots and back quotes aside', () => {
    const [part] = parseTemplate('${steps.a.List[-1].B[C = params.x and `region` = $.D]}').template;
    expect(part).toMatchObject({
      node: {
        root: 'steps',
        path: [
          { name: 'a' },
          { name: 'List' },
          { kind: 'index', index: -1 },
          { name: 'B' },
          {
            kind: 'filter',
            test: {
              operator: 'and',
              left: { left: { root: '', path: [{ name: 'C' }] }, right: { root: 'params', path: [{ name: 'x' }] } },
              right: { left: { root: '', path: [{ name: 'region' }] }, right: { root: '', path: [{ name: 'D' }] } },
            },
          },
        ],
      },
    });
  });

  it.each([
    ['no expression', [{ kind: 'text', text: 'no expression' }]],
    ['', []],
    ['$5 {a} }', [{ kind: 'text', text: '$5 {a} }' }]],
    ['a $${b} c', [{ kind: 'text', text: 'a ${b} c' }]],
    ['$$${b}', [{ kind: 'text', text: '$${b}' }]],
  ])('%j is text', (value, template) => {
    expect(parseTemplate(value)).toEqual({ template, problems: [] });
  });

  it.each([
    '${"}" & params.x}',
    "${'}' & params.x}",
    '${params.`}`}',
    '${{"a": {"b": params.x}}}',
    '${/* } */ params.x}',
  ])('%s ends at the brace that closes it', (value) => {
    const { template, problems } = parseTemplate(`${value}!`);
    expect(problems).toEqual([]);
    expect(template.map((part) => (part.kind === 'text' ? part.text : part.source))).toEqual([value.slice(2, -1), '!']);
  });

  it('goes on after an expression with a problem', () => {
    const { template, problems } = parseTemplate('${a b}-${$now()}-${params.x}');
    expect(problems.map(({ code, from, to }) => [code, from, to])).toEqual([
      ['WF1005', 4, 5],
      ['WF1006', 9, 13],
    ]);
    expect(template.at(-1)).toMatchObject({ source: 'params.x' });
  });

  it.each([
    ['${params.x', '0-2 WF1005 this ${ is never closed | add the closing }, or write $${ for a literal ${'],
    ['${}', '0-3 WF1005 there is nothing between ${ and } | write for example ${params.x}'],
    ['${ }', '0-4 WF1005 there is nothing between ${ and } | write for example ${params.x}'],
    ['${"x}', '2-3 WF1005 a text in quotes is never closed | add the closing "'],
    ['${`x}', '2-3 WF1005 a name in back quotes is never closed | add the closing `'],
    ['${params.x +}', '12-12 WF1005 the expression ends where a value is expected'],
    ['${params.x params.y}', '11-17 WF1005 an operator or the end is expected here, not "params"'],
    ['${(params.x}', '11-11 WF1005 the expression ends where ")" is expected'],
    ['${params.x == 1}', '11-13 WF1005 there is no operator "==" | write = for "equal"'],
    ['${params.x && params.y}', '11-13 WF1005 there is no operator "&&" | write and'],
    ['${"\\q"}', expect.stringMatching(/^3-5 WF1005 the escape "\\\\q" does not exist/)],
    ['${1e999}', '2-7 WF1005 the number 1e999 is out of range'],
    ['${params.0}', '9-10 WF1005 a number cannot be a field | write [0] for an entry of a list'],
    ['${params.true}', '9-13 WF1005 "true" cannot be a field | put it in back quotes: `true`'],
    ['${params.x[1.5]}', '10-15 WF1005 an index is a whole number'],
    ['${uppercase(params.x)}', '2-11 WF1005 "uppercase" is not a function | did you mean $uppercase(…)?'],
    ['${$uppercase()}', '2-14 WF1005 $uppercase takes 1 argument, but is given 0'],
    ['${$substring(params.x)}', '2-22 WF1005 $substring takes 2 to 3 arguments, but is given 1'],
    ['${params.x § 2}', expect.stringMatching(/^11-12 WF1005 "§" is neither a name nor a value/)],
  ])('%s cannot be read', (value, expected) => {
    expect(problemsOf(value)).toEqual([expected]);
  });

  it.each([
    [
      '${$now()}',
      '2-6 WF1006 $now is not allowed: it reads the clock | use timestamp or execution.start_time, which stay the same for a whole run',
    ],
    ['${$millis()}', '2-9'],
    ['${$random()}', '2-9'],
    ['${$uuid()}', '2-7'],
    ['${$shuffle(params.x)}', '2-10'],
    ['${$eval("1")}', '2-7 WF1006 $eval is not allowed: it runs text as code | write the expression itself'],
    ['${$map(params.x, function($v){$v})}', '2-6'],
    ['${$match(params.x, /a/)}', '2-8'],
    ['${$upercase(params.x)}', '2-11 WF1006 there is no function "$upercase" in workflows | did you mean $uppercase?'],
    ['${function($x){$x}(1)}', '2-10 WF1006 functions of your own are not allowed'],
    ['${λ($x){$x}(1)}', '2-3 WF1006 functions of your own are not allowed'],
    ['${$substring(?, 1)}', '13-14 WF1006 functions of your own are not allowed'],
    ['${$params.x}', '2-9 WF1006 variables such as "$params" are not allowed | write params without the $'],
    ['${$}', '2-3 WF1006 variables'],
    ['${$$.params}', '2-4 WF1006 variables'],
    ['${$x := 1}', '2-4 WF1006 variables'],
    ['${(params.x; 1)}', '11-12 WF1006 several expressions'],
    ['${params.x ~> $uppercase}', '11-13 WF1006 the operator ~>'],
    ['${params.*}', '9-10 WF1006 wildcards'],
    ['${*}', '2-3 WF1006 wildcards'],
    ['${params.**}', '9-11 WF1006 wildcards'],
    ['${%.x}', '2-3 WF1006 the parent operator'],
    ['${params@$p}', '8-9 WF1006 variables'],
    ['${params#$p}', '8-9 WF1006 variables'],
    ['${params^(x)}', '8-9 WF1006 sorting'],
    ['${params{"a": x}}', '8-9 WF1006 grouping'],
    ['${params.(x)}', '9-10 WF1006 only names'],
    ['${params.x.$uppercase()}', '11-21 WF1006 a function cannot stand in a path'],
    ['${$split(params.x, ",")[a = 1]}', '23-24 WF1006 a filter cannot stand here'],
    ['${$split(params.x, ",")[0].a}', '26-27 WF1006 a path cannot start here'],
    ['${params.x[]}', '10-12 WF1006 [] is not allowed'],
    ['${[1..9]}', '4-6 WF1006 ranges'],
    ['${params ~> |x|{}|}', '9-11 WF1006 the operator ~>'],
    ['${/a}b/}', '2-7 WF1006 regular expressions'],
    ['${!params.x}', '2-3 WF1006 JSONata has no operator "!" | use $not(…)'],
  ])('%s is not allowed', (value, expected) => {
    expect(problemsOf(value)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['brackets', `\${${'('.repeat(100_000)}`],
    ['minuses', `\${${'-'.repeat(100_000)}1}`],
    ['conditions', `\${${'a ? '.repeat(50_000)}`],
    ['filters', `\${${'a['.repeat(50_000)}}`],
    ['openings', '${'.repeat(100_000)],
    ['quotes', `\${"${'\\"'.repeat(100_000)}`],
    ['terms', `\${1${' + 1'.repeat(50_000)}}`],
  ])('refuses 100,000 %s quickly', (_what, value) => {
    expect(parseTemplate(value).problems.length).toBeGreaterThan(0);
  });

  it('takes as many terms as fit', () => {
    expect(parseTemplate(`\${1${'+1'.repeat(2040)}}`).problems).toEqual([]);
  });
});
