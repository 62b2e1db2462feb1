import type { Bytecode, Permission, Tier } from '../compiler/bytecode.ts';
import { callsOf } from '../compiler/plan-calls.ts';

/** The actions that the roles of some workflows of a tier may be allowed at most. */
export interface Boundary {
  readonly tier: Tier;
  /** The ids of the workflows, sorted. */
  readonly workflows: readonly string[];
  readonly statements: readonly BoundaryStatement[];
}

export interface BoundaryStatement {
  readonly Effect: 'Allow';
  /** Sorted. */
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition?: NonNullable<Permission['condition']>;
}

const TIERS: readonly Tier[] = ['community', 'verified', 'enterprise'];

/**
 * The boundaries of the tiers: each allows what its workflows need, on any resource, and nothing else; roles narrow the
 * resources. One for each tier, and further ones where the actions do not fit into a policy.
 * @param budget how many characters the statements may have
 */
export function toBoundaries(workflows: readonly Bytecode[], budget: number): readonly Boundary[] {
  return TIERS.flatMap((tier) =>
    inPolicies(
      workflows.filter(({ metadata }) => metadata.tier === tier),
      budget,
    ).map((group) => ({
      tier,
      workflows: group.map(({ workflow_id: id }) => id),
      statements: statementsOf(group),
    })),
  );
}

/** One after the other in the order of their names: each into the policy of the one before as long as it has room. */
function inPolicies(workflows: readonly Bytecode[], budget: number): readonly (readonly Bytecode[])[] {
  const groups: Bytecode[][] = [];
  for (const workflow of [...workflows].sort((a, b) => (a.workflow_id < b.workflow_id ? -1 : 1))) {
    const last = groups.at(-1);
    if (last !== undefined && JSON.stringify(statementsOf([...last, workflow])).length <= budget) last.push(workflow);
    else groups.push([workflow]);
  }
  return groups;
}

function statementsOf(workflows: readonly Bytecode[]): readonly BoundaryStatement[] {
  const byCondition = new Map<string, { condition: Permission['condition']; actions: Set<string> }>();
  for (const { action, condition } of workflows.flatMap(permissionsOf)) {
    const key = JSON.stringify(condition ?? null);
    const group = byCondition.get(key) ?? { condition, actions: new Set() };
    group.actions.add(action);
    byCondition.set(key, group);
  }
  return [...byCondition]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, { condition, actions }]) => ({
      Effect: 'Allow',
      Action: [...actions].sort(),
      Resource: '*',
      ...(condition === undefined ? {} : { Condition: condition }),
    }));
}

/** What the role of a workflow is granted, the question of an approval included. */
function permissionsOf({ execution_plan: plan }: Bytecode): readonly Pick<Permission, 'action' | 'condition'>[] {
  const asks = plan.some(({ type }) => type === 'approval');
  return [
    ...plan.flatMap(callsOf).flatMap((call) => call.permissions),
    ...(asks ? [{ action: 'sns:Publish' } as const] : []),
  ];
}
