import { patternCovers, patternsOverlap } from './compare-patterns.ts';
import {
  type AuthorizationRequest,
  type EvaluatedStatement,
  evaluatePolicy,
  type IdentityPolicy,
} from './evaluate-policy.ts';
import { contextValues, type RequestContext } from './match-wildcards.ts';

/**
 * Whether a policy is certain to allow an action on everything that the pattern `resource` stands for. Where it depends
 * on a condition key that is not in the context, on a policy variable, or on which of the resources it is, it is not.
 */
export function allowsAll(policy: IdentityPolicy, request: AuthorizationRequest): boolean {
  const statements = [policy.Statement].flat().flatMap((statement) => certainly(statement, request));
  return evaluatePolicy({ Statement: statements }, request).decision === 'allowed';
}

/** An Allow that holds for all of it, and a Deny that may hold for some of it, as one for any resource. */
function certainly(statement: EvaluatedStatement, request: AuthorizationRequest): readonly EvaluatedStatement[] {
  const { Effect, Condition } = statement;
  const reaches = Effect === 'Allow' ? coversAll : touchesSome;
  if (!reaches(statement, request.resource)) return [];
  const known = isKnown(statement, request.context ?? {});
  if (Effect === 'Allow' && !known) return [];
  const { Resource: _, NotResource: __, Condition: ___, ...rest } = statement;
  return [{ ...rest, Resource: '*', ...(Condition !== undefined && known && { Condition }) }];
}

function isKnown({ Condition = {} }: EvaluatedStatement, context: RequestContext): boolean {
  const keys = Object.values(Condition).flatMap((block) => Object.keys(block));
  return keys.every((key) => contextValues(context, key) !== undefined);
}

function coversAll({ Resource, NotResource }: EvaluatedStatement, wanted: string): boolean {
  if (NotResource !== undefined) return ![NotResource].flat().some((pattern) => overlaps(pattern, wanted));
  return [Resource ?? []].flat().some((pattern) => covers(pattern, wanted));
}

function touchesSome({ Resource, NotResource }: EvaluatedStatement, wanted: string): boolean {
  if (NotResource !== undefined) return ![NotResource].flat().some((pattern) => covers(pattern, wanted));
  return [Resource ?? []].flat().some((pattern) => overlaps(pattern, wanted));
}

/** A policy variable stands for what is not known here. */
function covers(pattern: string, wanted: string): boolean {
  if (pattern === '*') return true;
  return !pattern.includes('${') && inEachPart(pattern, wanted, patternCovers);
}

function overlaps(pattern: string, wanted: string): boolean {
  if (pattern === '*') return true;
  return inEachPart(pattern.replace(/\$\{[^}]*\}/g, '*'), wanted, patternsOverlap);
}

/**
 * As IAM compares ARNs: part by part, so that a wildcard does not reach across a colon; missing parts are wildcards.
 * `*` alone is the resource of a request without one, which no pattern fits but `*`.
 */
function inEachPart(pattern: string, wanted: string, fits: (pattern: string, wanted: string) => boolean): boolean {
  const parts = arnParts(wanted);
  const patterns = arnParts(pattern);
  return parts.length === 6 && parts.every((part, index) => fits(patterns[index] ?? '*', part));
}

/** Partition, service, region, account; the sixth part is all the rest. */
function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
