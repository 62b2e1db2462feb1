import type { CatalogService, Member, Shape } from '../../../catalog/catalog.ts';
import type { Report, Rule } from '../analysis.ts';
import { type Facts, NO_FACTS, subjectOf, unguardedReads } from '../guarded-reads.ts';
import { isOptional } from '../optional-parameter.ts';
import { soleExpression, type Value } from '../value.ts';
import { guardedBy } from './steps-that-run.ts';

/**
 * A parameter that need not be given and has no default is read where nothing depends on it being there: an argument
 * that is exactly the parameter is left out with it, and everything else asks `$exists(params.…)` first.
 */
export const optionalParameters: Rule = (analysis, report) => {
  const { parsed, steps, outputs } = analysis;
  const optional = new Set((parsed.workflow.parameters ?? []).filter(isOptional).map(({ name }) => `params.${name}`));
  if (optional.size === 0) return;
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const step of steps) {
    const given = guardedBy(step, byId);
    for (const value of step.fields.values()) refuseReads(value, { optional, given: given(value), report });
    const { call } = step;
    if (call === undefined) continue;
    const place = { optional, given: given({ kind: 'literal', value: null, path: [] }), report, service: call.service };
    for (const member of call.operation.input.members) {
      const value = call.members.get(member.name);
      if (value !== undefined) checkMember(value, member, place);
    }
  }
  for (const value of outputs.values()) {
    if (soleParameter(value, optional) === undefined) refuseReads(value, { optional, given: NO_FACTS, report });
  }
};

interface Place {
  readonly optional: ReadonlySet<string>;
  readonly given: Facts;
  readonly report: Report;
}

/** A value that is left out together with the parameter that it is. */
function checkMember(value: Value, member: Member, place: Place & { readonly service: CatalogService }): void {
  const name = soleParameter(value, place.optional);
  if (name === undefined || place.given.has(name)) {
    checkInside(value, member.shape, place);
    return;
  }
  if (!member.required) return;
  place.report({
    code: 'WF2009',
    path: value.path,
    message: `${member.name} has to be given, and ${name} may be left out`,
    hint: 'make the parameter required, or give it a default',
  });
}

function checkInside(value: Value, shape: Shape, place: Place & { readonly service: CatalogService }): void {
  if (value.kind === 'list') {
    for (const item of value.items) checkInside(item, shape.kind === 'list' ? shape.item : shape, place);
  } else if (value.kind === 'structure') {
    const members = shape.kind === 'structure' ? (place.service.structure(shape.name)?.members ?? []) : [];
    for (const [key, entry] of value.entries) {
      const member = members.find(({ name }) => name === key);
      if (member !== undefined) checkMember(entry, member, place);
      else if (soleParameter(entry, place.optional) === undefined)
        checkInside(entry, shape.kind === 'map' ? shape.value : shape, place);
    }
  } else {
    refuseReads(value, place);
  }
}

function refuseReads(value: Value, { optional, given, report }: Place): void {
  for (const { node, path, from, to } of unguardedReads(value, given)) {
    const subject = subjectOf(node);
    if (subject === undefined || !optional.has(subject)) continue;
    report({
      code: 'WF2009',
      path,
      within: { from, to },
      message: `${subject} may be left out, and then there is nothing to read here`,
      hint: `ask first: $exists(${subject}) ? … : …, or give the parameter a default`,
    });
  }
}

/** The parameter that is all of a value. */
function soleParameter(value: Value, optional: ReadonlySet<string>): string | undefined {
  const expression = value.kind === 'template' ? soleExpression(value.template) : undefined;
  if (expression?.node.kind !== 'reference' || expression.node.path.length !== 1) return undefined;
  const subject = subjectOf(expression.node);
  return subject !== undefined && optional.has(subject) ? subject : undefined;
}
