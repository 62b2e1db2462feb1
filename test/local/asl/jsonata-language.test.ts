import { createHash } from 'node:crypto';
import { createJsonataLanguage } from '../../../lib/local/asl/jsonata-language.ts';
import type { Scope } from '../../../lib/local/asl/query-language.ts';

const NOW = Date.parse('2026-03-01T12:30:05.250Z');

function evaluate(expression: unknown, input: unknown = {}, variables: Record<string, unknown> = {}): Promise<unknown> {
  const language = createJsonataLanguage({ now: () => NOW, random: () => 0.25 });
  const scope: Scope = { state: { name: 'S', enteredEventId: 2 }, input, context: {}, variables };
  return language.payload({ Type: 'Pass', Arguments: expression }, scope);
}

describe('expressions', () => {
  it.each<[unknown, unknown]>([
    ['{% 1 + 1 %}', 2],
    ['{%1%}', 1],
    [' {% 1 + 1 %}', ' {% 1 + 1 %}'],
    ['{% 1 + 1 %} ', '{% 1 + 1 %} '],
    ['$states.input', '$states.input'],
    [{ a: ['{% $states.input.x %}', null, 0.1] }, { a: ['y', null, 0.1] }],
    ['{% null %}', null],
    ['{% $contains("hello$world", /^hello\\$/) %}', true],
    ['{% $states.input.list.n %}', [1, 2]],
    ['{% $states.input.list[0].n %}', 1],
    ['{% $v & "!" %}', 'var!'],
    ['{% $variable := 1 %}', 1],
  ])('%j', async (expression, value) => {
    expect(await evaluate(expression, { x: 'y', list: [{ n: 1 }, { n: 2 }] }, { v: 'var' })).toEqual(value);
  });

  it('does not see the document but through $states', async () => {
    await expect(evaluate('{% x %}', { x: 'y' })).rejects.toThrow('returned nothing');
    await expect(evaluate('{% $ %}', { x: 'y' })).rejects.toThrow('returned nothing');
  });

  it('gives a value of its own, which later states cannot change', async () => {
    const input = { list: [{ n: 1 }] };
    const value = (await evaluate('{% $states.input.list %}', input)) as { n: number }[];
    expect(value).toEqual([{ n: 1 }]);
    expect(value[0]).not.toBe(input.list[0]);
  });
});

// https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
describe("AWS's functions", () => {
  it.each<[string, unknown]>([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(0, 10, 3)', [0, 3, 6, 9]],
    ['$range(1, 9, 9)', 1],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$hash("text", "SHA-1")', createHash('sha1').update('text').digest('hex')],
    ['$hash("text", "MD5")', createHash('md5').update('text').digest('hex')],
    ['$random()', 0.25],
    ['$random(7) = $random(7)', true],
    ['$random(7) = $random(8)', false],
    ['$random(42)', 0.7275636800328681],
    ['$parse("{\\"a\\":[1]}")', { a: [1] }],
    ['$uuid()', '40404040-4040-4040-8040-404040404040'],
    ['$millis()', NOW],
    ['$now()', '2026-03-01T12:30:05.250Z'],
    ['$now("[Y0001][M01][D01]-[H01][m01][s01]")', '20260301-123005'],
  ])('%s', async (expression, value) => {
    expect(await evaluate(`{% ${expression} %}`)).toEqual(value);
  });

  it.each([
    ['$range("0", 4, 1)', 'T0410: Argument 1 of function "range" does not match function signature'],
    ['$partition([1], 0)', 'T0410: Argument 2 of function "partition"'],
    ['$hash("a", "sha-1")', 'T0410: Argument 2 of function "hash"'],
    ['$parse("{")', 'is not valid JSON'],
    ['$range(3, 1, 1)', 'returned nothing'],
    ['$range(0, 1e9, 1)', 'D2014'],
    ['$eval("1")', 'T1006'],
  ])('%s fails', async (expression, message) => {
    await expect(evaluate(`{% ${expression} %}`)).rejects.toThrow(message);
  });
});
