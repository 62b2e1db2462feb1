import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type EngineSecurity, MIN_KEY_BYTES } from '../../lib/engine/engine-security.ts';

/**
 * The keys that ids and confirmations are made with: the secret as it is, and as it was before it was replaced, so that
 * executions stay in reach of who started them. Secrets Manager keeps one value from before, with its label.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
export async function readKeys(
  client: SecretsManagerClient,
  secretName: string,
): Promise<Pick<EngineSecurity, 'hmacKey' | 'earlierKeys'>> {
  const { GetSecretValueCommand, ResourceNotFoundException } = await import('@aws-sdk/client-secrets-manager');
  const read = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS') => {
    const command = new GetSecretValueCommand({ SecretId: secretName, VersionStage: stage });
    const { SecretBinary, SecretString = '' } = await client.send(command);
    return SecretBinary ?? new TextEncoder().encode(SecretString);
  };
  const previous = read('AWSPREVIOUS').catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) return new Uint8Array();
    throw error;
  });
  const [hmacKey, earlier] = await Promise.all([read('AWSCURRENT'), previous]);
  // A value too short to be a key has protected nothing, and must not begin to.
  return { hmacKey, earlierKeys: earlier.byteLength < MIN_KEY_BYTES ? [] : [earlier] };
}
