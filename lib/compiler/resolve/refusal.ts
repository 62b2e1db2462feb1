import type { Catalog, CatalogService } from '../../catalog/catalog.ts';
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

/** Whether all that the call needs is among the permissions; IAM ignores case. */
export function isDeclared({ fit }: Ranked, permissions: readonly string[] | undefined): boolean {
  const declared = new Set(permissions?.map((permission) => permission.toLowerCase()));
  const { iamActions } = fit.indexed.operation;
  return iamActions.length > 0 && iamActions.every((action) => declared.has(action.toLowerCase()));
}
