import type { StringConstraint } from '../../../catalog/catalog.ts';
import type { ExpressionNode, Template } from '../../../language/expression.ts';
import type { ParameterSource } from '../../../language/source.ts';
import type { Analysis } from '../analysis.ts';
import { argumentPlaces } from './argument-places.ts';
import { characterRule } from './character-rule.ts';
import { constraintOf } from './constraint-of.ts';
import { textsOfPattern } from './texts-of-pattern.ts';

/** How long the facts of a run are at most; the longest Region so far is `us-isof-south-1`. */
const LENGTHS: Readonly<Record<string, number>> = { timestamp: 15, account: 12, region: 15, partition: 10 };

type Subject = Pick<Analysis, 'parsed' | 'steps'>;

/**
 * The documented rules that a parameter has to obey because of where it goes: those of every member whose whole value
 * it is, and, where it is a part of a longer text, what keeps the whole within its member's characters and length.
 */
export function constraintsOn(name: string, analysis: Subject): readonly StringConstraint[] {
  let constraints = known.get(analysis.steps);
  if (constraints === undefined) {
    constraints = constraintsOfAll(analysis);
    known.set(analysis.steps, constraints);
  }
  return constraints.get(name) ?? [];
}

/** Several rules ask for each parameter, and the steps of an analysis never change. */
const known = new WeakMap<Analysis['steps'], ReadonlyMap<string, readonly StringConstraint[]>>();

function constraintsOfAll({ parsed, steps }: Subject): ReadonlyMap<string, readonly StringConstraint[]> {
  const parameters = parsed.workflow.parameters ?? [];
  const whole = new Map<string, StringConstraint[]>();
  const parts = new Map<string, StringConstraint[]>();
  for (const place of steps.flatMap(argumentPlaces)) {
    const constraint = constraintOf(place);
    if (constraint === undefined || place.value.kind !== 'template') continue;
    const { template } = place.value;
    for (const [at, part] of template.entries()) {
      const name = part.kind === 'expression' ? parameterNamed(part.node) : undefined;
      if (name === undefined) continue;
      const rule = template.length === 1 ? constraint : partRule(constraint, place.name, template, at, parameters);
      const rules = template.length === 1 ? whole : parts;
      if (rule !== undefined) rules.set(name, [...(rules.get(name) ?? []), rule]);
    }
  }
  return new Map(
    parameters.map(({ name }) => {
      const ofWhole = withoutWider(distinct(whole.get(name) ?? []));
      const ofParts = distinct(parts.get(name) ?? []).map((part) => withoutImplied(part, ofWhole));
      return [name, distinct([...ofWhole, ...ofParts])];
    }),
  );
}

/** The name of the parameter that an expression is; `undefined` for anything else. */
export function parameterNamed(node: ExpressionNode): string | undefined {
  if (node.kind !== 'reference' || node.root !== 'params' || node.path.length !== 1) return undefined;
  const [field] = node.path;
  return field?.kind === 'field' ? field.name : undefined;
}

function partRule(
  constraint: StringConstraint,
  member: string,
  template: Template,
  at: number,
  parameters: readonly ParameterSource[],
): StringConstraint | undefined {
  const others = template.reduce((sum, part, index) => {
    if (index === at) return sum;
    return sum + (part.kind === 'text' ? [...part.text].length : longest(part.node, parameters));
  }, 0);
  const maxLength = (constraint.maxLength ?? Number.POSITIVE_INFINITY) - others;
  const texts = constraint.pattern === undefined ? undefined : textsOfPattern(constraint.pattern);
  const rule = texts && characterRule(texts.characters, at === 0 ? texts.first : undefined);
  const bounded = Number.isFinite(maxLength) && maxLength > 0;
  if (rule === undefined && !bounded) return undefined;
  const words = `${rule?.words ?? 'characters'}, as a part of ${member}`;
  return {
    ...(rule === undefined ? {} : { pattern: rule.pattern }),
    ...(bounded ? { maxLength } : {}),
    description: bounded ? `at most ${maxLength} ${words}` : words,
  };
}

function longest(node: ExpressionNode, parameters: readonly ParameterSource[]): number {
  const name = parameterNamed(node);
  const parameter = parameters.find((one) => one.name === name);
  if (parameter?.enum !== undefined) return Math.max(...parameter.enum.map((value) => [...String(value)].length));
  if (parameter?.max_length !== undefined) return parameter.max_length;
  const fact = node.kind === 'reference' && node.path.length === 0 ? LENGTHS[node.root] : undefined;
  return fact ?? Number.POSITIVE_INFINITY;
}

function distinct(rules: readonly StringConstraint[]): readonly StringConstraint[] {
  const key = ({ pattern, minLength, maxLength }: StringConstraint) => JSON.stringify([pattern, minLength, maxLength]);
  return [...new Map(rules.map((rule) => [key(rule), rule])).values()];
}

/** Some calls take an ARN in place of a name; where another call of the workflow does not, only the name fits both. */
function withoutWider(rules: readonly StringConstraint[]): readonly StringConstraint[] {
  return rules.filter(({ description }) => !rules.some((other) => description.startsWith(`${other.description}; or `)));
}

/** A member that takes the whole value allows no more characters than the part: one rule is enough to read. */
function withoutImplied(part: StringConstraint, whole: readonly StringConstraint[]): StringConstraint {
  const mine = part.pattern === undefined ? undefined : textsOfPattern(part.pattern);
  const implied = whole.some(({ pattern }) => {
    const texts = pattern === undefined ? undefined : textsOfPattern(pattern);
    return (
      mine !== undefined &&
      texts !== undefined &&
      isWithin(texts.characters, mine.characters) &&
      isWithin(texts.first, mine.first)
    );
  });
  if (!implied) return part;
  const { pattern: _, ...rest } = part;
  return rest;
}

function isWithin(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  return [...inner].every((one) => outer.has(one));
}
