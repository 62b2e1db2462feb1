import { type ConditionBlock, conditionsHold } from './evaluate-condition.ts';
import {
  arnMatches,
  type RequestContext,
  type Substitution,
  substitutionOf,
  wildcardMatches,
} from './match-wildcards.ts';

type OneOrMore<T> = T | readonly T[];

export interface EvaluatedStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMore<string>;
  readonly NotAction?: OneOrMore<string>;
  readonly Resource?: OneOrMore<string>;
  readonly NotResource?: OneOrMore<string>;
  readonly Condition?: ConditionBlock;
}

/** An identity-based policy: a role's. */
export interface IdentityPolicy {
  readonly Version?: string;
  readonly Statement: OneOrMore<EvaluatedStatement>;
}

export interface AuthorizationRequest {
  /** `rds:CreateDBSnapshot` */
  readonly action: string;
  /** An ARN, or `*` where the action has no resource type. */
  readonly resource: string;
  readonly context?: RequestContext;
}

export type PolicyDecision =
  | { readonly decision: 'allowed'; readonly statement: EvaluatedStatement }
  | { readonly decision: 'explicitDeny'; readonly statement: EvaluatedStatement }
  | { readonly decision: 'implicitDeny' };

/**
 * What one identity-based policy says to a request: a matching Deny decides, else a matching Allow, else it is
 * denied. Throws for a policy that IAM would not store, such as one with an unknown condition operator.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluatePolicy(policy: IdentityPolicy, request: AuthorizationRequest): PolicyDecision {
  const context = request.context ?? {};
  const substitute = substitutionOf(context);
  const matching = listOf(policy.Statement).filter((statement) => applies(statement, request, context, substitute));
  const denying = matching.find(({ Effect }) => Effect === 'Deny');
  if (denying !== undefined) return { decision: 'explicitDeny', statement: denying };
  const allowing = matching.find(({ Effect }) => Effect === 'Allow');
  return allowing === undefined ? { decision: 'implicitDeny' } : { decision: 'allowed', statement: allowing };
}

function applies(
  statement: EvaluatedStatement,
  { action, resource }: AuthorizationRequest,
  context: RequestContext,
  substitute: Substitution,
): boolean {
  return (
    actionApplies(statement, action) &&
    resourceApplies(statement, resource, substitute) &&
    conditionsHold(statement.Condition ?? {}, context, substitute)
  );
}

/**
 * Case does not count in actions, in the prefix or in the name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
function actionApplies({ Action, NotAction }: EvaluatedStatement, action: string): boolean {
  if ((Action === undefined) === (NotAction === undefined))
    throw new Error('A statement needs either Action or NotAction');
  const matches = listOf(Action ?? NotAction ?? []).some((pattern) =>
    wildcardMatches(pattern.toLowerCase(), action.toLowerCase()),
  );
  return Action === undefined ? !matches : matches;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
function resourceApplies(
  { Resource, NotResource }: EvaluatedStatement,
  resource: string,
  substitute: Substitution,
): boolean {
  if ((Resource === undefined) === (NotResource === undefined)) {
    throw new Error('A statement of an identity-based policy needs either Resource or NotResource');
  }
  const matches = listOf(Resource ?? NotResource ?? []).some((pattern) => arnMatches(pattern, resource, substitute));
  return Resource === undefined ? !matches : matches;
}

function listOf<T>(value: OneOrMore<T>): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
