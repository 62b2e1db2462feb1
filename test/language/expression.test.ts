import fc from 'fast-check';
import jsonata from 'jsonata';
import { type ExpressionNode, type PathPart, ROOTS } from '../../lib/language/expression.ts';
import { FUNCTIONS } from '../../lib/language/functions.ts';
import { parseTemplate } from '../../lib/language/parse-template.ts';
import { printExpression } from '../../lib/language/print-expression.ts';
import { referencesOf } from '../../lib/language/references.ts';

function parse(source: string): ExpressionNode | undefined {
  const [part, ...others] = parseTemplate(`\${${source}}`).template;
  return part?.kind === 'expression' && others.length === 0 ? part.node : undefined;
}

/** A tree without places, in which names are names, whether they are a root or a field. */
type Plain = string | number | boolean | null | readonly Plain[];

function plain(node: ExpressionNode): Plain {
  switch (node.kind) {
    case 'reference': {
      const root: Plain[] = node.root === '' ? (node.path[0]?.kind === 'field' ? [] : ['$']) : [node.root];
      return ['path', ...root, ...node.path.map(plainPart)];
    }
    case 'literal':
      return ['value', node.value];
    case 'unary':
      return ['-', plain(node.operand)];
    case 'binary':
      return [node.operator, plain(node.left), plain(node.right)];
    case 'condition':
      return ['?', plain(node.test), plain(node.then), node.otherwise === undefined ? 'none' : plain(node.otherwise)];
    case 'call':
      return ['call', node.name, ...node.args.map(plain)];
    case 'selection':
      return ['block', plain(node.of), ['[', ['value', node.index]]];
    case 'array':
      return ['array', ...node.items.map(plain)];
    case 'object':
      return ['object', ...node.entries.map(({ key, value }) => [plain(key), plain(value)])];
  }
}

function plainPart(part: PathPart): Plain {
  if (part.kind === 'field') return part.name;
  return ['[', part.kind === 'index' ? ['value', part.index] : plain(part.test)];
}

/** The same of JSONata's own tree. */
// biome-ignore lint/suspicious/noExplicitAny: the library's types do not describe its tree
function plainOfJsonata(node: any): Plain {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const filters = (step: any): Plain[] =>
    // biome-ignore lint/suspicious/noExplicitAny: as above
    [...(step.predicate ?? []), ...(step.stages ?? [])].map(({ expr }: any) => ['[', plainOfJsonata(expr)]);
  switch (node.type) {
    case 'path': {
      const steps = node.steps.flatMap((step: { type: string; value: string }) => [
        step.type === 'variable' ? '$' : step.value,
        ...filters(step),
      ]);
      return ['path', ...(steps[0] === '$' && typeof steps[1] === 'string' ? steps.slice(1) : steps)];
    }
    case 'variable':
      return ['path', '$', ...filters(node)];
    case 'string':
    case 'number':
    case 'value':
      return ['value', node.value];
    case 'unary':
      if (node.value === '[') return ['array', ...node.expressions.map(plainOfJsonata)];
      if (node.value === '{') return ['object', ...node.lhs.map((pair: unknown[]) => pair.map(plainOfJsonata))];
      return ['-', plainOfJsonata(node.expression)];
    case 'binary':
      return [node.value, plainOfJsonata(node.lhs), plainOfJsonata(node.rhs)];
    case 'condition':
      return ['?', ...[node.condition, node.then].map(plainOfJsonata), node.else ? plainOfJsonata(node.else) : 'none'];
    case 'function':
      return ['call', node.procedure.value, ...node.arguments.map(plainOfJsonata)];
    case 'block': {
      const [inner] = node.expressions.map(plainOfJsonata);
      return node.predicate === undefined ? inner : ['block', inner, ...filters(node)];
    }
    default:
      throw new Error(`unexpected ${node.type}`);
  }
}

const place = { from: 0, to: 0 };
const name = fc.oneof(
  fc.constantFrom(
    ...ROOTS,
    'and',
    'or',
    'in',
    'true',
    'null',
    'function',
    'DBInstances',
    'a b',
    'x-y',
    '',
    '0',
    '$x',
    'é',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 4 }).filter((text) => !text.includes('`')),
);
const field = name.map((text): PathPart => ({ kind: 'field', name: text, ...place }));

