import type { Catalog, CatalogService, Waiter } from '../../catalog/catalog.ts';
import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import type { ParameterSource, Path } from '../../language/source.ts';
import type { LockedResolution, TakenOver } from '../resolution-lock.ts';
import type { Report, ResolvedCall } from './analysis.ts';
import type { Value } from './value.ts';

/** What the call of a step is resolved with. */
export interface StepScope {
  readonly catalog: Catalog;
  readonly parameters: readonly ParameterSource[];
  readonly requiredPermissions: readonly string[];
  /** What was decided before, by step. */
  readonly locked: Readonly<Record<string, LockedResolution>>;
  /** By step: what the build of the workflow decided that the step comes from. It is not decided anew here. */
  readonly decided: Readonly<Record<string, TakenOver>>;
}

/** What came of it: the values are there even where no call is. */
export type StepOutcome = { readonly values: readonly Value[]; readonly call?: ResolvedCall; readonly waiter?: Waiter };

/** The service of a name; an unknown one is reported. */
export function findService(catalog: Catalog, name: string, path: Path, report: Report): CatalogService | undefined {
  const service = catalog.service(name);
  if (service !== undefined) return service;
  const guess = didYouMean(name, catalog.services);
  report({
    code: 'WF3001',
    path,
    message: `no service named "${name}"`,
    hint: guess === undefined ? `services: ${listNames(catalog.services, 12)}` : `did you mean "${guess}"?`,
  });
  return undefined;
}
