import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import type { Path, WaitForStepSource } from '../../language/source.ts';
import type { Report } from './analysis.ts';
import { pinnedCall } from './pinned-call.ts';
import { findService, type StepOutcome, type StepScope } from './step-scope.ts';

/**
 * The call that an SDK waiter polls: `waiter: rds:DBSnapshotAvailable` makes DescribeDBSnapshots, with the members
 * that the author gives as `parameters`.
 */
export function waiterCall(
  source: WaitForStepSource,
  named: string,
  path: Path,
  scope: StepScope,
  report: Report,
): StepOutcome {
  const [serviceName = '', waiterName = ''] = named.split(':');
  const at = [...path, 'waiter'];
  const service = findService(scope.catalog, serviceName, at, report);
  if (service === undefined) return { values: [] };
  const waiter = service.waiters.find(({ name }) => name === waiterName);
  if (waiter === undefined) {
    const names = service.waiters.map(({ name }) => name);
    const guess = didYouMean(waiterName, names);
    report({
      code: 'WF3015',
      path: at,
      message: `${service.name} has no waiter "${waiterName}"`,
      hint:
        guess !== undefined
          ? `did you mean ${service.name}:${guess}?`
          : names.length === 0
            ? 'it has no waiters; write the call and until'
            : `waiters: ${listNames(names, 12)}`,
    });
    return { values: [] };
  }
  const outcome = pinnedCall(source, `${service.name}:${waiter.operation}`, path, scope, report);
  return { ...outcome, waiter };
}
