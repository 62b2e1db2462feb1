import { ProtocolError } from '@modelcontextprotocol/server';

const PAGE_SIZE = 50;
const INVALID_PARAMS = -32_602;

export interface Page<T> {
  readonly page: readonly T[];
  /** Only where more follow. */
  readonly nextCursor?: string;
}

/**
 * One page of a list that is sorted by name. The cursor is the last name given, so that a list which changes in between
 * loses nothing that stays. Throws `ProtocolError` for a cursor that is none.
 */
export function pageOf<T>(items: readonly T[], nameOf: (item: T) => string, cursor: string | undefined): Page<T> {
  const after = cursor === undefined ? '' : nameIn(cursor);
  const rest = items.filter((item) => nameOf(item) > after);
  const page = rest.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  if (last === undefined || rest.length <= PAGE_SIZE) return { page };
  return { page, nextCursor: Buffer.from(nameOf(last)).toString('base64url') };
}

function nameIn(cursor: string): string {
  const name = cursor.length <= 200 ? Buffer.from(cursor, 'base64url').toString() : '';
  if (!/^[A-Za-z0-9_-]+$/.test(name)) throw new ProtocolError(INVALID_PARAMS, 'That is no cursor of this list');
  return name;
}