const { node: anyNode } = fc.letrec<{ node: ExpressionNode; inFilter: ExpressionNode; leaf: ExpressionNode }>((tie) => {
  const number = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  const leaf = fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      number.map((value) => (value === 0 ? 0 : value)),
      fc.boolean(),
      fc.constant(null),
    )
    .map((value): ExpressionNode => ({ kind: 'literal', value, ...place }));
  const build = (inner: fc.Arbitrary<ExpressionNode>, relative: boolean): fc.Arbitrary<ExpressionNode> => {
    const filter = tie('inFilter').filter((test) => test.kind !== 'literal' || typeof test.value !== 'number');
    const part: fc.Arbitrary<PathPart> = fc.oneof(
      { weight: 4, arbitrary: field },
      {
        weight: 2,
        arbitrary: fc
          .integer({ min: -3, max: 3 })
          .map((index): PathPart => ({ kind: 'index', index: index === 0 ? 0 : index })),
      },
      { weight: 1, arbitrary: filter.map((test): PathPart => ({ kind: 'filter', test })) },
    );
    const path = fc.array(part, { maxLength: 3 });
    const absolute = fc
      .tuple(relative ? fc.constantFrom(...ROOTS) : fc.constantFrom(...ROOTS, 'unknown'), path)
      .map(([root, parts]): ExpressionNode => ({ kind: 'reference', root, path: parts, ...place }));
    const ofItem = path.map((parts): ExpressionNode => ({ kind: 'reference', root: '', path: parts, ...place }));
    return fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      absolute,
      relative ? ofItem : absolute,
      inner
        .filter((operand) => operand.kind !== 'literal' || typeof operand.value !== 'number')
        .map((operand): ExpressionNode => ({ kind: 'unary', operator: '-', operand, ...place })),
      fc
        .tuple(fc.constantFrom(...'+ - * / % & = != < <= > >= in and or'.split(' ')), inner, inner)
        .map(([operator, left, right]): ExpressionNode => ({ kind: 'binary', operator, left, right, ...place })),
      fc
        .tuple(inner, inner, fc.option(inner, { nil: undefined }))
        .map(([test, then, otherwise]): ExpressionNode => ({ kind: 'condition', test, then, otherwise, ...place })),
      fc.tuple(fc.constantFrom(...FUNCTIONS.entries()), fc.array(inner, { minLength: 4, maxLength: 4 })).map(
        ([[called, arity], args]): ExpressionNode => ({
          kind: 'call',
          name: called,
          args: args.slice(0, arity.max ?? 3),
          ...place,
        }),
      ),
      fc
        .tuple(inner, fc.integer({ min: -3, max: 3 }))
        .filter(([of]) => of.kind !== 'literal' && of.kind !== 'object')
        .map(([of, index]): ExpressionNode => ({ kind: 'selection', of, index: index === 0 ? 0 : index, ...place })),
      fc.array(inner, { maxLength: 3 }).map((items): ExpressionNode => ({ kind: 'array', items, ...place })),
      fc
        .array(fc.record({ key: inner, value: inner }), { maxLength: 2 })
        .map((entries): ExpressionNode => ({ kind: 'object', entries, ...place })),
    );
  };
  return { leaf, node: build(tie('node'), false), inFilter: build(tie('inFilter'), true) };
});

/** What is printed may be longer or deeper than what may be written. */
const fits = (source: string) => parse(source) !== undefined;

describe('an index of a computed value', () => {
  const data = { text: 'a,b,c', lists: [{ values: [1, 2] }, { values: [3, 4] }], one: 5, many: [[6, 7], [8]] };

  it.each([
    ['$split(text, ",")[0]', 'a'],
    ['$split(text, ",")[-1]', 'c'],
    ['$split(text, ",")[5]', undefined],
    ['lists.values[0]', [1, 3]],
    ['(lists.values)[0]', 1],
    ['$append(many, one)[0][1]', 7],
    ['$append(many, one)[1][0]', 8],
    ['(one)[0]', 5],
    ['[one, many][1]', [6, 7]],
    ['$count(lists)[0] + $split(text, ",")[1][0] & "x"', undefined],
  ])('%s means what JSONata takes it for', async (source, expected) => {
    const node = parse(source);
    if (node === undefined) throw new Error(`${source} is not understood`);
    const evaluate = async (text: string): Promise<unknown> => {
      const value: unknown = await jsonata(text)
        .evaluate(data)
        .catch(() => undefined);
      return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
    };
    expect(await evaluate(printExpression(node))).toEqual(expected);
    expect(await evaluate(source)).toEqual(expected);
  });

  it.each(['$split(text, ",")[x = 1]', '$split(text, ",").x', '"text"[0]', '{"a": 1}[0]', '5[0]'])(
    'nothing else: %s',
    (source) => expect(parse(source)).toBeUndefined(),
  );
});

