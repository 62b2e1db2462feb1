import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Caller } from './check-request.ts';
import { ALL_SCOPES } from './scopes.ts';

/** Who calls, as the server hands it on to what serves the call. */
export interface KnownCaller {
  readonly principal: string;
  readonly scopes: readonly string[];
  /** To be called once for each audit line that a tool has written. */
  readonly wroteLine: () => void;
}

/** No token goes in: nothing behind the guard needs one, and what is not there cannot leak. */
export function authInfoOf(principal: string, { scopes = ALL_SCOPES }: Caller, wroteLine: () => void): AuthInfo {
  return { token: '', clientId: principal, scopes: [...scopes], extra: { wroteLine } };
}

/** Throws for a request that the guard has not seen: nothing is served for nobody. */
export function knownCaller(authInfo: AuthInfo | undefined): KnownCaller {
  if (!authInfo?.clientId) throw new Error('A request reached the server without a principal');
  const { clientId: principal, scopes, extra } = authInfo;
  return { principal, scopes, wroteLine: (extra?.wroteLine as (() => void) | undefined) ?? (() => {}) };
}
