import type { JwtSettings } from './jwt-caller.ts';
import type { ProtectedResource } from './protected-resource.ts';
import { ALL_SCOPES } from './scopes.ts';

/** Who says who calls, behind API Gateway. There is no third way: an API that takes everyone is not served. */
export type GatewayAuth = { readonly mode: 'iam' } | ({ readonly mode: 'jwt' } & JwtSettings);

/** Throws where the environment does not say it clearly: nothing is served then. */
export function gatewayAuth(environment: Readonly<Record<string, string | undefined>>): GatewayAuth {
  const { AUTH: mode, JWT_ISSUER: issuer = '', JWT_AUDIENCE = '', JWT_SCOPE_PREFIX: scopePrefix = '' } = environment;
  if (mode === 'iam') return { mode };
  if (mode !== 'jwt') throw new Error('The environment variable AUTH is neither iam nor jwt');
  const audiences = JWT_AUDIENCE.split(' ').filter((audience) => audience !== '');
  if (issuer === '' || audiences.length === 0) throw new Error('With AUTH=jwt, JWT_ISSUER and JWT_AUDIENCE are needed');
  return { mode, issuer, audiences, scopePrefix };
}

/** What clients are told about tokens; nothing where requests are signed. */
export function protectedResource(auth: GatewayAuth): ProtectedResource | undefined {
  if (auth.mode === 'iam') return undefined;
  return { authorizationServers: [auth.issuer], scopes: ALL_SCOPES.map((scope) => auth.scopePrefix + scope) };
}
