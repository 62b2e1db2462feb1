import type { CallSource, Path, StepSource } from '../../language/source.ts';
import { derivePermissions } from '../permissions/derive-permissions.ts';
import type { AnalysedStep, Report } from './analysis.ts';
import { matchedCall } from './matched-call.ts';
import { pinnedCall } from './pinned-call.ts';
import { readFields } from './read-fields.ts';
import type { StepOutcome, StepScope } from './step-scope.ts';
import { waiterCall } from './waiter-call.ts';

/** Finds the one call a step makes, and the inverse of it, or reports why there is none. */
export function resolveStep(
  source: StepSource,
  index: number,
  scope: StepScope,
  report: Report,
): readonly AnalysedStep[] {
  const path: Path = ['steps', index];
  const fields = readFields(source, path, report);
  const step = { index, id: source.id, path, source, fields, values: [...fields.values()], permissions: [] };
  if (source.type === 'command') {
    const main = withCall(step, source, source.id, scope, resolveSource(source, source.id, path, scope, report));
    return source.undo === undefined ? [main] : [main, inverseOf(main, source.undo, scope, report)];
  }
  if (source.type !== 'wait_for') return [step];
  const outcome =
    source.waiter === undefined
      ? resolveSource(source, source.id, path, scope, report)
      : waiterCall(source, source.waiter, path, scope, report);
  return [withCall(step, source, source.id, scope, outcome)];
}

function inverseOf(main: AnalysedStep, undo: CallSource, scope: StepScope, report: Report): AnalysedStep {
  const path = [...main.path, 'undo'];
  const id = `${main.id}.undo`;
  const { call: _, callSource: __, ...rest } = main;
  const inverse = { ...rest, id, path, undoOf: main.id, fields: new Map(), values: [], permissions: [] };
  return withCall(inverse, undo, `${main.id} (undo)`, scope, resolveSource(undo, id, path, scope, report));
}

function resolveSource(source: CallSource, stepId: string, path: Path, scope: StepScope, report: Report): StepOutcome {
  return source.action === undefined
    ? matchedCall(source, stepId, path, scope, report)
    : pinnedCall(source, source.action, path, scope, report);
}

function withCall(
  step: Omit<AnalysedStep, 'callSource'>,
  callSource: CallSource,
  named: string,
  { catalog, parameters, requiredPermissions }: StepScope,
  outcome: StepOutcome,
): AnalysedStep {
  const { call, values, waiter } = outcome;
  const permissions =
    call === undefined ? [] : derivePermissions(named, call, catalog, parameters, requiredPermissions);
  return {
    ...step,
    callSource,
    values: [...values, ...step.values],
    ...(call === undefined ? {} : { call }),
    ...(waiter === undefined ? {} : { waiter }),
    permissions,
  };
}
