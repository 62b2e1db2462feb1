import type { DiagnosticCode } from '../../../diagnostics/codes.ts';
import { showValue } from '../../../diagnostics/show-value.ts';
import type { Report, Rule } from '../analysis.ts';
import { type AuthorText, authorTexts, MAX_ENTRIES } from '../safety/author-texts.ts';
import { wordingForModels } from '../safety/wording-for-models.ts';

/**
 * What an author writes for people is plain, visible text of a fair length: no hidden characters, no markup, no links.
 * Wording that speaks to a language model is an error in the community tier and a warning elsewhere.
 */
export const authorText: Rule = ({ parsed, tier }, report) => {
  for (const text of authorTexts(parsed.workflow)) {
    checkLength(text, report);
    checkForm(text, report);
    for (const check of CHECKS) tellFirst(text, check, report);
    const wording = wordingForModels(text.text);
    if (wording === undefined) continue;
    report({
      code: 'WF4306',
      severity: tier === 'community' ? 'error' : 'warning',
      path: text.path,
      within: wording,
      message: `${text.name} speaks to a language model: ${showValue(text.text.slice(wording.from, wording.to))}`,
      hint: 'say what the workflow does, to people who look for it',
    });
  }
  for (const [list, max] of Object.entries(MAX_ENTRIES)) {
    const entries = parsed.workflow[list as keyof typeof MAX_ENTRIES] ?? [];
    if (entries.length <= max) continue;
    const message = `"${list}" has ${entries.length} entries, ${max} are allowed`;
    report({ code: 'WF4305', path: [list], atKey: true, message, hint: 'keep those that help most to find it' });
  }
};

interface Check {
  readonly code: DiagnosticCode;
  readonly pattern: RegExp;
  readonly what: string;
  readonly hint: string;
}

/**
 * Categories Cc (controls), Cf (bidirectional, zero-width and tag characters), private and unassigned code points, line
 * separators, and marks that fonts do not show. What the parser has refused already is told once only.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const HIDDEN_IN_LINES = /[^\P{Cc}\n]|[\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const REFUSED_BY_PARSER =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}\p{Cs}]/u;

const CHECKS: readonly Check[] = [
  {
    code: 'WF4301',
    // A Latin word with letters of another alphabet in it: `іgnore` with a Cyrillic і.
    pattern:
      /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u,
    what: 'mixes letters of two alphabets that look alike',
    hint: 'write the word in one alphabet',
  },
  {
    code: 'WF4303',
    // Tags, comments, entities, code, images and links, headings, emphasis, tables of chat templates.
    pattern:
      /<\/?[A-Za-z!?][^<>]*>|<!--|<\||\|>|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,31});|`|!?\[[^\]]*\]\([^)]*\)|\[\[|\[\/?[A-Z]{2,}\]|\*\*|__|~~~?|^[ ]{0,3}#{1,6}\s|^[ ]{0,3}>\s/imu,
    what: 'holds markup',
    hint: 'write plain text: it is shown as it stands',
  },
  {
    code: 'WF4304',
    // Places in S3 are no links.
    pattern:
      /\b(?!s3a?:)[a-z][a-z0-9+.-]*:\/\/\S*|\b(?:mailto|javascript|vbscript|data):\S+|\bwww\.\S+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|ai|co|xyz|info|me|ly|sh)\/\S*/iu,
    what: 'holds a link',
    hint: 'leave the link out: nobody who reads it can know where it leads',
  },
];

function tellFirst(text: AuthorText, { code, pattern, what, hint }: Check, report: Report): void {
  const found = pattern.exec(text.text);
  if (found === null) return;
  const within = { from: found.index, to: found.index + found[0].length };
  report({ code, path: text.path, within, message: `${text.name} ${what}: ${showValue(found[0])}`, hint });
}

function checkForm(text: AuthorText, report: Report): void {
  const { path, name } = text;
  const hidden = (text.lines ? HIDDEN_IN_LINES : HIDDEN).exec(text.text.replace(/\n$/, ''));
  if (hidden !== null && !REFUSED_BY_PARSER.test(hidden[0])) {
    const within = { from: hidden.index, to: hidden.index + hidden[0].length };
    const message = `${name} holds the character ${showValue(hidden[0])}, which cannot be seen`;
    report({ code: 'WF4301', path, within, message, hint: 'remove it' });
  }
  if (text.text === text.text.normalize('NFC')) return;
  const message = `${name} is not in the Unicode normal form NFC, so that equal texts compare as different`;
  report({ code: 'WF4302', path, message, hint: 'type the letters anew, or let your editor normalise the text' });
}

function checkLength({ text, path, name, maxLength }: AuthorText, report: Report): void {
  const length = [...text.trimEnd()].length;
  if (length <= maxLength) return;
  const message = `${name} has ${length} characters, ${maxLength} are allowed`;
  report({ code: 'WF4305', path, message, hint: 'say it in fewer words' });
}
