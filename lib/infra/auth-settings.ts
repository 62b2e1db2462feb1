import type { Construct } from 'constructs';

/** Who says who calls. There is no third way: an API that takes everyone cannot be made. */
export type AuthSettings =
  | { readonly mode: 'iam' }
  | {
      readonly mode: 'jwt';
      /** Exactly as it stands in `iss`. */
      readonly issuer: string;
      readonly audiences: readonly string[];
      /** What the issuer writes before each scope; often nothing. */
      readonly scopePrefix: string;
    };

const CONTEXT = { issuer: 'jwt_issuer', audience: 'jwt_audience', scopePrefix: 'jwt_scope_prefix' } as const;

/**
 * Who may call, read from the CDK's context: `iam`, which is the default, or any OpenID Connect issuer, with
 * `-c auth=jwt -c jwt_issuer=https://… -c jwt_audience=…` (several audiences with commas between them) and, where the
 * issuer writes something before its scopes, `-c jwt_scope_prefix=…`. Throws for anything that is not clear, because a
 * setting that is misspelt must not open the endpoint: there is no mode without authorization.
 */
export function authSettings(scope: Construct): AuthSettings {
  const mode = textOf(scope, 'auth') ?? 'iam';
  const issuer = textOf(scope, CONTEXT.issuer);
  const audience = textOf(scope, CONTEXT.audience);
  const scopePrefix = textOf(scope, CONTEXT.scopePrefix);
  if (mode === 'iam') {
    const [stray] = Object.values(CONTEXT).filter((name) => scope.node.tryGetContext(name) !== undefined);
    if (stray !== undefined) throw new Error(`The context ${stray} goes with auth=jwt, and auth is iam`);
    return { mode };
  }
  if (mode !== 'jwt') {
    throw new Error(`The context auth is "${mode}"; it can be iam or jwt. Nobody calls without authorization`);
  }
  return {
    mode,
    issuer: checkedIssuer(issuer),
    audiences: checkedAudiences(audience),
    scopePrefix: checkedPrefix(scopePrefix ?? ''),
  };
}

function textOf(scope: Construct, name: string): string | undefined {
  const value: unknown = scope.node.tryGetContext(name);
  if (value !== undefined && typeof value !== 'string') throw new Error(`The context ${name} is not text`);
  return value;
}

/** As OpenID Connect Discovery has it: no query, no fragment. http is for an issuer of tests on this machine. */
function checkedIssuer(issuer: string | undefined): string {
  if (!issuer) throw new Error(`auth=jwt needs the context ${CONTEXT.issuer}: the issuer of the tokens, an https URL`);
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === '127.0.0.1');
  if (!url || !secure || /[?#\s]/.test(issuer) || url.username !== '' || url.password !== '') {
    throw new Error(
      `The context ${CONTEXT.issuer} is not an https URL without query, fragment and password: ${issuer}`,
    );
  }
  return issuer;
}

function checkedAudiences(audience: string | undefined): readonly string[] {
  const audiences = (audience ?? '').split(',').map((one) => one.trim());
  if (!audience) throw new Error(`auth=jwt needs the context ${CONTEXT.audience}: whom the tokens are for`);
  // API Gateway takes each as it is, and the function is told them with spaces between.
  if (audiences.some((one) => !/^[\x21-\x7E]{1,255}$/.test(one))) {
    throw new Error(`The context ${CONTEXT.audience} is not a list of audiences with commas between them: ${audience}`);
  }
  return audiences;
}

/** What a scope is made of: https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
function checkedPrefix(prefix: string): string {
  if (/^[\x21\x23-\x5B\x5D-\x7E]*$/.test(prefix)) return prefix;
  throw new Error(`The context ${CONTEXT.scopePrefix} has characters that no scope has: ${prefix}`);
}
