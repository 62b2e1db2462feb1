import * as z from 'zod';
import { rankByRight } from '../rank-by-right.ts';
import { rightOf, runRight } from '../run-right.ts';
import { runnerOf } from '../runner-of.ts';
import { defineTool } from '../tool.ts';
import { cleanText } from '../untrusted-text.ts';

/** More than is told, so that what the caller may run can come in from behind. */
const SEARCHED = 10;

const match = z.object({
  name: z.string(),
  version: z.string(),
  summary: z.string().describe('What it does, generated from its plan'),
  score: z.number().describe('0 to 1'),
  confidence: z.enum(['high', 'low']),
  why: z.array(z.string()).describe('What speaks for it, generated: words, meaning, service, effect'),
  tier: z.enum(['community', 'verified', 'enterprise']),
  effect: z.enum(['read', 'write', 'destructive']),
  services: z.array(z.string()),
  required_params: z.array(z.string()),
  ...runRight,
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
    tier: z.enum(['community', 'verified', 'enterprise']).optional().describe('Only workflows of this tier'),
  }),
  output: z.object({
    matches: z.array(match),
    catalog_digest: z.string().describe('Which registry was searched; it changes whenever a workflow does'),
  }),
  async run({ query, limit, service, read_only: readOnly, tier }, call, services) {
    const answer = await services.search.suggest({
      query,
      limit: SEARCHED,
      ...(service !== undefined && { service }),
      ...(readOnly !== undefined && { readOnly }),
      ...(tier !== undefined && { tier }),
    });
    const runner = runnerOf(call, services);
    const judged = await Promise.all(
      answer.matches.map(async (found) => ({ ...found, barrier: await services.engine.barrier(found, runner) })),
    );
    const matches = rankByRight(judged)
      .slice(0, limit)
      .map((found) => ({
        name: found.name,
        version: found.version,
        summary: cleanText(found.summary),
        score: found.score,
        confidence: found.confidence,
        why: [...found.why],
        tier: found.tier,
        effect: found.effect,
        services: [...found.services],
        required_params: [...found.requiredParameters],
        ...rightOf(found.barrier),
      }));
    return { kind: 'result', output: { matches, catalog_digest: answer.registryDigest }, decision: 'allowed' };
  },
});
