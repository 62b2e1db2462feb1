import { callIntrinsic } from '../../../lib/local/asl/read-reference.ts';
import type { StateFailure } from '../../../lib/local/asl/state-failure.ts';

const DOCUMENT = { name: 'Ann', list: [1, 2, 2, 3], map: { a: 1, b: [null, 'x'] }, text: '{"k":1}', missing_not: null };

function call(text: string, random = () => 0.5): unknown {
  const scope = {
    state: { name: 'S', enteredEventId: 2 },
    input: DOCUMENT,
    context: { Execution: { Name: 'e' } },
    variables: { v: { w: 7 } },
  };
  return callIntrinsic(text, { document: DOCUMENT, scope }, random);
}

describe('intrinsic functions', () => {
  it.each<[string, unknown]>([
    ["States.Format('Hello {}, {} and {}', $.name, 1.5, $.missing_not)", 'Hello Ann, 1.5 and null'],
    ["States.Format('{}', $.map)", '{a=1, b=[null, x]}'],
    ["States.Format('\\{\\} {} \\\\ \\'', true)", "{} true \\ '"],
    ["States.Format('nothing')", 'nothing'],
    ['States.StringToJson($.text)', { k: 1 }],
    ["States.StringToJson(' ')", null],
    ['States.JsonToString($.map)', '{"a":1,"b":[null,"x"]}'],
    ['States.Array()', []],
    ["States.Array('a', $.name, $v.w, $$.Execution.Name, States.Array(1, null))", ['a', 'Ann', 7, 'e', [1, null]]],
    ['States.ArrayPartition($.list, 3)', [[1, 2, 2], [3]]],
    ['States.ArrayContains($.list, 3)', true],
    ["States.ArrayContains($.list, '3')", false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayRange(3, 1, 1)', []],
    ['States.ArrayGetItem($.list, 3)', 3],
    ['States.ArrayLength($.list)', 4],
    ['States.ArrayUnique($.list)', [1, 2, 3]],
    ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
    ["States.Base64Decode('w6k=')", 'é'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.JsonMerge($.map, $v, false)', { a: 1, b: [null, 'x'], w: 7 }],
    ['States.MathRandom(1, 11)', 6],
    ['States.MathAdd(-1.5, 0)', -1],
    ['States.MathAdd(2147483646, 1)', 2_147_483_647],
    ["States.StringSplit('1,2;;3', ',;')", ['1', '2', '3']],
    ["States.StringSplit('', ',')", []],
    ['States.UUID()', '80808080-8080-4080-8080-808080808080'],
    ["States.Format('{}', $.map.b[?(@ == 'x')])", '[x]'],
  ])('%s', (text, value) => {
    expect(call(text)).toEqual(value);
  });

  it.each([
    ["States.Format('{}')", 'more placeholders'],
    ["States.Format('', 1)", 'more arguments'],
    ["States.StringToJson('{')", 'Invalid JSON'],
    ['States.StringToJson(1)', 'Expected a string'],
    ['States.ArrayPartition($.list, 0)', 'must be positive'],
    ['States.ArrayRange(1, 2000, 1)', 'exceeds 1000'],
    ['States.ArrayRange(1, 2, 0)', 'must not be zero'],
    ['States.ArrayGetItem($.list, 4)', 'out of bound'],
    ['States.ArrayLength($.map)', 'Expected an array'],
    ["States.Base64Decode('*')", 'Invalid Base64'],
    ["States.Hash('a', 'SHA-2')", 'Unknown algorithm'],
    ['States.JsonMerge($.map, $v, true)', 'shallowly only'],
    ['States.JsonMerge($.list, $v, false)', 'two JSON objects'],
    ['States.MathRandom(5, 5)', 'greater than the start'],
    ['States.MathAdd(2147483647, 1)', 'Out of range'],
    ["States.MathAdd('1', 1)", 'Expected a number'],
    ['States.UUID(1)', 'Expected 0 arguments'],
  ])('%s fails', (text, message) => {
    const failure = fail(() => call(text));
    expect(failure.error).toBe('States.IntrinsicFailure');
    expect(failure.reason).toContain(`The function '${text}' had the following error: `);
    expect(failure.reason).toContain(message);
  });

  it('gives the same random number for the same seed', () => {
    expect(call('States.MathRandom(1, 1000, 42)')).toBe(call('States.MathRandom(1, 1000, 42)', () => 0));
  });

  it('tells of an argument that leads nowhere', () => {
    const failure = fail(() => call("States.Format('{}', $.gone)"));
    expect(failure.error).toBe('States.Runtime');
    expect(failure.reason).toContain("The JsonPath argument for the field '$.gone' could not be found in the input");
  });

  it.each([
    "States.No('a')",
    'States.Array(',
    "States.Array('a)",
    'States.Array(1 2)',
    'States.Array(x)',
    'States.UUID() x',
  ])('are not %s', (text) => {
    expect(() => call(text)).toThrow(/position|no intrinsic/);
  });
});

function fail(work: () => unknown): StateFailure {
  try {
    work();
  } catch (cause) {
    return cause as StateFailure;
  }
  throw new Error('did not fail');
}
