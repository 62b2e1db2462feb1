import type { Catalog } from '../../../catalog/catalog.ts';
import type { AnalysedStep, Report, Rule } from '../analysis.ts';
import { impliesWhen } from '../conditions-of.ts';
import { dependenciesOf } from '../order-steps.ts';
import { addsOnly } from '../safety/adds-only.ts';

/**
 * What nothing takes back is asked of a person first. A command that changes more than it adds has an `undo`, or says
 * `irreversible: true` and depends on an approval, directly or through other steps; whoever says `irreversible: true`
 * needs that approval in any case. An approval that can be skipped counts only for steps that are skipped with it.
 */
export const irreversibleNeedsApproval: Rule = ({ steps: all, catalog, ceiling }, report) => {
  const steps = all.filter(({ undoOf }) => undoOf === undefined);
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const step of steps) {
    const { source } = step;
    if (source.type !== 'command' || source.undo !== undefined) continue;
    if (source.irreversible === true) checkApproval(step, byId, report);
    // Where a tier allows no such call at all, neither way out helps; that is said by the rule on tiers.
    else if (ceiling.changingCalls) checkReversible(step, byId, catalog, report);
  }
};

type StepsById = ReadonlyMap<string, AnalysedStep>;

function checkReversible(step: AnalysedStep, byId: StepsById, catalog: Catalog, report: Report): void {
  const changing = changingAction(step, catalog);
  if (changing === undefined) return;
  const ask = askOf(byId) ?? 'ask';
  report({
    code: 'WF4006',
    path: [...step.path, 'id'],
    message: `${changing} changes what is there, and step "${step.id}" has neither an undo nor an approval`,
    hint: `say what takes it back:\n    undo:\n      action: …\n  or have a person decide, in a step of type approval before it:\n    irreversible: true\n    depends_on: [${ask}]`,
  });
}

function checkApproval(step: AnalysedStep, byId: StepsById, report: Report): void {
  const { source, path, id } = step;
  const asked = ancestorsOf(step, byId).filter(({ source: ancestor }) => ancestor.type === 'approval');
  if (asked.some(({ source: { when } }) => impliesWhen(source.when, when))) return;
  const [skipped] = asked;
  report({
    code: 'WF4006',
    path: [...path, 'irreversible'],
    atKey: true,
    message:
      skipped === undefined
        ? `step "${id}" is irreversible, but no approval stands before it`
        : `step "${id}" is irreversible, but its approval "${skipped.id}" may be skipped when it is not`,
    hint:
      skipped === undefined
        ? `let it depend on a step of type approval (depends_on: [${askOf(byId) ?? 'ask'}]), or give it an undo`
        : `give both steps the same when: ${skipped.source.when}`,
  });
}

/**
 * The first action of a step that does more than read or add. Which role is passed is part of the call it goes with,
 * and changes nothing by itself.
 */
function changingAction({ permissions }: AnalysedStep, catalog: Catalog): string | undefined {
  return permissions
    .map(({ action }) => action)
    .find((name) => {
      const action = catalog.iamAction(name);
      return action !== undefined && !/^iam:PassRole$/i.test(name) && !addsOnly(action);
    });
}

/** An approval that the workflow has already. */
function askOf(byId: StepsById): string | undefined {
  return [...byId.values()].find(({ source }) => source.type === 'approval')?.id;
}

/** The steps that are done before a step begins. */
function ancestorsOf(step: AnalysedStep, byId: StepsById): readonly AnalysedStep[] {
  const found = new Set<AnalysedStep>();
  const waiting = [step];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const id of dependenciesOf(next)) {
      const before = byId.get(id);
      if (before === undefined || found.has(before)) continue;
      found.add(before);
      waiting.push(before);
    }
  }
  return [...found];
}
