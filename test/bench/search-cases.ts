import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SearchWorkflow {
  readonly id?: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly use_cases?: readonly string[];
}

export interface SearchCase {
  readonly id: string;
  readonly query: string;
  /** Empty where no workflow serves the request. */
  readonly relevant: readonly string[];
  readonly kind: 'easy' | 'para' | 'hard' | 'oos-near' | 'oos-far';
}

export interface SearchCases {
  readonly workflows: readonly SearchWorkflow[];
  readonly queries: readonly SearchCase[];
}

/** Cases of a file beside this one, or of any other. Where it holds no workflows, those of `discovery.json` are meant. */
export function readSearchCases(file: string): SearchCases {
  const cases = read(file);
  const { workflows = read('discovery.json').workflows ?? [], queries = [] } = cases;
  return { workflows, queries };
}

function read(file: string): Partial<SearchCases> {
  return JSON.parse(readFileSync(file.includes('/') ? file : join(__dirname, 'cases', file), 'utf8'));
}
