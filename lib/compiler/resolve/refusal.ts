import type { Catalog, CatalogService } from '../../catalog/catalog.ts';
import { namedMembersOf } from '../permissions/bound-members.ts';
import { neededActionsOf } from '../permissions/dependent-actions.ts';
import type { ParsedIntent } from './parse-intent.ts';
import type { Ranked } from './rank.ts';
import type { ReadKey } from './read-keys.ts';
import type { RefusalReason, ResolutionRequest } from './resolution.ts';

/** Why the best operation is not accepted. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
  /** What else the author can do, before the pin. */
  readonly advice?: string;
  readonly key?: string;
}

/** Everything that is known of a step and of what it could mean. */
export interface Question {
  readonly service: CatalogService;
  readonly catalog: Catalog;
  readonly request: ResolutionRequest;
  readonly intent: ParsedIntent;
  readonly keys: readonly ReadKey[];
  readonly ranked: readonly Ranked[];
  /** First of `ranked`. */
  readonly best: Ranked;
}

/** One condition for accepting the best operation; `undefined` where it holds. */
export type Check = (question: Question) => Refusal | undefined;

export const quote = (text: string): string => `"${text}"`;
export const list = (names: readonly string[]): string => names.join(', ');

/**
 * The IAM actions that the call itself needs: the operation's own, or those that take their place because of a member
 * that the context gives, as s3:GetObjectVersion does with a version. What members need besides is checked later.
 */
export function ownActionsOf({ fit, binding }: Ranked, { service, catalog }: Question): readonly string[] {
  const { operation } = fit.indexed;
  const { bound } = namedMembersOf(service, operation, Object.values(binding.bindings));
  const needed = neededActionsOf({ service, operation }, bound, catalog);
  const own = needed.filter(({ cause }) => cause === undefined);
  return (own.length > 0 ? own : needed).map(({ action }) => action);
}

/** Whether all that the call itself needs is among the permissions; IAM ignores case. */
export function isDeclared(ranked: Ranked, question: Question): boolean {
  const declared = new Set(question.request.requiredPermissions?.map((permission) => permission.toLowerCase()));
  const actions = ownActionsOf(ranked, question);
  return actions.length > 0 && actions.every((action) => declared.has(action.toLowerCase()));
}
