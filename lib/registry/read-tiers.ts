import Ajv from 'ajv';
import { parse } from 'yaml';
import type { TierCeiling, TierCeilings } from '../compiler/tiers.ts';
import { RegistryUnreadable } from './registry-unreadable.ts';

const CEILING = {
  type: 'object',
  additionalProperties: false,
  required: ['max_risk_score', 'max_duration_seconds', 'changing_calls', 'destructive_calls', 'permissions_management'],
  properties: {
    max_risk_score: { type: 'number', minimum: 0, maximum: 10 },
    max_duration_seconds: { type: 'integer', minimum: 1 },
    changing_calls: { type: 'boolean' },
    destructive_calls: { type: 'boolean' },
    permissions_management: { type: 'boolean' },
  },
} as const;

const TIERS = {
  type: 'object',
  additionalProperties: false,
  required: ['community', 'verified', 'enterprise'],
  properties: { community: CEILING, verified: CEILING, enterprise: CEILING },
} as const;

interface CeilingSource {
  readonly max_risk_score: number;
  readonly max_duration_seconds: number;
  readonly changing_calls: boolean;
  readonly destructive_calls: boolean;
  readonly permissions_management: boolean;
}

/** Reads `tiers.yaml`. Throws where it is not as it has to be: without ceilings nothing may be compiled. */
export function readTiers(file: string, text: string): TierCeilings {
  const ajv = new Ajv({ allErrors: true });
  const validate = ajv.compile<Record<'community' | 'verified' | 'enterprise', CeilingSource>>(TIERS);
  let tiers: unknown;
  try {
    tiers = parse(text);
  } catch (cause) {
    throw new RegistryUnreadable(`${file} is not valid YAML: ${(cause as Error).message}`, { cause });
  }
  if (!validate(tiers))
    throw new RegistryUnreadable(`${file}: ${ajv.errorsText(validate.errors, { dataVar: 'tiers' })}`);
  return {
    community: toCeiling(tiers.community),
    verified: toCeiling(tiers.verified),
    enterprise: toCeiling(tiers.enterprise),
  };
}

function toCeiling(source: CeilingSource): TierCeiling {
  return {
    maxRiskScore: source.max_risk_score,
    maxDurationSeconds: source.max_duration_seconds,
    changingCalls: source.changing_calls,
    destructiveCalls: source.destructive_calls,
    permissionsManagement: source.permissions_management,
  };
}
