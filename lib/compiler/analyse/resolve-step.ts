import type { CommandStepSource, Path } from '../../language/source.ts';
import { derivePermissions } from '../permissions/derive-permissions.ts';
import type { AnalysedStep, Report } from './analysis.ts';
import { matchedCall } from './matched-call.ts';
import { pinnedCall } from './pinned-call.ts';
import type { StepScope } from './step-scope.ts';

/** Finds the one call a step makes, or reports why there is none. */
export function resolveStep(source: CommandStepSource, index: number, scope: StepScope, report: Report): AnalysedStep {
  const path: Path = ['steps', index];
  const outcome =
    source.action === undefined
      ? matchedCall(source, path, scope, report)
      : pinnedCall(source, source.action, path, scope, report);
  const { catalog, parameters } = scope;
  const permissions = outcome.call === undefined ? [] : derivePermissions(source.id, outcome.call, catalog, parameters);
  return { index, id: source.id, path, source, ...outcome, permissions };
}
