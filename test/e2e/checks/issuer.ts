import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

/** An issuer of access tokens, with the two documents that whoever checks them reads. */
export interface Issuer {
  readonly url: string;
  /** A signed token (RS256) with these claims. */
  token(claims: Readonly<Record<string, unknown>>): string;
  close(): Promise<void>;
}

const KEY_ID = 'key-1';

/** @param address where it is to be, e.g. `http://127.0.0.1:8080` */
export async function startIssuer(address: string): Promise<Issuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const documents: Readonly<Record<string, object>> = {
    '/.well-known/openid-configuration': { issuer: address, jwks_uri: `${address}/keys` },
    '/keys': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] },
  };
  const server = createServer(({ url = '' }, response) => {
    const document = documents[url];
    response
      .writeHead(document ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(document ?? {}));
  });
  const { hostname, port } = new URL(address);
  await new Promise<void>((resolve) => server.listen(Number(port), hostname, resolve));
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return {
    url: address,
    token(claims) {
      const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${encode(claims)}`;
      return `${signed}.${createSign('sha256').update(signed).sign(privateKey).toString('base64url')}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
