import type { Rule } from './analysis.ts';
import { acyclicGraph } from './rules/acyclic-graph.ts';
import { declaredPermissions } from './rules/declared-permissions.ts';
import { knownDependencies } from './rules/known-dependencies.ts';
import { knownReferences } from './rules/known-references.ts';
import { tierCeiling } from './rules/tier-ceiling.ts';
import { typedArguments } from './rules/typed-arguments.ts';
import { unusedParameters } from './rules/unused-parameters.ts';

/** Every rule, in the order that tells an author most: names first, then what depends on them. */
export const rules: readonly Rule[] = [
  knownReferences,
  knownDependencies,
  acyclicGraph,
  typedArguments,
  declaredPermissions,
  tierCeiling,
  unusedParameters,
];
