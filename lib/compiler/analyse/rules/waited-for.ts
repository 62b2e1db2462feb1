import type { ExpressionNode } from '../../../language/expression.ts';
import { nounOfOperation, nounsOf } from '../../permissions/resource-nouns.ts';
import type { AnalysedStep, Analysis, Report, ResolvedCall, Rule } from '../analysis.ts';
import { type StatusMember, type Unfinished, unfinishedBy } from '../asynchronous.ts';
import { dependenciesOf } from '../order-steps.ts';
import { type PlacedReference, referencesIn, type Value } from '../value.ts';

/**
 * What is only begun is waited for before it is used. Many calls answer when AWS has begun: a snapshot that is being
 * made, an instance that is starting. This warns where such a step is followed by one that changes the same thing
 * without a `wait_for` in between, and where its status at the beginning is taken for how it ended, by an output or
 * an assert. It does not warn of a workflow that begins something and ends: to begin may be all that is wanted. A
 * later step that tries again after errors of the service, not only of throttling, waits in its own way.
 */
export const waitedFor: Rule = (analysis, report) => {
  const steps = analysis.steps.filter(({ undoOf }) => undoOf === undefined);
  const ancestors = ancestorsOf(steps);
  for (const step of steps) {
    const { call } = step;
    const unfinished = call && unfinishedBy(call.service, call.operation, analysis.catalog);
    if (call === undefined || unfinished === undefined) continue;
    // Of steps in a circle, which is reported elsewhere, none comes after another.
    const comesAfter = ({ id: later }: AnalysedStep, { id: earlier }: AnalysedStep): boolean =>
      ancestors.get(later)?.has(earlier) === true && ancestors.get(earlier)?.has(later) !== true;
    const begun = { step, call, unfinished };
    for (const user of steps.filter((later) => comesAfter(later, step) && changesIt(later, begun, analysis))) {
      const isWait = (one: AnalysedStep): boolean => waitsForIt(one, begun) && comesAfter(one, step);
      if (steps.some((one) => isWait(one) && comesAfter(user, one)) || triesAgain(user)) continue;
      tell(user, `step "${user.id}" uses what step "${step.id}" only begins`, begun, report);
      break;
    }
    for (const read of statusReads(begun, analysis)) {
      const { path, from, to } = read;
      report({
        code: 'WF3019',
        severity: 'warning',
        path,
        within: { from, to },
        message: `this is the status when step "${step.id}" began, not when it ended`,
        hint: hintFor(begun),
      });
    }
  }
};

interface Begun {
  readonly step: AnalysedStep;
  readonly call: ResolvedCall;
  readonly unfinished: Unfinished;
}

function tell(user: AnalysedStep, message: string, begun: Begun, report: Report): void {
  report({ code: 'WF3019', severity: 'warning', path: [...user.path, 'id'], message, hint: hintFor(begun) });
}

function hintFor({ step, call, unfinished }: Begun): string {
  const names = unfinished.waiters.map(({ name }) => `${call.service.name}:${name}`).join(' or ');
  const how = names === '' ? 'with a call that shows the status, and until' : `with waiter: ${names}`;
  return `put a step of type wait_for behind ${step.id}, ${how}`;
}

function ancestorsOf(steps: readonly AnalysedStep[]): ReadonlyMap<string, ReadonlySet<string>> {
  const direct = new Map(steps.map((step) => [step.id, dependenciesOf(step)]));
  const ancestors = (id: string, seen: Set<string>): Set<string> => {
    for (const need of direct.get(id) ?? []) {
      if (seen.has(need)) continue;
      seen.add(need);
      ancestors(need, seen);
    }
    return seen;
  };
  return new Map(steps.map(({ id }) => [id, ancestors(id, new Set())]));
}

/** Whether a step makes a change to the thing: it names it as the step does that began it, or by that step's result. */
function changesIt({ source, call }: AnalysedStep, begun: Begun, { catalog }: Analysis): boolean {
  if (source.type !== 'command' || call === undefined || call.service.name !== begun.call.service.name) return false;
  if (!call.operation.iamActions.some((name) => catalog.iamAction(name)?.accessLevel === 'Write')) return false;
  const own = new Set(namesOf(begun.call, begun.unfinished.noun).map(textOf));
  return namesOf(call, begun.unfinished.noun).some(
    (value) => own.has(textOf(value)) || referencesIn(value).some(({ node }) => isResultOf(node, begun.step.id)),
  );
}

/** What a call gives to the members that name the thing. */
function namesOf({ service, members }: ResolvedCall, noun: string): readonly Value[] {
  return [...members].flatMap(([name, value]) => {
    const nouns = nounsOf(name, service.iamPrefix);
    return nouns.kind !== 'none' && nouns.unqualified === noun ? (value.kind === 'list' ? value.items : [value]) : [];
  });
}

/** The same text for values that are written alike. */
function textOf(value: Value): string {
  if (value.kind === 'literal') return JSON.stringify(value.value);
  if (value.kind !== 'template') return '';
  return value.template.map((part) => (part.kind === 'text' ? part.text : `\${${part.source.trim()}}`)).join('');
}

function isResultOf(node: ExpressionNode, id: string): boolean {
  if (node.kind !== 'reference' || node.root !== 'steps') return false;
  const [field] = node.path;
  return field?.kind === 'field' && field.name === id;
}

/** Status checks of an instance wait for the instance as well. */
function waitsForIt({ source, call }: AnalysedStep, { call: begun, unfinished }: Begun): boolean {
  if (source.type !== 'wait_for' || call === undefined || call.service.name !== begun.service.name) return false;
  return nounOfOperation(call.operation.name, call.service.iamPrefix).startsWith(unfinished.noun);
}

function triesAgain({ source }: AnalysedStep): boolean {
  return (source.retry?.errors ?? []).some((name) => name !== 'throttling' && name !== 'timeout');
}

/** Where an output or an assert reads the status from the step's own answer. */
function statusReads({ step, unfinished }: Begun, { steps, outputs }: Analysis): readonly PlacedReference[] {
  const kept = [...step.fields].filter(([field]) => field.startsWith('output.'));
  const values = [
    ...outputs.values(),
    ...steps.flatMap(({ source, fields }) => (source.type === 'assert' ? (fields.get('that') ?? []) : [])),
  ];
  return values.flatMap(referencesIn).filter(({ node }) => {
    if (!isResultOf(node, step.id)) return false;
    const [, field] = node.path;
    const own = kept.find(([name]) => field?.kind === 'field' && name === `output.${field.name}`)?.[1];
    const read = own === undefined ? [node] : referencesIn(own).map((one) => one.node);
    return read.some(({ path }) => unfinished.watched.some((status) => endsWith(path, status)));
  });
}

function endsWith(path: PlacedReference['node']['path'], { member }: StatusMember): boolean {
  const last = path.findLast((part) => part.kind === 'field');
  return last?.kind === 'field' && last.name === member;
}
