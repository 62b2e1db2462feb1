import type { Effect, Tier } from '../compiler/bytecode.ts';

export interface SearchQuery {
  readonly query: string;
  /** 1 to 10. */
  readonly limit: number;
  readonly service?: string;
  readonly readOnly?: boolean;
  readonly tier?: Tier;
}

export interface SearchMatch {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  /** 0 to 1. */
  readonly score: number;
  readonly confidence: 'high' | 'low';
  /** Short generated strings, such as `words: backup, rds`, `meaning 0.71`, `service asked for: rds`. */
  readonly why: readonly string[];
  readonly tier: Tier;
  readonly effect: Effect;
  readonly services: readonly string[];
  readonly requiredParameters: readonly string[];
}

export interface SearchAnswer {
  readonly matches: readonly SearchMatch[];
  /** Which registry was searched. */
  readonly registryDigest: string;
}

/** Finds workflows by plain words. Nothing is returned where nothing fits. */
export interface WorkflowSearch {
  suggest(query: SearchQuery): Promise<SearchAnswer>;
}
