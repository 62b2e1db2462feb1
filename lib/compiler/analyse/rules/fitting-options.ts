import type { ApprovalStepSource, Path } from '../../../language/source.ts';
import type { AnalysedStep, Report, Rule } from '../analysis.ts';

/** What a step says fits together, and is something that this compiler builds. */
export const fittingOptions: Rule = ({ steps }, report) => {
  for (const step of steps) {
    if (step.undoOf === undefined) checkOptions(step, report);
  }
};

function checkOptions({ source, path }: AnalysedStep, report: Report): void {
  if (source.type === 'approval') checkApproval(source, path, report);
}

/** An approval is one question, and its answer counts. */
function checkApproval({ on_error: onError, for_each: list }: ApprovalStepSource, path: Path, report: Report): void {
  if (onError === 'continue') {
    report({
      code: 'WF3016',
      path: [...path, 'on_error'],
      atKey: true,
      message: 'an approval cannot have on_error: continue: the run would go on although the answer was no',
      hint: 'leave it out: a refusal undoes the run; with on_error: fail it leaves what was done',
    });
  }
  if (list === undefined) return;
  report({
    code: 'WF3016',
    path: [...path, 'for_each'],
    atKey: true,
    message: 'an approval cannot have for_each: one question is asked for the whole run',
    hint: "name all entries in one message: ${$join(steps.find.ids, ', ')}",
  });
}
