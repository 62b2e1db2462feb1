import type { Tier } from '../compiler/bytecode.ts';

/** Callers whose principal fits the pattern, in which `*` stands for any text, may run workflows of these tiers. */
export interface TierRule {
  readonly callers: string;
  readonly tiers: readonly Tier[];
}

/** The first rule that fits a caller counts. */
export type CallerTiers = readonly TierRule[];

export const ALL_TIERS: readonly Tier[] = ['community', 'verified', 'enterprise'];

/**
 * Reads which tiers callers may run: a list (`community,verified` or an array) for everyone, or lists by patterns of
 * principals (an object, or its JSON). Where nothing is given, everyone may run all.
 * @throws Error saying what is wrong: a rule that is misread must not let anyone in
 */
export function readCallerTiers(given: unknown): CallerTiers {
  if (given === undefined) return [{ callers: '*', tiers: ALL_TIERS }];
  const value = typeof given === 'string' && /^\s*[[{]/.test(given) ? parsed(given) : given;
  if (typeof value === 'string' || Array.isArray(value)) return [{ callers: '*', tiers: tiersIn(value, 'It') }];
  if (typeof value !== 'object' || value === null)
    throw new Error('It is neither a list of tiers nor lists by callers');
  const rules = Object.entries(value).map(([callers, tiers]) => ({ callers, tiers: tiersIn(tiers, `"${callers}"`) }));
  if (rules.length === 0) throw new Error('It names no callers');
  return rules;
}

/** Of which tiers a caller may run workflows: of none where no rule fits. */
export function tiersOfCaller(rules: CallerTiers, principal: string): readonly Tier[] {
  return rules.find(({ callers }) => fits(callers, principal))?.tiers ?? [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error('It is not JSON', { cause });
  }
}

function tiersIn(value: unknown, where: string): readonly Tier[] {
  const names: unknown = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : value;
  if (!Array.isArray(names)) throw new Error(`${where} has no list of tiers`);
  return names.map((name: unknown) => {
    const tier = ALL_TIERS.find((one) => one === name);
    if (tier === undefined)
      throw new Error(`${where} names ${JSON.stringify(name)}; tiers are ${ALL_TIERS.join(', ')}`);
    return tier;
  });
}

function fits(pattern: string, principal: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^]*');
  return new RegExp(`^${source}$`, 'u').test(principal);
}
