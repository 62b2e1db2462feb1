import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode, Tier } from '../compiler/bytecode.ts';
import { callsOf } from '../compiler/plan-calls.ts';
import type { TierCeilings } from '../compiler/tiers.ts';
import { aboveCeiling } from '../compiler/within-ceiling.ts';
import { toBoundaries } from '../iam/to-boundaries.ts';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import { observabilityStatements } from './observability-statements.ts';
import { type OwnMachinery, ownMachineryStatements } from './own-machinery-statements.ts';

export interface TierBoundariesProps extends OwnMachinery {
  readonly workflows: readonly Bytecode[];
  /** As `registry/tiers.yaml` has them. */
  readonly ceilings: TierCeilings;
  readonly catalog: Catalog;
}

/** What bounds the roles of a workflow: a managed policy, and what else has to stand in their own policies. */
export interface RoleBoundary {
  readonly arn: string;
  readonly statements: readonly object[];
}

/**
 * A managed policy has 6,144 characters without blanks; the rest is for what stands in each of ours besides.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const BUDGET = 3_000;

/**
 * The ceiling of each tier once more, as permissions boundaries: a role can do nothing that none of its tier's workflows
 * needs, whoever adds what to its policy, and nothing to what runs workflows. Each action is checked against the
 * ceilings again here, and a registry that is above them is not deployed. The enterprise tier takes the boundary of the
 * deploying organisation in place of ours where there is one: `-c enterprise_boundary=arn:aws:iam::…:policy/…`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class TierBoundaries extends Construct {
  readonly #byWorkflow: ReadonlyMap<string, RoleBoundary>;

  constructor(scope: Construct, id: string, props: TierBoundariesProps) {
    super(scope, id);
    refuseAboveCeiling(props);
    const denied = ownMachineryStatements(this, props);
    const given = enterpriseBoundary(this);
    const byWorkflow = new Map<string, RoleBoundary>();
    const numbers = new Map<Tier, number>();
    for (const { tier, workflows, statements } of toBoundaries(props.workflows, BUDGET)) {
      const number = (numbers.get(tier) ?? 0) + 1;
      numbers.set(tier, number);
      const boundary =
        tier === 'enterprise' && given !== undefined
          ? { arn: given, statements: denied }
          : { arn: this.#addPolicy(`${nameOf(tier)}${number}`, tier, [...statements, ...denied]), statements: [] };
      for (const workflow of workflows) byWorkflow.set(workflow, boundary);
    }
    this.#byWorkflow = byWorkflow;
  }

  /** The boundary of the roles of a workflow. */
  of(workflowId: string): RoleBoundary {
    const boundary = this.#byWorkflow.get(workflowId);
    if (boundary === undefined) throw new Error(`There is no boundary for the workflow ${workflowId}`);
    return boundary;
  }

  #addPolicy(id: string, tier: Tier, statements: readonly object[]): string {
    const policy = new CfnManagedPolicy(this, id, {
      description: `What roles of workflows of the ${tier} tier may do at most`,
      policyDocument: { Version: '2012-10-17', Statement: [...statements, ...observabilityStatements()] },
    });
    acknowledgeWildcard(policy, '*', 'A boundary grants nothing; the policies of the roles name the resources.');
    return policy.ref;
  }
}

function refuseAboveCeiling({ workflows, ceilings, catalog }: TierBoundariesProps): void {
  for (const { workflow_id: id, metadata, execution_plan: plan } of workflows) {
    const { tier } = metadata;
    for (const permission of plan.flatMap(callsOf).flatMap((call) => call.permissions)) {
      const above = aboveCeiling(permission, ceilings[tier], catalog);
      if (above === undefined) continue;
      throw new Error(`${permission.action} ${above}, which the ${tier} tier of the workflow ${id} does not allow`);
    }
  }
}

const nameOf = (tier: Tier): string => tier.charAt(0).toUpperCase() + tier.slice(1);

function enterpriseBoundary(scope: Construct): string | undefined {
  const arn: unknown = scope.node.tryGetContext('enterprise_boundary');
  if (arn === undefined) return undefined;
  if (typeof arn === 'string' && /^arn:[\w-]+:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/.test(arn)) return arn;
  throw new Error('The context enterprise_boundary is not the ARN of a managed policy');
}
