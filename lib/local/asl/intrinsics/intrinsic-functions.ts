import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { javaRandom, uuid } from '../random.ts';

/** An intrinsic function refuses its arguments. */
export class IntrinsicError extends Error {
  override readonly name = 'IntrinsicError';
}

type Arguments = readonly unknown[];
type Intrinsic = (values: Arguments, random: () => number) => unknown;

/**
 * The 18 intrinsic functions of the JSONPath query language. Each throws {@link IntrinsicError} for arguments it does
 * not take. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Format: (values) => format(values),
  StringToJson: (values) => parseJson(text(only(values, 1)[0])),
  JsonToString: (values) => JSON.stringify(only(values, 1)[0]),
  Array: (values) => values,
  ArrayPartition: (values) => partition(list(only(values, 2)[0]), whole(values[1])),
  ArrayContains: (values) => list(only(values, 2)[0]).some((item) => isDeepStrictEqual(item, values[1])),
  ArrayRange: (values) => range(whole(only(values, 3)[0]), whole(values[1]), whole(values[2])),
  ArrayGetItem: (values) => itemAt(list(only(values, 2)[0]), whole(values[1])),
  ArrayLength: (values) => list(only(values, 1)[0]).length,
  ArrayUnique: (values) => unique(list(only(values, 1)[0])),
  Base64Encode: (values) => Buffer.from(short(text(only(values, 1)[0])), 'utf8').toString('base64'),
  Base64Decode: (values) => decode(short(text(only(values, 1)[0]))),
  Hash: (values) => hash(only(values, 2)[0], text(values[1])),
  JsonMerge: (values) => merge(only(values, 3)),
  MathRandom: (values, random) => randomNumber(values, random),
  MathAdd: (values) => add(whole(only(values, 2)[0]), whole(values[1])),
  StringSplit: (values) => split(text(only(values, 2)[0]), text(values[1])),
  UUID: (values, random) => uuidOf(only(values, 0), random),
};

function only(values: Arguments, count: number): Arguments {
  if (values.length !== count) throw new IntrinsicError(`Expected ${count} arguments but received ${values.length}`);
  return values;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new IntrinsicError(`Expected a string but received ${JSON.stringify(value)}`);
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new IntrinsicError(`Expected an array but received ${JSON.stringify(value)}`);
  return value;
}

/** A number, rounded half up as Java does: -1.5 gives -1. */
function whole(value: unknown): number {
  if (typeof value !== 'number') throw new IntrinsicError(`Expected a number but received ${JSON.stringify(value)}`);
  return Math.round(value) + 0;
}

const LONGEST_TEXT = 10_000;

function short(value: string): string {
  if (value.length > LONGEST_TEXT) throw new IntrinsicError(`The string exceeds ${LONGEST_TEXT} characters`);
  return value;
}

/** `{}` gives way to the next argument; a backslash makes a brace or a backslash a character like any other. */
function format([template, ...values]: Arguments): string {
  let used = 0;
  const filled = text(template).replace(/\\([{}\\'])|\{\}|[{}]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (found !== '{}') throw new IntrinsicError(`Unescaped '${found}' in the template`);
    used += 1;
    if (used > values.length) throw new IntrinsicError('The template has more placeholders than there are arguments');
    return javaText(values[used - 1]);
  });
  if (used < values.length) throw new IntrinsicError('There are more arguments than placeholders in the template');
  return filled;
}

/** As Java writes a value, which is what AWS does: `{Id=a, Name=b}`. */
function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}=${javaText(member)}`)
    .join(', ')}}`;
}

/** A blank text gives null, as the parser of AWS has it. */
function parseJson(value: string): unknown {
  try {
    return value.trim() === '' ? null : JSON.parse(value);
  } catch {
    throw new IntrinsicError('Invalid JSON');
  }
}

function partition(items: readonly unknown[], size: number): readonly unknown[] {
  if (size < 1) throw new IntrinsicError('The chunk size must be positive');
  const chunks: unknown[] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}

const LONGEST_RANGE = 1_000;

function range(from: number, to: number, by: number): readonly number[] {
  if (by === 0) throw new IntrinsicError('The increment must not be zero');
  const size = Math.max(0, Math.floor((to - from) / by) + 1);
  if (size > LONGEST_RANGE) throw new IntrinsicError(`The range exceeds ${LONGEST_RANGE} items`);
  return Array.from({ length: size }, (_, index) => from + index * by);
}

function itemAt(items: readonly unknown[], index: number): unknown {
  if (index < 0 || index >= items.length) throw new IntrinsicError(`Index out of bound: ${index}`);
  return items[index];
}

function unique(items: readonly unknown[]): readonly unknown[] {
  const kept: unknown[] = [];
  for (const item of items) if (!kept.some((other) => isDeepStrictEqual(other, item))) kept.push(item);
  return kept;
}

function decode(value: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw new IntrinsicError('Invalid Base64');
  return Buffer.from(value, 'base64').toString('utf8');
}

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

function hash(data: unknown, algorithm: string): string {
  const name = HASHES[algorithm];
  if (name === undefined) throw new IntrinsicError(`Unknown algorithm: ${algorithm}`);
  const content = short(typeof data === 'string' ? data : JSON.stringify(data));
  return createHash(name).update(content, 'utf8').digest('hex');
}

function merge([first, second, deep]: Arguments): unknown {
  const isMap = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(first) || !isMap(second)) throw new IntrinsicError('Expected two JSON objects');
  if (deep !== false) throw new IntrinsicError('Step Functions merges shallowly only: the third argument is false');
  return { ...first, ...second };
}

/** From `start` up to, not including, `end`. */
function randomNumber(values: Arguments, random: () => number): number {
  if (values.length < 2 || values.length > 3)
    throw new IntrinsicError(`Expected 2 or 3 arguments but received ${values.length}`);
  const [start, end] = [whole(values[0]), whole(values[1])];
  if (end <= start) throw new IntrinsicError('The end must be greater than the start');
  const share = values.length === 3 ? javaRandom(whole(values[2])) : random();
  return start + Math.floor(share * (end - start));
}

function add(left: number, right: number): number {
  const sum = left + right;
  for (const number of [left, right, sum])
    if (number < -(2 ** 31) || number > 2 ** 31 - 1) throw new IntrinsicError(`Out of range: ${number}`);
  return sum;
}

function uuidOf(_none: Arguments, random: () => number): string {
  return uuid(random);
}

/** At each of the splitter's characters; empty parts are left out. */
function split(value: string, splitters: string): readonly string[] {
  if (splitters === '') return value === '' ? [] : [value];
  const parts: string[] = [''];
  for (const character of value) {
    if (splitters.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part !== '');
}
