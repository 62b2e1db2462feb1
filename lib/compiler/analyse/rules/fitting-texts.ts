import type { StringConstraint } from '../../../catalog/catalog.ts';
import { showValue } from '../../../diagnostics/show-value.ts';
import type { Report, Rule } from '../analysis.ts';
import { type ArgumentPlace, argumentPlaces } from '../safety/argument-places.ts';
import { constraintOf } from '../safety/constraint-of.ts';
import { constraintsOn } from '../safety/constraints-on.ts';
import { textsOfPattern } from '../safety/texts-of-pattern.ts';

/**
 * The text around an expression can be a part of what its member takes, and every value that a parameter lists or
 * falls back to obeys the rules of the members it goes into: what can never work is told before a run.
 */
export const fittingTexts: Rule = (analysis, report) => {
  for (const place of analysis.steps.flatMap(argumentPlaces)) checkFixedText(place, report);
  for (const [index, parameter] of (analysis.parsed.workflow.parameters ?? []).entries()) {
    if (parameter.type !== 'string') continue;
    const constraints = constraintsOn(parameter.name, analysis);
    const path = ['parameters', index] as const;
    if (typeof parameter.default === 'string') checkValue(parameter.default, [...path, 'default'], constraints, report);
    for (const [at, value] of (parameter.enum ?? []).entries()) {
      if (typeof value === 'string') checkValue(value, [...path, 'enum', at], constraints, report);
    }
  }
};

function checkFixedText(place: ArgumentPlace, report: Report): void {
  const constraint = constraintOf(place);
  if (constraint === undefined || place.value.kind !== 'template' || place.value.template.length < 2) return;
  const fixed = place.value.template.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  const texts = constraint.pattern === undefined ? undefined : textsOfPattern(constraint.pattern);
  const wrong = [...fixed].find((character) => texts !== undefined && !texts.characters.has(character));
  const tooLong = [...fixed].length > (constraint.maxLength ?? Number.POSITIVE_INFINITY);
  if (wrong === undefined && !tooLong) return;
  const why = wrong === undefined ? 'is too long already' : `has ${showValue(wrong)}`;
  const message = `${place.name} can never be this text: what stands around the expressions ${why}`;
  report({ code: 'WF3012', path: place.value.path, message, hint: `AWS takes ${constraint.description}` });
}

function checkValue(
  value: string,
  path: readonly (string | number)[],
  constraints: readonly StringConstraint[],
  report: Report,
): void {
  const broken = constraints.find(({ pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }) => {
    const length = [...value].length;
    return length < minLength || length > maxLength || (pattern !== undefined && !new RegExp(pattern).test(value));
  });
  if (broken === undefined) return;
  const message = `${showValue(value)} breaks the rules of the call it goes into`;
  report({ code: 'WF3012', path, message, hint: `AWS takes ${broken.description}` });
}
