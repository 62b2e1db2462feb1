import type { ReportPath } from './problem.ts';
import type { CallSource, Path } from './source.ts';

const EXAMPLE_IN_WORDS = 'intent: "describe the RDS instance"\n    context:\n      service: rds';
const EXAMPLE_PINNED = 'action: rds:DescribeDBInstances';

/**
 * A call is said in words (intent and context) or pinned (action and parameters): one of the two.
 * @param name What has the call, such as `step "find"`.
 */
export function checkCall(call: CallSource, name: string, path: Path, report: ReportPath): void {
  const inWords = call.intent !== undefined || call.context !== undefined;
  const pinned = call.action !== undefined || call.parameters !== undefined || call.iam_actions !== undefined;
  const lacks = (field: string, example: string) =>
    report({
      code: 'WF1002',
      message: `${name} lacks the field "${field}"`,
      hint: `write for example: ${example}`,
      path,
    });
  if (inWords && pinned) {
    const message = `${name} says its call both in words (intent, context) and pinned (action, parameters)`;
    const at = call.action !== undefined ? 'action' : call.parameters !== undefined ? 'parameters' : 'iam_actions';
    report({ code: 'WF1004', message, hint: 'keep one of the two', path: [...path, at], atKey: true });
  } else if (inWords && call.intent === undefined) lacks('intent', 'intent: "describe the RDS instance"');
  else if (inWords && call.context === undefined) lacks('context', 'context:\n      service: rds');
  else if (pinned && call.action === undefined) lacks('action', EXAMPLE_PINNED);
  else if (!inWords && !pinned) {
    const hint = `say it in words:\n    ${EXAMPLE_IN_WORDS}\n  or pin it:\n    ${EXAMPLE_PINNED}`;
    report({ code: 'WF1002', message: `${name} does not say which AWS call it makes`, hint, path });
  }
}
