import type { ExpressionNode, Template, TemplateExpression } from '../../../language/expression.ts';
import type { Analysis, Report, Rule } from '../analysis.ts';
import { typeOfReference } from '../expression-type.ts';
import { type ArgumentPlace, argumentPlaces } from '../safety/argument-places.ts';
import { parameterNamed } from '../safety/constraints-on.ts';
import { readJsonTemplate } from '../safety/json-template.ts';
import { textKind } from '../safety/text-kind.ts';
import { textsOfExpression } from '../safety/texts-of-expression.ts';
import { typeScope } from '../type-scope.ts';
import { soleExpression } from '../value.ts';

/**
 * Wildcards, the `$` of policy variables, and what ends or escapes a JSON text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
const WIDENING = /[*?$"\\]|[^ -~]/;
/** Elements of a statement that decide what it grants at all: a pattern is not enough, every value must be listed. */
const DECIDING: ReadonlySet<string> = new Set(['Effect', 'Action', 'NotAction', 'key']);

/**
 * What goes into a policy document can neither widen it nor add to it: wildcards, variables and quotes are excluded
 * by the parameter's own rules, and the effect and the actions are chosen from a list.
 */
export const policyText: Rule = (analysis, report) => {
  for (const place of analysis.steps.flatMap(argumentPlaces)) {
    if (place.value.kind !== 'template' || textKind(place) !== 'policy') continue;
    checkPolicy(place.value.template, place, analysis, report);
  }
};

function checkPolicy(template: Template, place: ArgumentPlace, analysis: Analysis, report: Report): void {
  const sole = soleExpression(template);
  if (sole !== undefined) {
    if (isListed(sole.node, analysis)) return;
    const message = `the whole of ${place.name} comes from \${${sole.source}}, so that it could grant anything`;
    const hint = 'write the policy out, with ${…} inside its texts, or list the policies in the enum of the parameter';
    report({ code: 'WF4202', path: place.value.path, within: sole, message, hint });
    return;
  }
  // That it is JSON is another rule's concern.
  const paths = readJsonTemplate(template)?.paths;
  for (const [index, part] of template.entries()) {
    if (part.kind === 'text' || isListed(part.node, analysis)) continue;
    const element = paths?.get(index)?.at(-1) ?? '';
    if (DECIDING.has(element)) tellDeciding(part, element, place, report);
    else if (!cannotWiden(part.node, analysis)) tellWidening(part, place, report);
  }
}

function tellDeciding(part: TemplateExpression, element: string, place: ArgumentPlace, report: Report): void {
  const what = element === 'key' ? 'a name in the policy' : `the policy's ${element}`;
  const message = `\${${part.source}} is ${what}, so that it decides what is granted`;
  report({
    code: 'WF4202',
    path: place.value.path,
    within: part,
    message,
    hint: 'write it out, or give the parameter an enum',
  });
}

function tellWidening(part: TemplateExpression, place: ArgumentPlace, report: Report): void {
  const message = `\${${part.source}} goes into a policy and may hold * ? $ " or \\, which could widen what it grants`;
  const name = parameterNamed(part.node);
  const hint =
    name === undefined
      ? 'take it from a parameter that has an enum or a pattern'
      : `give the parameter "${name}" an enum, or a pattern without them such as "[A-Za-z0-9-]+"`;
  report({ code: 'WF4202', path: place.value.path, within: part, message, hint });
}

function cannotWiden(node: ExpressionNode, analysis: Analysis): boolean {
  if (isOwnArn(node, analysis)) return true;
  const texts = textsOfExpression(node, analysis);
  return texts !== undefined && ![...texts.characters].some((character) => WIDENING.test(character));
}

/**
 * The ARN that a step's call gives back: AWS made it, from names that it allows no wildcard or quote in.
 * Other results, such as tags and descriptions, hold what others wrote.
 */
function isOwnArn(node: ExpressionNode, analysis: Analysis): boolean {
  if (node.kind !== 'reference' || node.root !== 'steps') return false;
  const last = node.path.at(-1);
  if (last?.kind !== 'field' || !/(?:^arn|A(?:rn|RN))$/.test(last.name)) return false;
  // A key called Arn of a map, such as an item of a table, is no field of AWS's.
  const owner = { ...node, path: node.path.slice(0, -1) };
  const type = typeOfReference(owner, typeScope(analysis), () => {});
  return type.kind === 'structure';
}

/** True where every value stands in the workflow's own text. */
function isListed(node: ExpressionNode, analysis: Analysis): boolean {
  if (node.kind === 'literal') return true;
  if (node.kind === 'condition') {
    return isListed(node.then, analysis) && (node.otherwise === undefined || isListed(node.otherwise, analysis));
  }
  const name = parameterNamed(node);
  return analysis.parsed.workflow.parameters?.some((one) => one.name === name && one.enum !== undefined) ?? false;
}
