import type { LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { SearchAnswer, SearchQuery, WorkflowSearch } from '../search/workflow-search.ts';

const answerSchema = z.object({
  matches: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      summary: z.string(),
      score: z.number(),
      confidence: z.enum(['high', 'low']),
      why: z.array(z.string()),
      tier: z.enum(['community', 'verified', 'enterprise']),
      effect: z.enum(['read', 'write', 'destructive']),
      services: z.array(z.string()),
      requiredParameters: z.array(z.string()),
    }),
  ),
  registryDigest: z.string(),
});

export interface LambdaSearchOptions {
  /** Asked for at the first search: to load the client takes longer than most answers. */
  readonly client: () => Promise<LambdaClient>;
  readonly functionName: string;
}

/**
 * Search in a function of its own, where the encoder's weights are. The event is a `SearchQuery`, the result a
 * `SearchAnswer`, both as JSON. Throws where the function fails or answers with something else.
 */
export function createLambdaSearch({ client: clientOf, functionName }: LambdaSearchOptions): WorkflowSearch {
  return {
    async suggest(query: SearchQuery): Promise<SearchAnswer> {
      const [client, { InvokeCommand }] = await Promise.all([clientOf(), import('@aws-sdk/client-lambda')]);
      const answer = await client.send(
        new InvokeCommand({ FunctionName: functionName, Payload: new TextEncoder().encode(JSON.stringify(query)) }),
      );
      const text = new TextDecoder().decode(answer.Payload);
      if (answer.FunctionError)
        throw new Error(`${functionName} failed (${answer.FunctionError}): ${text.slice(0, 1_000)}`);
      return answerSchema.parse(JSON.parse(text));
    },
  };
}
