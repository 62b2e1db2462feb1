import assert from 'node:assert/strict';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readBytecode } from '../../../lib/registry/read-bytecode.ts';
import { type Deployment, WORKFLOW } from './deployment.ts';
import { createPrincipal } from './principals.ts';
import type { Report } from './report.ts';

/** The bytecode as it stands in the deployed bucket, and that it stays there. */
export async function registryChecks(report: Report, { registryBucket }: Deployment): Promise<void> {
  report.section('Registry bucket');
  const object = { Bucket: registryBucket, Key: `workflows/${WORKFLOW}/1.0.json` };
  // Not the emulator's root, whom no policy holds.
  const administrator = await createPrincipal('registry-administrator', 's3:*', '*');
  const s3 = new S3Client({ credentials: administrator.credentials });

  await report.check('holds the bytecode, which the reader accepts', async () => {
    const { Body } = await s3.send(new GetObjectCommand(object));
    const bytes = await Body?.transformToByteArray();
    assert.equal(readBytecode(bytes ?? '').workflow_id, WORKFLOW);
  });
  await report.check('refuses to overwrite it on condition that it is new', async () => {
    const write = new PutObjectCommand({ ...object, Body: '{}', IfNoneMatch: '*' });
    await assert.rejects(s3.send(write), { name: 'PreconditionFailed' });
  });
  await report.check('refuses to delete it, even to an administrator of S3', async () => {
    await assert.rejects(s3.send(new DeleteObjectCommand(object)), { name: 'AccessDenied' });
  });
}
