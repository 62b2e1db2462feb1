import type { AnalysedStep, Report, Rule } from '../analysis.ts';

/** What a step says fits together, and is something that this compiler builds. */
export const fittingOptions: Rule = ({ steps }, report) => {
  for (const step of steps) {
    if (step.undoOf === undefined) checkOptions(step, report);
  }
};

function checkOptions({ source, path }: AnalysedStep, report: Report): void {
  if (source.type === 'approval' || source.type === 'workflow') {
    report({
      code: 'WF5004',
      path: [...path, 'type'],
      message: `steps of type ${source.type} cannot be compiled yet`,
      hint: source.type === 'workflow' ? 'write the steps of the other workflow here' : 'split the workflow in two',
    });
  }
  // Taken in silence it would promise an approval that no run asks for.
  if (source.type === 'command' && source.irreversible) {
    report({
      code: 'WF5004',
      path: [...path, 'irreversible'],
      atKey: true,
      message: 'irreversible steps cannot be compiled yet: the approval they need is not built',
      hint: 'give the step an undo, or leave the call to a person',
    });
  }
  if (source.type !== 'command' || source.for_each === undefined || source.undo === undefined) return;
  report({
    code: 'WF3016',
    path: [...path, 'undo'],
    atKey: true,
    message: 'a step with for_each cannot have undo: a failure would leave some of its elements done and some not',
    hint: 'use one call for all of them, or leave out undo',
  });
}
