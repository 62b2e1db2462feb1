import type { Rule } from './analysis.ts';
import { acyclicGraph } from './rules/acyclic-graph.ts';
import { authorText } from './rules/author-text.ts';
import { declaredPermissions } from './rules/declared-permissions.ts';
import { executableText } from './rules/executable-text.ts';
import { fittingOptions } from './rules/fitting-options.ts';
import { fittingTexts } from './rules/fitting-texts.ts';
import { jsonText } from './rules/json-text.ts';
import { knownDependencies } from './rules/known-dependencies.ts';
import { knownReferences } from './rules/known-references.ts';
import { policyText } from './rules/policy-text.ts';
import { secretText } from './rules/secret-text.ts';
import { stepsThatRun } from './rules/steps-that-run.ts';
import { tierCeiling } from './rules/tier-ceiling.ts';
import { typedArguments } from './rules/typed-arguments.ts';
import { unusedParameters } from './rules/unused-parameters.ts';
import { verifiedTier } from './rules/verified-tier.ts';

/** Every rule, in the order that tells an author most: names first, then what depends on them. */
export const rules: readonly Rule[] = [
  knownReferences,
  knownDependencies,
  acyclicGraph,
  stepsThatRun,
  fittingOptions,
  typedArguments,
  fittingTexts,
  jsonText,
  policyText,
  executableText,
  secretText,
  declaredPermissions,
  tierCeiling,
  unusedParameters,
  authorText,
  verifiedTier,
];
