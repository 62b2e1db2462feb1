import type { Bytecode } from '../compiler/bytecode.ts';
import type { SearchMatch } from './workflow-search.ts';

/** What the search knows of a workflow: all that a match tells, but for how well it matches. */
export type SearchEntry = Omit<SearchMatch, 'score' | 'confidence' | 'why'>;

/** A workflow as it is searched: what a match tells of it, and the texts that are looked at. */
export interface SearchDocument extends SearchEntry {
  /** Its name in words, without underscores and hyphens. */
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly useCases: readonly string[];
}

/** A compiled workflow as it is searched. */
export function toDocument({ metadata, parameters, security }: Bytecode): SearchDocument {
  return {
    name: metadata.name,
    version: metadata.version,
    summary: metadata.summary,
    tier: metadata.tier,
    effect: security.effect,
    services: metadata.services,
    requiredParameters: parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    title: spaced(metadata.name),
    description: metadata.description,
    tags: metadata.tags,
    useCases: metadata.use_cases,
  };
}

/** `rds_backup-simple` as words. */
export function spaced(name: string): string {
  return name.replace(/[_-]+/g, ' ');
}
