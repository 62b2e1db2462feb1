import type { Template, TemplateExpression } from '../../../language/expression.ts';
import type { Analysis, Report, Rule } from '../analysis.ts';
import { typeOfExpression } from '../expression-type.ts';
import { type ArgumentPlace, argumentPlaces } from '../safety/argument-places.ts';
import { isJsonText, readJsonTemplate } from '../safety/json-template.ts';
import { textKind } from '../safety/text-kind.ts';
import { typeScope } from '../type-scope.ts';
import { soleExpression } from '../value.ts';

/**
 * A text that is read as JSON stays that JSON whatever its expressions give: inside a string they are escaped, outside
 * of one only numbers and truth values may stand.
 */
export const jsonText: Rule = (analysis, report) => {
  for (const place of analysis.steps.flatMap(argumentPlaces)) {
    const { value } = place;
    if (value.kind === 'template') checkTemplate(value.template, place, analysis, report);
    else if (typeof value.value === 'string' && isMeantAsJson(value.value, place) && !isJsonText(value.value)) {
      report({ code: 'WF4201', path: value.path, message: `${place.name} takes JSON, this is none`, hint: MEND });
    }
  }
};

const MEND = 'write it as JSON: names and texts in double quotes, no comma at the end';

function checkTemplate(template: Template, place: ArgumentPlace, analysis: Analysis, report: Report): void {
  const { path } = place.value;
  const sole = soleExpression(template);
  if (sole !== undefined) {
    if (!isJsonKind(place) || sole.node.kind !== 'binary' || sole.node.operator !== '&') return;
    const message = `${place.name} takes JSON, which is put together from texts here`;
    const hint = 'write the JSON as it is, with ${…} inside its texts: they are escaped there';
    report({ code: 'WF4201', path, within: sole, message, hint });
    return;
  }
  const json = readJsonTemplate(template);
  if (json === undefined) {
    const [first] = template;
    if (first?.kind !== 'text' || !isMeantAsJson(first.text, place)) return;
    report({ code: 'WF4201', path, message: `${place.name} takes JSON, this is none`, hint: MEND });
    return;
  }
  // `[${params.level}]` alone may as well be a plain text.
  if (!isJsonKind(place) && !template.some((part) => part.kind === 'text' && part.text.includes('"'))) return;
  for (const [index, where] of json.places) {
    const part = template[index];
    if (where === 'string' || part?.kind !== 'expression' || cannotBreakOut(part, analysis)) continue;
    const message = `\${${part.source}} is text outside the quotes of the JSON, so that it could add to it`;
    report({ code: 'WF4201', path, within: part, message, hint: `write it in quotes: "\${${part.source}}"` });
  }
}

function isJsonKind(place: ArgumentPlace): boolean {
  const kind = textKind(place);
  return kind === 'json' || kind === 'policy';
}

/** Members that are said to take JSON often take other text as well, so that only what looks like JSON has to be. */
function isMeantAsJson(text: string, place: ArgumentPlace): boolean {
  return /^\s*(?:\{|\[\s*[[{"\]])/.test(text) && isJsonKind(place);
}

function cannotBreakOut({ node }: TemplateExpression, analysis: Analysis): boolean {
  const type = typeOfExpression(node, typeScope(analysis), () => {});
  return type.kind === 'scalar' && ['integer', 'number', 'boolean'].includes(type.type);
}
