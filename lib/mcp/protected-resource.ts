/** What clients must know to get an access token for this server: RFC 9728. */
export interface ProtectedResource {
  /** Issuers, as their tokens name them. */
  readonly authorizationServers: readonly string[];
  /** As the authorization server spells them; the complete set. */
  readonly scopes: readonly string[];
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource';
const ENDPOINT = '/mcp';

/**
 * Where the metadata is: first the address that belongs to the endpoint, then the one of the whole host, which some
 * clients ask for as well. https://www.rfc-editor.org/rfc/rfc9728#section-3.1
 */
export const METADATA_PATHS: readonly string[] = [`${WELL_KNOWN}${ENDPOINT}`, WELL_KNOWN];

/** The answer to a request for the metadata. `resource` is exactly the address that clients connect to. */
export function resourceMetadata(request: Request, { authorizationServers, scopes }: ProtectedResource): Response {
  const metadata = {
    resource: `${new URL(request.url).origin}${ENDPOINT}`,
    resource_name: 'AWS MCP Workflows',
    authorization_servers: authorizationServers,
    scopes_supported: scopes,
    bearer_methods_supported: ['header'],
  };
  return Response.json(metadata, { headers: { 'cache-control': 'public, max-age=300' } });
}

/**
 * The value of `WWW-Authenticate` for a request that no token, or a poor one, came with.
 * https://www.rfc-editor.org/rfc/rfc9728#section-5.1. API Gateway renames the header of an answer that a function made
 * to `x-amzn-remapped-www-authenticate`; clients that do not know that find the metadata by its address.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function challenge(
  request: Request,
  { scopes }: ProtectedResource,
  error: 'invalid_token' | 'insufficient_scope',
): string {
  const metadata = `${new URL(request.url).origin}${METADATA_PATHS[0]}`;
  return `Bearer error="${error}", scope="${scopes.join(' ')}", resource_metadata="${metadata}"`;
}
