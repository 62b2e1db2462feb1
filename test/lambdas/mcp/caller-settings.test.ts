import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudEngine } from '../../../lambdas/mcp/cloud-services.ts';
import { createServer } from '../../../lambdas/mcp/server.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:mcp';
const SETTINGS = { AUTH: 'iam', REGISTRY_BUCKET: 'registry', SEARCH_FUNCTION: 'search', CONFIRMATION_SECRET: 'secret' };
const PLACE = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };
const WORKFLOW = { name: 'rds_backup_simple', version: '1.0', tier: 'community' } as const;

it('serves nobody where the tiers of callers cannot be read', () => {
  expect(() => createServer({ ...SETTINGS, CALLER_TIERS: '{"*":["gold"]}' }, ARN)).toThrow('"gold"');
});

it('says what tiers stand in the way of without a secret or the registry', async () => {
  const secrets = mockClient(SecretsManagerClient);
  const engine = cloudEngine(SETTINGS, PLACE);
  expect(await engine.barrier(WORKFLOW, { principal: 'alice', tiers: ['community'] })).toBeUndefined();
  expect(await engine.barrier(WORKFLOW, { principal: 'alice', tiers: ['verified'] })).toMatchObject({
    code: 'TIER_NOT_ALLOWED',
  });
  expect(secrets.calls()).toHaveLength(0);
  secrets.restore();
});

it('does not take a misspelt setting for one that switches the check off', async () => {
  const secrets = mockClient(SecretsManagerClient);
  secrets.on(GetSecretValueCommand).resolves({ SecretString: 'x'.repeat(64) });
  const engine = cloudEngine({ ...SETTINGS, CHECK_CALLER_PERMISSIONS: 'yes' }, PLACE);
  const message = 'CHECK_CALLER_PERMISSIONS is not true';
  await expect(engine.barrier(WORKFLOW, { principal: 'alice' })).rejects.toThrow(message);
  await expect(engine.start('rds_backup_simple', undefined, {}, { principal: 'alice' })).rejects.toThrow(message);
  secrets.restore();
});
