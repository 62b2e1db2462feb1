import fc from 'fast-check';
import { gatewayAuth, protectedResource } from '../../lib/mcp/gateway-auth.ts';
import { jwtCaller } from '../../lib/mcp/jwt-caller.ts';

const SETTINGS = { issuer: 'https://login.example/tenant', audiences: ['workflows', 'other'], scopePrefix: '' };
const NOW = 1_780_000_000_000;
/** As API Gateway hands them on: all of it text. */
const CLAIMS = {
  iss: SETTINGS.issuer,
  sub: 'user-1',
  aud: 'workflows',
  exp: String(NOW / 1_000 + 60),
  nbf: String(NOW / 1_000),
  scope: 'openid workflows:read workflows:execute',
  email: 'ann@example.com',
};

const caller = (claims: unknown, settings = SETTINGS) => jwtCaller(claims, settings, NOW);

describe('jwtCaller', () => {
  it('knows a caller by issuer and subject, and by nothing that can change hands', () => {
    const known = caller(CLAIMS);
    expect(known).toEqual({
      principal: 'https://login.example/tenant#user-1',
      scopes: ['openid', 'workflows:read', 'workflows:execute'],
    });
    expect(caller({ ...CLAIMS, email: 'bob@example.com', name: 'Bob', preferred_username: 'bob' })).toEqual(known);
    expect(caller({ ...CLAIMS, sub: 'user-2' })?.principal).not.toBe(known?.principal);
  });

  it.each<[string, object]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['an issuer that only begins like ours', { iss: `${SETTINGS.issuer}/evil` }],
    ['a slash more', { iss: `${SETTINGS.issuer}/` }],
    ['no issuer', { iss: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject that is no text', { sub: 1 }],
    ['an endless subject', { sub: 'x'.repeat(513) }],
    ['another audience', { aud: 'else' }],
    ['a part of an audience', { aud: 'workflow' }],
    ['no audience', { aud: undefined }],
    ['an empty audience', { aud: '' }],
    ['an audience beside a client that would do', { aud: 'else', client_id: 'workflows' }],
    ['an expiry that is now', { exp: String(NOW / 1_000) }],
    ['no expiry', { exp: undefined }],
    ['an expiry that is no number', { exp: 'never' }],
    ['an empty expiry', { exp: ' ' }],
    ['a time before which it is not valid', { nbf: String(NOW / 1_000 + 1) }],
    ['such a time that is no number', { nbf: 'always' }],
    ['an ID token', { token_use: 'id' }],
  ])('turns away %s', (_name, change) => {
    expect(caller({ ...CLAIMS, ...change })).toBeUndefined();
  });

  it.each([undefined, null, '', 'claims', 1, []])('turns away %j for claims', (claims) => {
    expect(caller(claims)).toBeUndefined();
  });

  it('never throws, and gives nothing to what is not from the issuer', () => {
    fc.assert(fc.property(fc.anything(), (claims) => expect(caller(claims)).toBeUndefined()));
    const keys = fc.constantFrom(...Object.keys(CLAIMS).filter((key) => key !== 'iss'));
    fc.assert(
      fc.property(keys, fc.jsonValue(), (key, value) => {
        const known = caller({ ...CLAIMS, [key]: value });
        expect(known === undefined || known.principal.startsWith(`${SETTINGS.issuer}#`)).toBe(true);
      }),
    );
  });

  it('takes lists as API Gateway writes them, and the client for the audience where there is none', () => {
    expect(caller({ ...CLAIMS, aud: '[else workflows]' })).toBeDefined();
    expect(caller({ ...CLAIMS, aud: ['else', 'other'] })).toBeDefined();
    expect(caller({ ...CLAIMS, aud: undefined, client_id: 'workflows', token_use: 'access' })).toBeDefined();
    expect(caller({ ...CLAIMS, scope: undefined, scp: '[workflows:read]' })?.scopes).toEqual(['workflows:read']);
    expect(caller({ ...CLAIMS, scope: undefined })?.scopes).toEqual([]);
  });

  it('takes scopes of its own server alone where the issuer writes something before them', () => {
    const settings = { ...SETTINGS, scopePrefix: 'api://workflows/' };
    const scope = 'api://workflows/workflows:read workflows:execute api://else/workflows:execute';
    expect(caller({ ...CLAIMS, scope }, settings)?.scopes).toEqual(['workflows:read']);
  });
});

describe('gatewayAuth', () => {
  it('reads what the deployment says', () => {
    expect(gatewayAuth({ AUTH: 'iam', JWT_ISSUER: 'x' })).toEqual({ mode: 'iam' });
    const auth = gatewayAuth({ AUTH: 'jwt', JWT_ISSUER: 'https://a', JWT_AUDIENCE: 'b c', JWT_SCOPE_PREFIX: 'd/' });
    expect(auth).toEqual({ mode: 'jwt', issuer: 'https://a', audiences: ['b', 'c'], scopePrefix: 'd/' });
    const scopes = ['d/workflows:read', 'd/workflows:execute'];
    expect(protectedResource(auth)).toEqual({ authorizationServers: ['https://a'], scopes });
    expect(protectedResource({ mode: 'iam' })).toBeUndefined();
  });

  it.each([
    {},
    { AUTH: '' },
    { AUTH: 'none' },
    { AUTH: 'jwt' },
    { AUTH: 'jwt', JWT_ISSUER: 'https://a' },
    { AUTH: 'jwt', JWT_ISSUER: 'https://a', JWT_AUDIENCE: ' ' },
    { AUTH: 'jwt', JWT_AUDIENCE: 'b' },
  ])('serves nothing with %j', (environment) => {
    expect(() => gatewayAuth(environment)).toThrow(/AUTH/);
  });
});