describe('printExpression', () => {
  it('prints what JSONata reads as the same tree', () => {
    fc.assert(
      fc.property(anyNode, (node) => {
        expect(plainOfJsonata(jsonata(printExpression(node)).ast())).toEqual(plain(node));
      }),
      { numRuns: 1000 },
    );
  });

  it('prints what is parsed as the same tree', () => {
    fc.assert(
      fc.property(anyNode, (node) => {
        const printed = printExpression(node);
        fc.pre(printed.length < 1000 && fits(printed));
        const parsed = parse(printed);
        expect(parsed && plain(parsed)).toEqual(plain(node));
        expect(parsed && printExpression(parsed)).toBe(printed);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['(a + b) * c - (d - e)', '(a + b) * c - (d - e)'],
    ['((a)) and (b or c)', 'a and (b or c)'],
    ['a ? b : (c ? d : e)', 'a ? b : c ? d : e'],
    ['(a ? b : c) ? d : e', '(a ? b : c) ? d : e'],
    ['a ? (b ? c) : d', 'a ? (b ? c) : d'],
    ['- - 5', '5'],
    ['-(a.b)', '-a.b'],
    ["'it\\u0027s'", '"it\'s"'],
    ['a.`and`.`b c`.`d`', 'a.`and`.`b c`.d'],
    ['steps.x.L[`account` = account]', 'steps.x.L[`account` = account]'],
    ['{"a":[1,{}]}', '{"a": [1, {}]}'],
  ])('%s → %s', (source, printed) => {
    const node = parse(source);
    expect(node && printExpression(node)).toBe(printed);
  });

  it('renames references, those in filters as well', () => {
    const node = parse('steps.a.DBInstances[DBInstanceStatus = params.status][0].DBInstanceArn & $string(params.n)');
    const printed = printExpression(node as ExpressionNode, {
      reference: ({ root, path }, print) =>
        `<${root}${path.map((part) => (part.kind === 'field' ? `/${part.name}` : part.kind === 'index' ? `@${part.index}` : `{${print(part.test)}}`)).join('')}>`,
    });
    expect(printed).toBe(
      '<steps/a/DBInstances{</DBInstanceStatus> = <params/status>}@0/DBInstanceArn> & $string(<params/n>)',
    );
  });
});

describe('the language is a subset of JSONata', () => {
  const word = fc.constantFrom(
    'a',
    'b',
    'params',
    'region',
    'and',
    'or',
    'in',
    'true',
    'null',
    '`x y`',
    '1',
    '0.5',
    '1e3',
    '"s"',
    "'t'",
    '$',
    '$x',
    '$count',
    '$sum',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '?',
    '.',
    '+',
    '-',
    '*',
    '/',
    '%',
    '&',
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    '~>',
    ':=',
    ';',
    '^',
    '@',
    '#',
    '|',
    '**',
    '..',
    '!',
    ' ',
    ' ',
    '/*c*/',
  );

  it('whatever is accepted, JSONata reads as the same tree', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        const source = words.join('');
        const { template, problems } = parseTemplate(`\${${source}}`);
        const [part] = template;
        if (problems.length > 0 || part?.kind !== 'expression' || template.length > 1) return;
        accepted += 1;
        expect([source, plainOfJsonata(jsonata(part.source).ast())]).toEqual([source, plain(part.node)]);
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect(accepted).toBeGreaterThan(300);
  });

  it('any text gives a template, and problems in place', () => {
    const text = fc.array(fc.oneof(word, fc.constantFrom('${', '}', '$${', '"', '`', '\\')), { maxLength: 20 });
    fc.assert(
      fc.property(
        fc.oneof(
          text.map((words) => words.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (value) => {
          for (const { from, to } of parseTemplate(value).problems) {
            expect(0 <= from && from <= to && to <= value.length).toBe(true);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('referencesOf', () => {
  it('finds every reference in the order of the text', () => {
    const source = '{params.a: [-params.b, params.c[D = params.e]]}.x';
    expect(parse(source)).toBeUndefined();
    const node = parse('$count([params.a, -params.b]) > 1 ? steps.c.L[D = params.e].F : {"k": item}');
    const found = referencesOf(node as ExpressionNode).map(({ root, path }) => {
      const [first] = path;
      return first?.kind === 'field' ? `${root}.${first.name}` : root;
    });
    expect(found).toEqual(['params.a', 'params.b', 'steps.c', '.D', 'params.e', 'item']);
  });
});
