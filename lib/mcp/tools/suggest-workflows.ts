import * as z from 'zod';
import { defineTool } from '../tool.ts';
import { cleanText } from '../untrusted-text.ts';

const match = z.object({
  name: z.string(),
  version: z.string(),
  summary: z.string().describe('What it does, generated from its plan'),
  score: z.number().describe('0 to 1'),
  confidence: z.enum(['high', 'low']),
  tier: z.enum(['community', 'verified', 'enterprise']),
  effect: z.enum(['read', 'write', 'destructive']),
  services: z.array(z.string()),
  required_params: z.array(z.string()),
});

export const suggestWorkflows = defineTool({
  name: 'suggest_workflows',
  title: 'Find AWS workflows',
  description:
    'Find compiled AWS workflows for a task described in plain words, best first. Nothing is returned where nothing fits. Next: describe_workflow.',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({
    query: z.string().min(2).max(500).describe('The task in plain words, e.g. "back up my RDS database"'),
    limit: z.int().min(1).max(10).default(5).describe('How many at most'),
    service: z.string().min(1).max(64).optional().describe('Only workflows that call this AWS service, e.g. "rds"'),
    read_only: z.boolean().optional().describe('Only workflows that change nothing'),
  }),
  output: z.object({
    matches: z.array(match),
    catalog_digest: z.string().describe('Which registry was searched; it changes whenever a workflow does'),
  }),
  async run({ query, limit, service, read_only: readOnly }, _call, { search }) {
    const answer = await search.suggest({
      query,
      limit,
      ...(service !== undefined && { service }),
      ...(readOnly !== undefined && { readOnly }),
    });
    const matches = answer.matches.map((found) => ({
      name: found.name,
      version: found.version,
      summary: cleanText(found.summary),
      score: found.score,
      confidence: found.confidence,
      tier: found.tier,
      effect: found.effect,
      services: [...found.services],
      required_params: [...found.requiredParameters],
    }));
    return { kind: 'result', output: { matches, catalog_digest: answer.registryDigest }, decision: 'allowed' };
  },
});
