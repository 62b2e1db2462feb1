import { showValue } from '../diagnostics/show-value.ts';
import { checkCall } from './check-calls.ts';
import { checkWait } from './check-wait.ts';
import type { ReportPath } from './problem.ts';
import type { Path, StepCommon, StepSource } from './source.ts';

/** What the fields of a step say together, which the schema cannot say of each. */
export function checkSteps(steps: readonly StepSource[], report: ReportPath): void {
  for (const [index, step] of steps.entries()) {
    const path = ['steps', index];
    const name = `step ${showValue(step.id)}`;
    if (step.type === 'wait_for') checkWait(step, path, report);
    if (step.type === 'command') {
      checkCall(step, name, path, report);
      if (step.undo !== undefined) checkCall(step.undo, `"undo" of ${name}`, [...path, 'undo'], report);
      if (step.undo !== undefined && step.irreversible === true) {
        const message = `${name} has both undo and irreversible: true`;
        const hint = 'keep one of the two: what can be undone is not irreversible';
        report({ code: 'WF1004', message, hint, path: [...path, 'irreversible'], atKey: true });
      }
    }
    checkCommon(step, name, path, report);
  }
}

/** Fields that a step of some types can have, as any step can, but that change nothing there. */
const WITHOUT_EFFECT: Readonly<Partial<Record<StepSource['type'], readonly (keyof StepCommon)[]>>> = {
  sleep: ['retry', 'timeout', 'output'],
  approval: ['retry'],
  assert: ['retry', 'timeout', 'output'],
};

function checkCommon(step: StepSource, name: string, path: Path, report: ReportPath): void {
  if (step.max_concurrency !== undefined && step.for_each === undefined) {
    const message = `${name} has max_concurrency, but nothing to run at once`;
    report({
      code: 'WF1004',
      message,
      hint: 'add for_each, or remove it',
      path: [...path, 'max_concurrency'],
      atKey: true,
    });
  }
  const { interval = 2, max_interval } = step.retry ?? {};
  if (max_interval !== undefined && max_interval < interval) {
    const message = `"max_interval" is ${max_interval} but "interval" is ${interval} in "retry" of ${name}`;
    report({ code: 'WF1004', message, hint: 'exchange them', path: [...path, 'retry', 'max_interval'] });
  }
  for (const field of WITHOUT_EFFECT[step.type] ?? []) {
    if (step[field] === undefined) continue;
    const message = `"${field}" changes nothing in ${name}, as it is of the type ${step.type}`;
    report({ code: 'WF1004', severity: 'warning', message, hint: 'remove it', path: [...path, field], atKey: true });
  }
}
