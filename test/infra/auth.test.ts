import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { authSettings } from '../../lib/infra/auth-settings.ts';
import { callLimits } from '../../lib/infra/call-limits.ts';
import { gatewayAuth, protectedResource } from '../../lib/mcp/gateway-auth.ts';
import { METADATA_PATHS } from '../../lib/mcp/protected-resource.ts';
import { synthesise } from './synthesise.ts';

type Properties = Readonly<Record<string, unknown>>;

const JWT = {
  auth: 'jwt',
  jwt_issuer: 'https://login.example/tenant',
  jwt_audience: 'workflows,https://api.example/mcp',
};
const stackWith = (context: Properties) => new Stack(new App({ analyticsReporting: false, context }), 'Test');
const settings = (context: Properties) => authSettings(stackWith(context));

describe('the context', () => {
  it('means IAM where it says nothing', () => {
    expect(settings({})).toEqual({ mode: 'iam' });
    expect(settings({ auth: 'iam' })).toEqual({ mode: 'iam' });
  });

  it('names an issuer, audiences, and what stands before scopes', () => {
    expect(settings({ ...JWT, jwt_scope_prefix: 'api://workflows/' })).toEqual({
      mode: 'jwt',
      issuer: 'https://login.example/tenant',
      audiences: ['workflows', 'https://api.example/mcp'],
      scopePrefix: 'api://workflows/',
    });
    expect(settings({ ...JWT, jwt_issuer: 'http://127.0.0.1:8080' })).toMatchObject({
      issuer: 'http://127.0.0.1:8080',
    });
  });

  it.each<[Properties, string]>([
    [{ auth: 'none' }, 'The context auth is "none"; it can be iam or jwt. Nobody calls without authorization'],
    [{ auth: 'JWT' }, 'The context auth is "JWT"'],
    [{ auth: '' }, 'The context auth is ""'],
    [{ auth: true }, 'The context auth is not text'],
    [{ auth: 'jwt' }, 'auth=jwt needs the context jwt_issuer'],
    [{ auth: 'jwt', jwt_issuer: JWT.jwt_issuer }, 'auth=jwt needs the context jwt_audience'],
    [{ ...JWT, jwt_audience: 'a,,b' }, 'The context jwt_audience is not a list'],
    [{ ...JWT, jwt_audience: 'a b' }, 'The context jwt_audience is not a list'],
    [{ ...JWT, jwt_issuer: 'login.example' }, 'The context jwt_issuer is not an https URL'],
    [{ ...JWT, jwt_issuer: 'http://login.example' }, 'The context jwt_issuer is not an https URL'],
    [{ ...JWT, jwt_issuer: 'http://127.0.0.1.evil.example' }, 'The context jwt_issuer is not an https URL'],
    [{ ...JWT, jwt_issuer: 'https://login.example/?a=b' }, 'The context jwt_issuer is not an https URL'],
    [{ ...JWT, jwt_issuer: 'https://login.example/#a' }, 'The context jwt_issuer is not an https URL'],
    [{ ...JWT, jwt_issuer: 'https://user:word@login.example' }, 'The context jwt_issuer is not an https URL'],
    [{ ...JWT, jwt_scope_prefix: 'a b' }, 'The context jwt_scope_prefix has characters'],
    [{ jwt_issuer: JWT.jwt_issuer }, 'The context jwt_issuer goes with auth=jwt, and auth is iam'],
    [{ jwt_audience: 'a' }, 'The context jwt_audience goes with auth=jwt, and auth is iam'],
  ])('%j is refused', (context, message) => {
    expect(() => settings(context)).toThrow(message);
  });

  it('is asked by the stack itself, so that nothing is deployed either', () => {
    expect(() => synthesise({ auth: 'none' })).toThrow('The context auth is "none"');
  });
});

describe('with auth=jwt', () => {
  const template = Template.fromStack(synthesise(JWT).stack);
  const all = (type: string) =>
    Object.values(template.findResources(type)).map((found) => found.Properties as Properties);

  it('asks the issuer for every call of the endpoint, and nobody for where tokens come from', () => {
    const routes = all('AWS::ApiGatewayV2::Route');
    expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]).sort()).toEqual([
      ['ANY /mcp', 'JWT'],
      ['GET /.well-known/oauth-protected-resource', 'NONE'],
      ['GET /.well-known/oauth-protected-resource/mcp', 'NONE'],
    ]);
    expect(routes.map(({ RouteKey }) => RouteKey)).toEqual(
      expect.arrayContaining(METADATA_PATHS.map((path) => `GET ${path}`)),
    );
    const [endpoint] = routes.filter(({ RouteKey }) => RouteKey === 'ANY /mcp');
    expect(endpoint?.AuthorizationScopes).toEqual(['workflows:read', 'workflows:execute']);
    expect(all('AWS::ApiGatewayV2::Authorizer')).toMatchObject([
      {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: JWT.jwt_issuer, Audience: ['workflows', 'https://api.example/mcp'] },
      },
    ]);
  });

  it('tells the server the very settings', () => {
    const prefixed = { ...JWT, jwt_scope_prefix: 'api://workflows/' };
    const other = Template.fromStack(synthesise(prefixed).stack);
    const functions = Object.values(other.findResources('AWS::Lambda::Function'));
    const [variables] = functions
      .map(({ Properties: { Environment } }) => Environment?.Variables as Record<string, string> | undefined)
      .filter((found) => found?.AUTH !== undefined);
    const auth = gatewayAuth(variables ?? {});
    expect(auth).toEqual(settings(prefixed));
    const scopes = Object.values(other.findResources('AWS::ApiGatewayV2::Route')).flatMap(
      ({ Properties: { AuthorizationScopes = [] } }) => AuthorizationScopes as string[],
    );
    expect(protectedResource(auth)).toEqual({ authorizationServers: [JWT.jwt_issuer], scopes });
  });
});

it('counts refusals and faults in the audit lines, and raises an alarm for a fault', () => {
  const template = Template.fromStack(synthesise().stack);
  const filters = Object.values(template.findResources('AWS::Logs::MetricFilter')).map((found) => found.Properties);
  expect(filters).toMatchObject([
    {
      FilterPattern: '{ $.message.audit.decision = "refused:*" }',
      LogGroupName: { Ref: expect.stringMatching(/^McpServerLogs/) },
      MetricTransformations: [{ MetricName: 'Refused', MetricNamespace: 'Test', MetricValue: '1' }],
    },
    {
      FilterPattern: '{ $.message.audit.decision = "fault" }',
      MetricTransformations: [{ MetricName: 'Faults', MetricNamespace: 'Test', MetricValue: '1' }],
    },
  ]);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'Faults',
    Namespace: 'Test',
    Threshold: 1,
    Period: 300,
    TreatMissingData: 'notBreaching',
  });
});

describe('limits', () => {
  it('are those of the server and of the account where the context says nothing', () => {
    expect(callLimits(stackWith({}))).toEqual({});
  });

  it('are told to the function', () => {
    const template = Template.fromStack(synthesise({ max_running_per_caller: '3', reserved_concurrency: 20 }).stack);
    template.hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: 20,
      Environment: { Variables: { RUNNING_PER_CALLER: '3', AUTH: 'iam' } },
    });
  });

  it.each(['0', '-1', '1.5', 'many', '', true])('%j is refused', (value) => {
    for (const name of ['max_running_per_caller', 'reserved_concurrency']) {
      expect(() => callLimits(stackWith({ [name]: value }))).toThrow(`The context ${name} is not a whole number`);
    }
  });
});
