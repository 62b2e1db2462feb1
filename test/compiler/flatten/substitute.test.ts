import fc from 'fast-check';
import { printTemplate } from '../../../lib/compiler/flatten/print-template.ts';
import { PathIntoValue, type Replace, substituteText, toPart } from '../../../lib/compiler/flatten/substitute.ts';
import { parseTemplate } from '../../../lib/language/parse-template.ts';

/** `params.x` is this text from now on, as its author would write it. */
const giving =
  (values: Readonly<Record<string, string>>, lists: readonly string[] = []): Replace =>
  (node) => {
    const [field] = node.path;
    const text = node.root === 'params' && field?.kind === 'field' ? values[field.name] : undefined;
    if (text === undefined) return undefined;
    return { template: parseTemplate(text).template, takes: 1, lists: new Set(lists) };
  };

describe('a reference becomes what is given for it', () => {
  it.each([
    ['${params.x}', 'orders', 'orders'],
    ['a-${params.x}-b', 'orders', 'a-orders-b'],
    ['a-${params.x}', '${params.y}', 'a-${params.y}'],
    ['a-${params.x}', '${params.y}-${region}', 'a-${params.y}-${region}'],
    ['${$uppercase(params.x)}', '${params.y}-1', '${$uppercase(params.y & "-1")}'],
    ['${params.x = "a"}', 'b', '${"b" = "a"}'],
    ['${params.x + 1}', '${params.y * 2}', '${params.y * 2 + 1}'],
    ['${params.x * 2}', '${params.y + 1}', '${(params.y + 1) * 2}'],
    ['${steps.a.B[Name = params.x].Id}', '${params.y}', '${steps.a.B[Name = params.y].Id}'],
    ['${params.x.Name}', '${steps.a.B[0]}', '${steps.a.B[0].Name}'],
    ['${params.x[0]}', '${steps.a.B}', '${steps.a.B[0]}'],
    ['${params.x[0]}', '${["p", "q"]}', '${"p"}'],
    ['${params.x[-1]}', '${["p", "q"]}', '${"q"}'],
    ['${params.z}', 'unused', '${params.z}'],
    ['no reference: $${params.x}', 'unused', 'no reference: $${params.x}'],
  ])('%s with %s is %s', (text, x, expected) => {
    expect(substituteText(text, giving({ x }))).toBe(expected);
  });

  it('inside JSON it stays an expression, since text would not be escaped there', () => {
    expect(substituteText('{"a": "${params.x}"}', giving({ x: 'say "hi"' }))).toBe('{"a": "${"say \\"hi\\""}"}');
  });

  it('never becomes an expression together with the text beside it', () => {
    const once = substituteText('a$${params.y}', giving({}));
    expect(once).toBe('a$${params.y}');
    const joined = substituteText('${params.x}{params.secret}', giving({ x: '$' }));
    expect(parseTemplate(joined).template).toEqual([{ kind: 'text', text: '${params.secret}' }]);
  });

  it.each([
    ['${params.x[0]}', '${steps.a.B.C}'],
    ['${params.x[0]}', '${steps.all.Id}'],
    ['${params.x.Name}', '${$split("a,b", ",")}'],
  ])('%s with %s is refused: the index or field would count from another place', (text, x) => {
    expect(() => substituteText(text, giving({ x }, ['all']))).toThrow(PathIntoValue);
  });
});

it('a template that was printed reads as the same template', () => {
  const text = fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', '"', '\\'), maxLength: 6 });
  const part = fc.oneof(
    text.map((one) => ({ kind: 'text' as const, text: one })),
    text.map((one) => toPart({ kind: 'literal', value: one, from: 0, to: 0 })),
  );
  const plain = (template: ReturnType<typeof parseTemplate>['template']): string =>
    template.map((one) => (one.kind === 'text' ? one.text : String('value' in one.node && one.node.value))).join('');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (template) => {
      const { template: read, problems } = parseTemplate(printTemplate(template));
      expect(problems).toEqual([]);
      expect(plain(read)).toBe(plain(template));
      // Every expression is a literal, and no more of them came out than dollar signs can make.
      expect(read.every((one) => one.kind === 'text' || one.node.kind === 'literal')).toBe(true);
    }),
  );
});
