import type { ExpressionNode, Template, TemplateExpression } from '../../../language/expression.ts';
import type { Analysis, Finding, Report, Rule } from '../analysis.ts';
import { type ArgumentPlace, argumentPlaces } from '../safety/argument-places.ts';
import { parameterNamed } from '../safety/constraints-on.ts';
import { type TextKind, textKind } from '../safety/text-kind.ts';
import { textsOfExpression } from '../safety/texts-of-expression.ts';
import { soleExpression } from '../value.ts';

/**
 * What no shell, POSIX or PowerShell or cmd, no query language and no template takes for more than a part of a word.
 * A list of what is good, since lists of what is bad are never complete (PowerShell takes typographic quotes).
 */
const HARMLESS = /^[A-Za-z0-9_./:+=@,-]$/;
/** Outside of quotes a query would take the rest for operators and comments. */
const HARMLESS_UNQUOTED = /^[A-Za-z0-9_.]$/;

const EXECUTED: Partial<Record<TextKind, string>> = {
  script: 'a shell',
  arguments: 'a program',
  code: 'an interpreter',
  query: 'a query',
};

/**
 * What goes into text that is executed is one harmless word: the rules of the parameter exclude blanks, quotes and
 * everything that a shell reads. Results of steps never go there, since others may have written them.
 */
export const executableText: Rule = (analysis, report) => {
  for (const place of analysis.steps.flatMap(argumentPlaces)) {
    const { value } = place;
    const reader = EXECUTED[textKind(place)];
    if (value.kind !== 'template' || reader === undefined) continue;
    checkText(piecesOf(value.template), { place, reader, analysis, report });
  }
};

interface Checking {
  readonly place: ArgumentPlace;
  readonly reader: string;
  readonly analysis: Analysis;
  readonly report: Report;
}

/** Author's text, or an expression of the template with the part of it that gives text. */
type Piece = { readonly text: string } | { readonly node: ExpressionNode; readonly part: TemplateExpression };

/** `${"ls " & params.path}` and `${$base64encode("ls " & params.path)}` are texts with expressions in them as well. */
function piecesOf(template: Template): readonly Piece[] {
  const sole = soleExpression(template);
  return template.flatMap((part) => (part.kind === 'text' ? [{ text: part.text }] : split(part.node, part)));

  function split(node: ExpressionNode, part: TemplateExpression): readonly Piece[] {
    if (node.kind === 'binary' && node.operator === '&') return [...split(node.left, part), ...split(node.right, part)];
    if (node.kind === 'literal' && typeof node.value === 'string') return [{ text: node.value }];
    const [argument] = node.kind === 'call' ? node.args : [];
    const encodes = node.kind === 'call' && node.name === 'base64encode' && part === sole && node === sole.node;
    return encodes && argument !== undefined ? split(argument, part) : [{ node, part }];
  }
}

function checkText(pieces: readonly Piece[], checking: Checking): void {
  let before = '';
  for (const piece of pieces) {
    if ('text' in piece) before += piece.text;
    else checkPiece(piece.node, piece.part, before, checking);
  }
}

function checkPiece(node: ExpressionNode, part: TemplateExpression, before: string, checking: Checking): void {
  const { place, reader, analysis, report } = checking;
  // What the author wrote may be anything.
  if (node.kind === 'literal') return;
  if (node.kind === 'condition') {
    checkPiece(node.then, part, before, checking);
    if (node.otherwise !== undefined) checkPiece(node.otherwise, part, before, checking);
    return;
  }
  const tell = (message: string, hint: string): void => {
    const finding: Finding = { code: 'WF4203', path: place.value.path, within: part, message, hint };
    report(finding);
  };
  const source = `\${${part.source}}`;
  const name = parameterNamed(node);
  const texts = textsOfExpression(node, analysis);
  const harmless = textKind(place) === 'query' && !inQuotes(before) ? HARMLESS_UNQUOTED : HARMLESS;
  if (texts === undefined || [...texts.characters].some((character) => !harmless.test(character))) {
    const example = harmless === HARMLESS ? '"[A-Za-z0-9][A-Za-z0-9._-]*"' : '"[A-Za-z0-9_]+"';
    const hint =
      name === undefined
        ? 'take it from a parameter that has an enum or a pattern; results of steps may be what others wrote'
        : `give the parameter "${name}" an enum, or a pattern such as ${example}`;
    tell(`${source} goes into ${place.name}, which ${reader} reads, and may hold more than one plain word`, hint);
  } else if (isCommand(before, place) && !hasEnum(name, analysis)) {
    tell(`${source} says what ${place.name} runs`, `write the command out, or list the commands in an enum`);
  } else if (texts.first.has('-') && startsWord(before, place)) {
    const number = analysis.parsed.workflow.parameters?.some((one) => one.name === name && one.type !== 'string');
    const rule = number ? 'a min of 0' : 'a pattern such as "[A-Za-z0-9][A-Za-z0-9._-]*"';
    const hint = `give ${name === undefined ? 'it' : `the parameter "${name}"`} ${rule}`;
    tell(`${source} may start with a hyphen, so that ${place.name} would take it for an option`, hint);
  }
}

function hasEnum(name: string | undefined, { parsed }: Analysis): boolean {
  return parsed.workflow.parameters?.some((one) => one.name === name && one.enum !== undefined) ?? false;
}

/** Where a shell expects the name of a command: at the start, behind what separates commands, or after `sh -c`. */
function isCommand(before: string, place: ArgumentPlace): boolean {
  const kind = textKind(place);
  if (kind === 'script') return /(?:^|[;|&(`{\n]|\b(?:sudo|exec|nohup|then|do|else)\s)[\s"']*$/.test(before);
  if (kind !== 'arguments' || place.list === undefined || place.keys.length > 0) return false;
  const previous = place.list.items[place.list.index - 1];
  const runs = previous?.kind === 'literal' && /^(?:-\w*c|\/c|-Command)$/i.test(String(previous.value));
  return (
    (place.list.index === 0 && /^entry|^command$/i.test(place.member.name) && before === '') ||
    (runs && before.trim() === '')
  );
}

function startsWord(before: string, place: ArgumentPlace): boolean {
  const kind = textKind(place);
  return (kind === 'script' || kind === 'arguments') && /(?:^|\s)["']*$/.test(before);
}

function inQuotes(before: string): boolean {
  return ["'", '"', '`'].some((quote) => (before.split(quote).length - 1) % 2 === 1);
}
