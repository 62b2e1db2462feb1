import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { customResourceAnswer } from './custom-resource-answer.ts';
import { publishWorkflows } from './publish-workflows.ts';
import { readRegistryFiles } from './read-registry-files.ts';
import { s3WriteOnceStore } from './s3-write-once-store.ts';

const client = new S3Client({});

/** CloudFormation custom resource: publishes the workflows that lie beside this file. Deleting it deletes nothing. */
export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const failure =
    event.RequestType === 'Delete' ? undefined : await publishFrom(event).catch((error: unknown) => error);
  // As bytes, because a string would get a content type, which the signature of the URL does not have.
  const body = Buffer.from(JSON.stringify(customResourceAnswer(event, failure)));
  const response = await fetch(event.ResponseURL, { method: 'PUT', body });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: ${response.status}`);
}

async function publishFrom(event: CloudFormationCustomResourceEvent): Promise<undefined> {
  const files = await readRegistryFiles(join(__dirname, 'registry'));
  const store = s3WriteOnceStore(client, event.ResourceProperties.Bucket);
  console.log(await publishWorkflows(files, store));
}
