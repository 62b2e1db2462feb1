import { ANSWERS, isOwn, mayBeOwn, OWN_PARTS, OWN_TOPIC } from '../../own-machinery.ts';
import type { AnalysedStep, Report, Rule } from '../analysis.ts';

/**
 * No workflow touches what runs workflows. Where only a run knows the resource, the role refuses it (lib/iam/to-policy.ts),
 * but for one case: the role of a workflow that asks for approval may publish to the topic of questions, and IAM cannot
 * tell its questions from its author's messages. So there the build has to be certain.
 */
export const ownMachinery: Rule = ({ steps, catalog }, report) => {
  const asks = steps.some(({ source }) => source.type === 'approval');
  for (const step of steps) {
    for (const { action, resources } of step.permissions) {
      const own = OWN_PARTS.find((part) => resources.some((resource) => isOwn(resource, part)));
      if (ANSWERS.test(action)) tell(step, `${action} could answer what other workflows ask`, report);
      else if (own !== undefined) tell(step, `${action} would reach ${own.name}, which no workflow may touch`, report);
      else if (asks && changes(catalog.iamAction(action)?.accessLevel) && mayReachTopic(step, resources)) {
        const message = `${action} may reach ${OWN_TOPIC.name}: only a run knows the topic`;
        const hint =
          'give the parameter an enum, or a pattern with a fixed beginning such as "ops-[a-z-]+"; or tell in a workflow without an approval';
        report({ code: 'WF4207', path: [...step.path, 'id'], message, hint });
      } else continue;
      break;
    }
  }
};

function tell({ path }: AnalysedStep, message: string, report: Report): void {
  const hint = 'a workflow can draw another one in with a step of type workflow, and ask with a step of type approval';
  report({ code: 'WF4207', path: [...path, 'id'], message, hint });
}

function changes(accessLevel: string | undefined): boolean {
  return accessLevel !== 'List' && accessLevel !== 'Read';
}

function mayReachTopic({ call }: AnalysedStep, resources: readonly string[]): boolean {
  if (call?.service.iamPrefix !== OWN_TOPIC.service) return false;
  // A message to a telephone goes to no topic.
  const named = [...call.members.keys()].some((name) => /Arn$/.test(name));
  return named && resources.some((resource) => mayBeOwn(resource, OWN_TOPIC));
}
