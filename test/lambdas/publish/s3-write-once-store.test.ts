import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { s3WriteOnceStore } from '../../../lambdas/publish/s3-write-once-store.ts';

const s3 = mockClient(S3Client);
const store = s3WriteOnceStore(new S3Client({ region: 'us-east-1' }), 'bucket');

function failure(name: string, httpStatusCode: number): S3ServiceException {
  return new S3ServiceException({ name, message: name, $fault: 'client', $metadata: { httpStatusCode } });
}

beforeEach(() => s3.reset());

describe('s3WriteOnceStore', () => {
  it('writes on the condition that there is no such object', async () => {
    s3.on(PutObjectCommand).resolves({});
    await expect(store.putNew('key', Buffer.from('{}'))).resolves.toBe(true);
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'bucket',
      Key: 'key',
      IfNoneMatch: '*',
      ContentType: 'application/json',
    });
  });

  it('tells an object that exists from any other failure', async () => {
    s3.on(PutObjectCommand).rejects(failure('PreconditionFailed', 412));
    await expect(store.putNew('key', Buffer.from('{}'))).resolves.toBe(false);
    s3.on(PutObjectCommand).rejects(failure('AccessDenied', 403));
    await expect(store.putNew('key', Buffer.from('{}'))).rejects.toThrow('AccessDenied');
  });

  it('fails where S3 answers a read without a body', async () => {
    s3.on(GetObjectCommand).resolves({});
    await expect(store.get('key')).rejects.toThrow('without a body');
  });
});
