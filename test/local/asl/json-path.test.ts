import fc from 'fast-check';
import { parseJsonPath } from '../../../lib/local/asl/json-path/parse-json-path.ts';
import { readJsonPath } from '../../../lib/local/asl/json-path/read-json-path.ts';
import { writeReference } from '../../../lib/local/asl/write-reference.ts';

const STORE = {
  book: [
    { title: 'A', price: 8.95, tags: ['x', 'y'] },
    { title: 'B', price: 12.99, isbn: '1' },
    { title: 'C', price: 22.99, isbn: '2' },
  ],
  bicycle: { color: 'red', price: 19.95 },
  'odd name': { "it's": 1, 'a"b': 2, '\\': 3 },
  limit: 10,
  nothing: null,
  empty: [],
};

const read = (path: string, document: unknown = STORE): unknown => readJsonPath(parseJsonPath(path), document);
const titles = (path: string): unknown =>
  (read(path) as readonly { title: string }[]).map(({ title }) => title).join('');

describe('a path', () => {
  it.each<[string, unknown]>([
    ['$.limit', 10],
    ['$.nothing', null],
    ["$['odd name']['it\\'s']", 1],
    [`$['odd name']['a"b']`, 2],
    [`$["odd name"]["a\\"b"]`, 2],
    ["$['odd name']['\\\\']", 3],
    ['$.book[0].title', 'A'],
    ['$.book[-1].title', 'C'],
    ["$.['limit']", 10],
    ['$.book[0].tags.length()', 2],
    ['$.book[0,2].title', ['A', 'C']],
    ['$.book[1:].title', ['B', 'C']],
    ['$.book[:-1].title', ['A', 'B']],
    ['$.book[*].isbn', ['1', '2']],
    ['$.empty[*]', []],
    ['$.empty[0:2]', []],
    ['$..price', [8.95, 12.99, 22.99, 19.95]],
    ['$..book[0].title', ['A']],
    ['$.bicycle.*', ['red', 19.95]],
    ["$.bicycle['color','price']", { color: 'red', price: 19.95 }],
    ['$..color', ['red']],
    ['$..missing', []],
  ])('%s', (path, value) => {
    expect(read(path)).toEqual(value);
  });

  it.each([
    ['$.book[?(@.isbn)]', 'BC'],
    ['$.book[?(!@.isbn)]', 'A'],
    ['$.book[?(@.price < 10)]', 'A'],
    ['$.book[?(@.price > $.limit)]', 'BC'],
    ["$.book[?(@.title == 'B' || @.title=='C')]", 'BC'],
    ['$.book[?(@.price >= 8.95 && (@.isbn == "1" || @.isbn == 7))]', 'B'],
    ['$.book[?(@.isbn == 2)]', 'C'],
    ['$.book[?(@.title =~ /[ab]/i)]', 'AB'],
    ["$.book[?(@.title in ['A', 'C'])]", 'AC'],
    ["$.book[?(@.title nin ['A'])]", 'BC'],
    ["$.book[?(@.tags contains 'x')]", 'A'],
    ["$.book[?('x' in @.tags)]", 'A'],
    ['$.book[?(@.tags size 2)]', 'A'],
    ['$.book[?(@.tags empty false)]', 'A'],
    ['$.book[?(@.nothing == null)]', ''],
    ['$.book[?(@.title != "A")]', 'BC'],
  ])('filters: %s', (path, value) => {
    expect(titles(path)).toBe(value);
  });

  it.each([
    ['$.missing', "No results for path: $['missing']"],
    ['$.missing.more', "Missing property in path $['missing']"],
    ['$.missing[*]', "Missing property in path $['missing']"],
    ['$.book[7]', "No results for path: $['book'][7]"],
    ['$.limit.more', "Expected to find an object with property ['more'] in path $['limit']"],
    ['$.limit[0]', 'can only be applied to arrays. Current context is: 10'],
    ['$.nothing[0]', "The path $['nothing'] is null"],
  ])('leads nowhere: %s', (path, message) => {
    expect(() => read(path)).toThrow(message);
  });

  it.each(['', 'a', '$.', '$.a[', '$[', "$['a", '$.a[?(@.b]', '$.a[?(1)]', '$.a b', '$.a.no()', '$.a[x]', '$]'])(
    'is none: %j',
    (path) => {
      expect(() => parseJsonPath(path)).toThrow(/position|function/);
    },
  );

  it('finds in brackets whatever key an object has', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), (key, value) => {
        const quoted = key.replace(/[\\']/g, '\\$&');
        expect(read(`$['${quoted}']`, JSON.parse(`{${JSON.stringify(key)}:${value}}`))).toBe(value);
      }),
    );
  });
});

describe('a reference path', () => {
  it.each<[string, unknown, unknown]>([
    ['$.a', {}, { a: 'v' }],
    ['$.a.b', { a: { c: 1 } }, { a: { c: 1, b: 'v' } }],
    ['$.a.b', {}, { a: { b: 'v' } }],
    ['$[1].a', [1, { b: 2 }], [1, { b: 2, a: 'v' }]],
    ['$.a[0]', { a: [1, 2] }, { a: ['v', 2] }],
  ])('%s is written into %j', (path, document, result) => {
    const before = structuredClone(document);
    expect(writeReference(path, document, 'v')).toEqual(result);
    expect(document).toEqual(before);
  });

  it.each<[string, unknown]>([
    ['$.a', 1],
    ['$.a', [1]],
    ['$.a.b', { a: 'text' }],
    ['$[2]', [1, 2]],
    ['$.a[0]', {}],
  ])('%s cannot be written into %j', (path, document) => {
    expect(() => writeReference(path, document, 'v')).toThrow('Not a');
  });

  it('makes a member of a name that objects in JavaScript have', () => {
    const written = writeReference('$.__proto__.polluted', {}, true);
    expect(Object.hasOwn(written as object, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
