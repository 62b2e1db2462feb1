import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { readKeys } from '../../../lambdas/mcp/read-keys.ts';

const [NEW, OLD] = ['n'.repeat(64), 'o'.repeat(64)];
const bytes = (text: string) => new TextEncoder().encode(text);

function bench() {
  const client = new SecretsManagerClient({ region: 'eu-west-1' });
  const mock = mockClient(client);
  mock.on(GetSecretValueCommand, { SecretId: 'secret', VersionStage: 'AWSCURRENT' }).resolves({ SecretString: NEW });
  return { client, previous: mock.on(GetSecretValueCommand, { SecretId: 'secret', VersionStage: 'AWSPREVIOUS' }) };
}

describe('readKeys', () => {
  it('gives the key, and the one before it', async () => {
    const { client, previous } = bench();
    previous.resolves({ SecretBinary: bytes(OLD) });
    expect(await readKeys(client, 'secret')).toEqual({ hmacKey: bytes(NEW), earlierKeys: [bytes(OLD)] });
  });

  it('gives one key where it was never replaced, or replaced something that was none', async () => {
    const { client, previous } = bench();
    previous.rejects(new ResourceNotFoundException({ $metadata: {}, message: 'no such version' }));
    expect(await readKeys(client, 'secret')).toEqual({ hmacKey: bytes(NEW), earlierKeys: [] });
    previous.resolves({ SecretString: 'short' });
    expect(await readKeys(client, 'secret')).toEqual({ hmacKey: bytes(NEW), earlierKeys: [] });
  });

  it('fails where the one before cannot be read', async () => {
    const { client, previous } = bench();
    previous.rejects(new Error('no network'));
    await expect(readKeys(client, 'secret')).rejects.toThrow('no network');
  });
});
