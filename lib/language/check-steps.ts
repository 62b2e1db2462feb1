import { showValue } from '../diagnostics/show-value.ts';
import type { ReportPath } from './problem.ts';
import type { CommandStepSource } from './source.ts';

const EXAMPLE_IN_WORDS = 'intent: "describe the RDS instance"\n    context:\n      service: rds';
const EXAMPLE_PINNED = 'action: rds:DescribeDBInstances';

/** A command step says its call in words (intent and context) or pinned (action and parameters): one of the two. */
export function checkSteps(steps: readonly CommandStepSource[], report: ReportPath): void {
  for (const [index, step] of steps.entries()) {
    const path = ['steps', index];
    const name = `step ${showValue(step.id)}`;
    const inWords = step.intent !== undefined || step.context !== undefined;
    const pinned = step.action !== undefined || step.parameters !== undefined || step.iam_actions !== undefined;
    const lacks = (field: string, example: string) =>
      report({
        code: 'WF1002',
        message: `${name} lacks the field "${field}"`,
        hint: `write for example: ${example}`,
        path,
      });
    if (inWords && pinned) {
      const message = `${name} says its call both in words (intent, context) and pinned (action, parameters)`;
      const at = step.action === undefined ? 'parameters' : 'action';
      report({ code: 'WF1004', message, hint: 'keep one of the two', path: [...path, at], atKey: true });
    } else if (inWords && step.intent === undefined) lacks('intent', 'intent: "describe the RDS instance"');
    else if (inWords && step.context === undefined) lacks('context', 'context:\n      service: rds');
    else if (pinned && step.action === undefined) lacks('action', EXAMPLE_PINNED);
    else if (!inWords && !pinned) {
      const hint = `say it in words:\n    ${EXAMPLE_IN_WORDS}\n  or pin it:\n    ${EXAMPLE_PINNED}`;
      report({ code: 'WF1002', message: `${name} does not say which AWS call it makes`, hint, path });
    }
  }
}
