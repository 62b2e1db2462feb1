import type { Rule } from './analysis.ts';
import { acyclicGraph } from './rules/acyclic-graph.ts';
import { authorText } from './rules/author-text.ts';
import { declaredPermissions } from './rules/declared-permissions.ts';
import { executableText } from './rules/executable-text.ts';
import { fittingOptions } from './rules/fitting-options.ts';
import { fittingTexts } from './rules/fitting-texts.ts';
import { givenValues } from './rules/given-values.ts';
import { historyEvents } from './rules/history-events.ts';
import { irreversibleNeedsApproval } from './rules/irreversible-needs-approval.ts';
import { jsonText } from './rules/json-text.ts';
import { knownDependencies } from './rules/known-dependencies.ts';
import { knownReferences } from './rules/known-references.ts';
import { optionalParameters } from './rules/optional-parameters.ts';
import { ownMachinery } from './rules/own-machinery.ts';
import { policyText } from './rules/policy-text.ts';
import { secretText } from './rules/secret-text.ts';
import { shownSecrets } from './rules/shown-secrets.ts';
import { sizeOfInput } from './rules/size-of-input.ts';
import { stepsThatRun } from './rules/steps-that-run.ts';
import { tierCeiling } from './rules/tier-ceiling.ts';
import { timeToAnswer } from './rules/time-to-answer.ts';
import { timeToPause } from './rules/time-to-pause.ts';
import { typedArguments } from './rules/typed-arguments.ts';
import { unusedParameters } from './rules/unused-parameters.ts';
import { verifiedTier } from './rules/verified-tier.ts';
import { waitedFor } from './rules/waited-for.ts';

/** Every rule, in the order that tells an author most: names first, then what depends on them. */
export const rules: readonly Rule[] = [
  knownReferences,
  knownDependencies,
  acyclicGraph,
  stepsThatRun,
  optionalParameters,
  fittingOptions,
  typedArguments,
  givenValues,
  fittingTexts,
  jsonText,
  policyText,
  executableText,
  secretText,
  shownSecrets,
  declaredPermissions,
  ownMachinery,
  irreversibleNeedsApproval,
  timeToAnswer,
  timeToPause,
  sizeOfInput,
  historyEvents,
  tierCeiling,
  waitedFor,
  unusedParameters,
  authorText,
  verifiedTier,
];
