import type { KnownCaller } from './auth-info.ts';

/** Whose access tokens are taken, and for what they must be. */
export interface JwtSettings {
  /** Exactly as it stands in `iss`. */
  readonly issuer: string;
  /** One of these must stand in `aud`, or in `client_id` of a token without `aud`. */
  readonly audiences: readonly string[];
  /** What the issuer writes before each scope, e.g. the identifier of a resource server and `/`; often nothing. */
  readonly scopePrefix: string;
}

type Claims = Readonly<Record<string, unknown>>;

const MAX_SUBJECT = 512;

/**
 * The caller that a token vouches for. API Gateway has checked its signature and all of this already; it is asked again
 * here, so that a route whose authorizer is lost or wrong serves nobody. `undefined` wherever anything is missing.
 *
 * A caller is known by issuer and subject, the only pair that is never given to anyone else: an e-mail address or a
 * name can change hands. https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability
 * @param claims as API Gateway hands them on: everything as text, lists as `[a b]`
 * @param now milliseconds since 1970
 */
export function jwtCaller(
  claims: unknown,
  { issuer, audiences, scopePrefix }: JwtSettings,
  now: number,
): Pick<KnownCaller, 'principal' | 'scopes'> | undefined {
  if (typeof claims !== 'object' || claims === null) return undefined;
  const { iss, sub, exp, nbf, token_use: use, aud, client_id: client, scope, scp } = claims as Claims;
  if (issuer === '' || iss !== issuer) return undefined;
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT) return undefined;
  // As the authorizer does: the client counts where there is no audience, as in the access tokens of Amazon Cognito.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
  if (!listed(aud ?? client).some((audience) => audience !== '' && audiences.includes(audience))) return undefined;
  if (!(seconds(exp) * 1_000 > now)) return undefined;
  if (nbf !== undefined && !(seconds(nbf) * 1_000 <= now)) return undefined;
  // An ID token of Cognito says who signed in, and allows nothing.
  if (use !== undefined && use !== 'access') return undefined;
  return { principal: `${issuer}#${sub}`, scopes: scopesOf(scope ?? scp, scopePrefix) };
}

/** Without their prefix; what does not have it was meant for another server. */
function scopesOf(claim: unknown, prefix: string): readonly string[] {
  return listed(claim)
    .filter((scope) => scope.startsWith(prefix))
    .map((scope) => scope.slice(prefix.length));
}

function listed(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.filter((item) => typeof item === 'string');
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/\s+/)
    .filter((item) => item !== '');
}

/** Not a number where it is not one, which is neither before nor after anything. */
function seconds(claim: unknown): number {
  return typeof claim === 'number' || (typeof claim === 'string' && claim.trim() !== '') ? Number(claim) : Number.NaN;
}
