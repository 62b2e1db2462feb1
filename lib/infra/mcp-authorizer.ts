import { Validations } from 'aws-cdk-lib';
import {
  type HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRouteIntegration,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { AuthSettings } from './auth-settings.ts';

/** What the server asks of tokens. */
const SCOPES = ['workflows:read', 'workflows:execute'];

/** Where clients look: https://www.rfc-editor.org/rfc/rfc9728#section-3.1, and at the root of the host. */
const METADATA_PATHS = ['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'];

/** What stands before the endpoint: API Gateway turns away whoever it does not let through. */
export function mcpAuthorizer(auth: AuthSettings): IHttpRouteAuthorizer {
  if (auth.mode === 'iam') return new HttpIamAuthorizer();
  return new HttpJwtAuthorizer('Jwt', auth.issuer, { jwtAudience: [...auth.audiences] });
}

/** One of these must be in a token; which of them a call needs, the server asks. */
export function gatewayScopes(auth: AuthSettings): string[] {
  return auth.mode === 'iam' ? [] : SCOPES.map((scope) => auth.scopePrefix + scope);
}

/** How the server learns who says who calls: it asks all of it again. */
export function authEnvironment(auth: AuthSettings): Readonly<Record<string, string>> {
  if (auth.mode === 'iam') return { AUTH: auth.mode };
  return {
    AUTH: auth.mode,
    JWT_ISSUER: auth.issuer,
    JWT_AUDIENCE: auth.audiences.join(' '),
    ...(auth.scopePrefix !== '' && { JWT_SCOPE_PREFIX: auth.scopePrefix }),
  };
}

/** Where clients without a token learn how to get one: RFC 9728. Open to all, and the same for all. */
export function addMetadataRoutes(api: HttpApi, auth: AuthSettings, integration: HttpRouteIntegration): void {
  if (auth.mode === 'iam') return;
  for (const path of METADATA_PATHS) {
    const routes = api.addRoutes({
      path,
      methods: [HttpMethod.GET],
      integration,
      authorizer: new HttpNoneAuthorizer(),
    });
    for (const route of routes) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Clients read here where to get a token, and so before they have one. The answer says nothing else.',
      });
    }
  }
}
