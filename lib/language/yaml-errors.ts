import { type Document, isCollection, isNode, isScalar, visit, type YAMLError } from 'yaml';
import { shorten, showValue } from '../diagnostics/show-value.ts';

interface Explained {
  readonly message: string;
  readonly hint?: string;
  readonly from: number;
  readonly to: number;
}

/** How the parser says it → what it means and how to mend it. The first entry that fits is taken. */
const EXPLANATIONS: readonly (readonly [RegExp, string, string])[] = [
  [/^Missing closing "quote/, 'a text in double quotes is never closed', 'add the closing "'],
  [/^Missing closing 'quote/, 'a text in single quotes is never closed', "add the closing '"],
  [
    /^Invalid escape sequence/,
    'this escape does not exist in double quotes',
    'write \\\\ for a backslash, or use single quotes',
  ],
  [/^Tabs are not allowed/, 'a tab is used for indentation', 'indent with spaces'],
  [
    /^Nested mappings are not allowed|^Implicit keys need to be on a single line/,
    'this line is not a "key: value"',
    'put a text that contains ": " in quotes, and check the indentation',
  ],
  [
    /^Implicit map keys need to be followed|^Implicit keys of flow/,
    'a key stands here without a value',
    'write "key: value", with a blank after the colon',
  ],
  [
    /^All (mapping|sequence) items must start at the same column/,
    'this line is indented differently from the entries above it',
    'start all entries of one list or mapping in the same column',
  ],
  [
    /^Flow (map|sequence) in block collection/,
    'a bracket is never closed',
    'add the closing } or ], or put the text in quotes',
  ],
  [
    /^Sequence item without - /,
    'the indentation is wrong here',
    'indent this line like the lines of the same entry above it',
  ],
  [/^Block scalar header/, 'nothing may follow | or > on its line', 'start the text on the next line, indented'],
  [
    /must be at the root|indented|same column/,
    'the indentation is wrong here',
    'start all entries of one list or mapping in the same column',
  ],
  [/^Plain value cannot start with/, 'a text cannot start with this character', 'put the text in quotes'],
  [/^Missing , /, 'a comma is missing between the entries', 'separate the entries with commas'],
  [/^Missing space after :/, 'a blank is missing after the colon', 'write "key: value"'],
  [
    /^Comments must be separated/,
    'a blank is missing before the #',
    'put a blank before a comment, or put the text in quotes',
  ],
  [/^With stringKeys/, 'this key is not text', 'a key is a name, followed by a colon'],
  [/^Unexpected , in|^Unexpected empty item/, 'there is a comma too many', 'remove it'],
  [
    /^Unexpected block-seq-ind|^A block sequence may not/,
    'a list cannot start on this line',
    'start the list with "- " on a line of its own',
  ],
  [
    /^Unexpected flow-(map|seq)-end|^Unexpected [\]}] /,
    'a bracket is closed that was never opened',
    'remove it, or put the text in quotes',
  ],
  [/anchor|alias/i, 'this alias or anchor is not correct', 'write the value out'],
  [/^The : indicator must be at most 1024/, 'this key is longer than 1024 characters', 'shorten it'],
  [/^Unexpected scalar at node end/, 'this text cannot stand here', 'put the whole value in quotes'],
];

/** A syntax error of the YAML parser in words that help, at its place. */
export function describeYamlError(error: YAMLError, document: Document.Parsed, text: string): Explained {
  const { from, to } = placeOf(error, document, text);
  const known = EXPLANATIONS.find(([pattern]) => pattern.test(error.message));
  if (known !== undefined) return { message: known[1], hint: known[2], from, to };
  return { message: `not valid YAML: ${shorten(showValue(error.message).slice(1, -1), 120)}`, from, to };
}

function placeOf(error: YAMLError, document: Document.Parsed, text: string): { from: number; to: number } {
  const opening = openingOf(error, document);
  if (opening !== undefined) return { from: opening, to: opening + 1 };
  const from = Math.max(0, Math.min(error.pos[0], text.length));
  // A mark that runs over several lines helps nobody.
  const lineEnd = text.indexOf('\n', from);
  return { from, to: Math.max(from, Math.min(error.pos[1], lineEnd < 0 ? text.length : lineEnd)) };
}

/** Where the quote or bracket that is never closed was opened; the parser says where the text ended. */
function openingOf(error: YAMLError, document: Document.Parsed): number | undefined {
  const quote = error.message.startsWith('Missing closing');
  const bracket = /^Flow (map|sequence) in block collection/.test(error.message);
  if (!quote && !bracket) return undefined;
  let opening: number | undefined;
  visit(document, (_key, node) => {
    const [from, , to] = (isNode(node) && node.range) || [0, 0, 0];
    const opens = quote
      ? isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE')
      : isCollection(node) && node.flow === true;
    if (!opens || from >= error.pos[0] || error.pos[0] > to) return undefined;
    opening = from;
    return visit.BREAK;
  });
  return opening;
}
