import type { ScalarType, Shape } from '../../catalog/catalog.ts';
import type { ContextKey } from './resolution.ts';

const SCALARS: Readonly<Record<NonNullable<ContextKey['type']>, readonly ScalarType[]>> = {
  string: ['string', 'timestamp', 'blob', 'document'],
  integer: ['integer', 'number', 'document'],
  number: ['number', 'document'],
  boolean: ['boolean', 'document'],
  string_list: ['document'],
};

/**
 * Whether a value of the context may stand where the API wants `shape`: as it is, or alone in a list.
 * A value of unknown type may stand anywhere but where its literal says no.
 */
export function fitsType(value: ContextKey, shape: Shape): boolean {
  const type = value.type ?? literalType(value.literal);
  if (shape.kind === 'list') {
    if (type === undefined) return true;
    if (type === 'string_list' || Array.isArray(value.literal)) {
      return fitsType({ key: value.key, type: Array.isArray(value.literal) ? undefined : 'string' }, shape.item);
    }
    return fitsType(value, shape.item);
  }
  if (shape.kind !== 'scalar') return type === undefined && (value.literal === undefined || isRecord(value.literal));
  if (type === undefined) return value.literal === undefined || shape.type === 'document';
  if (!SCALARS[type].includes(shape.type)) return false;
  return shape.enum === undefined || value.literal === undefined || shape.enum.includes(String(value.literal));
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function literalType(literal: unknown): ContextKey['type'] {
  if (typeof literal === 'string') return 'string';
  if (typeof literal === 'boolean') return 'boolean';
  if (typeof literal === 'number') return Number.isInteger(literal) ? 'integer' : 'number';
  return Array.isArray(literal) && literal.every((item) => typeof item === 'string') ? 'string_list' : undefined;
}
