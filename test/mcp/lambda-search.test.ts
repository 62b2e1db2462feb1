import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { createLambdaSearch } from '../../lib/mcp/lambda-search.ts';

const ANSWER = {
  matches: [
    {
      name: 'rds_backup',
      version: '1.0',
      summary: '',
      score: 0.5,
      confidence: 'high',
      why: ['words: backup'],
      tier: 'community',
      effect: 'write',
      services: ['rds'],
      requiredParameters: [],
    },
  ],
  registryDigest: 'sha256:x',
};

function bench(payload: unknown, functionError?: string) {
  const client = new LambdaClient({ region: 'eu-west-1' });
  const mock = mockClient(client);
  const Payload = Buffer.from(JSON.stringify(payload)) as never;
  mock.on(InvokeCommand).resolves({ Payload, ...(functionError && { FunctionError: functionError }) });
  return { mock, search: createLambdaSearch({ client: async () => client, functionName: 'search' }) };
}

describe('createLambdaSearch', () => {
  it('sends the query and gives back the answer', async () => {
    const { mock, search } = bench(ANSWER);
    expect(await search.suggest({ query: 'backup', limit: 3 })).toEqual(ANSWER);
    const sent = mock.commandCalls(InvokeCommand)[0]?.args[0].input;
    expect(sent?.FunctionName).toBe('search');
    expect(JSON.parse(Buffer.from(sent?.Payload as Uint8Array).toString())).toEqual({ query: 'backup', limit: 3 });
  });

  it('takes nothing else for an answer', async () => {
    const query = { query: 'backup', limit: 3 };
    await expect(bench({ matches: 'none' }).search.suggest(query)).rejects.toThrow();
    await expect(bench({ errorMessage: 'boom' }, 'Unhandled').search.suggest(query)).rejects.toThrow('boom');
  });
});
