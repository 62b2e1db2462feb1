import type { Bytecode, BytecodeParameter, Effect, PlanEntry, Tier } from '../../lib/compiler/bytecode.ts';
import { callsOf } from '../../lib/compiler/plan-calls.ts';

export interface SampleBytecode {
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly useCases?: readonly string[];
  readonly summary?: string;
  readonly services?: readonly string[];
  readonly tier?: Tier;
  readonly effect?: Effect;
  readonly parameters?: readonly BytecodeParameter[];
  readonly plan?: readonly PlanEntry[];
}

/**
 * A bytecode for tests of what reads its metadata. Its checksum has the right form but not the right value, so
 * readers that check it refuse it.
 */
export function sampleBytecode(sample: SampleBytecode): Bytecode {
  const plan = sample.plan ?? [];
  return {
    version: '1.0',
    format: 'aws-mcp-bytecode',
    workflow_id: sample.name,
    checksum: `sha256:${'0'.repeat(64)}`,
    metadata: {
      name: sample.name,
      version: sample.version ?? '1.0',
      description: sample.description ?? '',
      author: 'test',
      tier: sample.tier ?? 'community',
      tags: sample.tags ?? [],
      use_cases: sample.useCases ?? [],
      summary: sample.summary ?? '',
      services: sample.services ?? [],
    },
    parameters: sample.parameters ?? [],
    execution_plan: plan,
    required_permissions: plan
      .flatMap(callsOf)
      .flatMap((call) => call.permissions.map((permission) => permission.action)),
    security: {
      risk_score: 0,
      risk_reasons: [],
      max_duration: 600,
      effect: sample.effect ?? 'write',
    },
  };
}
