import { isDeepStrictEqual } from 'node:util';
import { type Filter, type FilterPath, type JsonPath, type Operand, type Operator, PathError } from './json-path.ts';

type ReadPath = (path: JsonPath, document: unknown) => unknown;

/** Whether an item passes a filter; what a path in it does not find is `undefined`, which equals nothing but itself. */
export function passesFilter(filter: Filter, item: unknown, root: unknown, read: ReadPath): boolean {
  switch (filter.kind) {
    case 'or':
      return filter.parts.some((part) => passesFilter(part, item, root, read));
    case 'and':
      return filter.parts.every((part) => passesFilter(part, item, root, read));
    case 'not':
      return !passesFilter(filter.part, item, root, read);
    case 'exists':
      return valueAt(filter.path, item, root, read) !== undefined;
    case 'compare': {
      const value = (operand: Operand): unknown =>
        operand.kind === 'path' ? valueAt(operand.value, item, root, read) : operand.value;
      return compare(filter.operator, value(filter.left), value(filter.right));
    }
  }
}

function valueAt({ from, path }: FilterPath, item: unknown, root: unknown, read: ReadPath): unknown {
  try {
    return read(path, from === 'item' ? item : root);
  } catch (cause) {
    if (cause instanceof PathError) return undefined;
    throw cause;
  }
}

function compare(operator: Operator, left: unknown, right: unknown): boolean {
  const inList = (value: unknown, list: unknown): boolean =>
    Array.isArray(list) && list.some((other) => equal(value, other));
  const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(operator, left, right);
    case '=~':
      return (
        right instanceof RegExp && ['string', 'number', 'boolean'].includes(typeof left) && right.test(String(left))
      );
    case 'in':
      return inList(left, right);
    case 'nin':
      return !inList(left, right);
    case 'subsetof':
      return Array.isArray(left) && left.every((value) => inList(value, right));
    case 'anyof':
      return items(left).some((value) => inList(value, right));
    case 'noneof':
      return !items(left).some((value) => inList(value, right));
    case 'contains':
      return typeof left === 'string' ? left.includes(String(right)) : inList(right, left);
    case 'size':
      return (typeof left === 'string' || Array.isArray(left)) && left.length === right;
    case 'empty':
      return (typeof left === 'string' || Array.isArray(left)) && (left.length === 0) === right;
  }
}

/** Jayway takes a number and the text of it for equal. */
function equal(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'string') return right.trim() !== '' && left === Number(right);
  if (typeof left === 'string' && typeof right === 'number') return left === String(right);
  return isDeepStrictEqual(left, right);
}

function ordered(operator: '<' | '<=' | '>' | '>=', left: unknown, right: unknown): boolean {
  const numbers = typeof left === 'number' && typeof right === 'number';
  if (!numbers && !(typeof left === 'string' && typeof right === 'string')) return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}
