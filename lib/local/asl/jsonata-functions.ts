import { createHash } from 'node:crypto';
import { javaRandom, uuid } from './random.ts';

/** What AWS adds to JSONata takes its time and chance from here. */
export interface FunctionSources {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

const HASH_ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/**
 * The functions that Step Functions adds to JSONata 2.0.6, and those it takes away or that must follow our clock.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export function jsonataFunctions(sources: FunctionSources): Readonly<Record<string, unknown>> {
  return {
    partition,
    range,
    hash,
    parse,
    random: (seed?: unknown) => (seed === undefined ? sources.random() : javaRandom(wholeNumber('random', 1, seed))),
    uuid: () => uuid(sources.random),
    millis: () => sources.now(),
    eval: undefined,
  };
}

function partition(items: unknown, size: unknown): unknown {
  if (items === undefined) return undefined;
  const chunk = wholeNumber('partition', 2, size);
  if (chunk < 1) throw functionError('partition', 2);
  const all = Array.isArray(items) ? items : [items];
  const chunks: unknown[] = [];
  for (let from = 0; from < all.length; from += chunk) chunks.push(all.slice(from, from + chunk));
  return chunks;
}

/** As many as JSONata's own range operator makes. */
const LONGEST_RANGE = 1e7;

/** A sequence in JSONata's sense: as AWS recorded, a range of one number is that number, an empty one is nothing. */
function range(start: unknown, end: unknown, step: unknown): unknown {
  if (start === undefined || end === undefined || step === undefined) return undefined;
  const [from, to, by] = [wholeNumber('range', 1, start), wholeNumber('range', 2, end), wholeNumber('range', 3, step)];
  if (by === 0) return undefined;
  const size = Math.floor((to - from) / by) + 1;
  if (size > LONGEST_RANGE) throw jsonataError('D2014', 'The range is too long', { value: size });
  const numbers: number[] = [];
  for (let value = from; by > 0 ? value <= to : value >= to; value += by) numbers.push(value);
  return Object.defineProperty(numbers, 'sequence', { value: true, enumerable: false });
}

function hash(data: unknown, algorithm: unknown): unknown {
  if (data === undefined) return undefined;
  const name = typeof algorithm === 'string' ? HASH_ALGORITHMS[algorithm] : undefined;
  if (name === undefined) throw functionError('hash', 2);
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(name).update(text, 'utf8').digest('hex');
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw functionError('parse', 1);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw jsonataError('D3141', `The argument of function "parse" is not valid JSON: ${(cause as Error).message}`);
  }
}

function wholeNumber(name: string, position: number, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw functionError(name, position);
  return Math.trunc(value);
}

function functionError(name: string, position: number): Error {
  return jsonataError('T0410', 'Argument {{index}} of function {{token}} does not match function signature', {
    index: position,
    token: name,
  });
}

/** JSONata's errors are told apart by their code; where it knows the code, it fills in its own text from `values`. */
function jsonataError(code: string, message: string, values: Readonly<Record<string, unknown>> = {}): Error {
  return Object.assign(new Error(message), { code, ...values });
}
