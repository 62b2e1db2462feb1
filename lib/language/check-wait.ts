import { showValue } from '../diagnostics/show-value.ts';
import { checkCall } from './check-calls.ts';
import type { ReportPath } from './problem.ts';
import type { Path, WaitForStepSource } from './source.ts';

/** A wait is that of an SDK waiter with the input of its call, or a whole call with `until`: one of the two. */
export function checkWait(step: WaitForStepSource, path: Path, report: ReportPath): void {
  const name = `step ${showValue(step.id)}`;
  const both = (field: keyof WaitForStepSource, message: string, hint: string) =>
    report({ code: 'WF1004', message: `${name} ${message}`, hint, path: [...path, field], atKey: true });
  if (step.waiter === undefined) {
    if (step.until === undefined) {
      const hint =
        'name a waiter:\n    waiter: rds:DBSnapshotAvailable\n  or say it of the result of a call:\n    until: \'${result.DBSnapshots[0].Status = "available"}\'';
      report({ code: 'WF1002', message: `${name} does not say what it waits for`, hint, path });
    } else checkCall(step, name, path, report);
    return;
  }
  if (step.until !== undefined) {
    both('until', 'has both a waiter and until', 'keep one of the two: a waiter knows when the wait is over');
  } else if (step.fail_when !== undefined) {
    both('fail_when', 'has both a waiter and fail_when', 'remove it: a waiter knows when it has failed');
  }
  for (const field of ['action', 'intent'] as const) {
    if (step[field] === undefined) continue;
    both(field, `has both a waiter and ${field}`, 'remove it: the waiter says which call is made');
  }
  if (step.context !== undefined) {
    both('context', 'has both a waiter and context', 'give the input of its call as parameters');
  }
}
