import type { StringConstraint } from '../catalog.ts';
import { CHARACTER_KINDS, type CharacterKind, type Rule } from './parse-constraint.ts';

/** An ARN, where a member takes one in place of an identifier. */
const ARN_PATTERN = String.raw`arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:\S+`;

/**
 * A rule as the catalog holds it: one regular expression, which takes time linear in the value, and one sentence.
 * @param orArn whether an ARN is right as well, which a rule on characters alone can tell; lengths then apply to the identifier only, within the pattern
 */
export function describeRule(rule: Rule, orArn: boolean): StringConstraint {
  const body = patternBody(rule);
  const words = [countAndKinds(rule), ...details(rule)].join(', ');
  if (orArn && body !== undefined) {
    const length = `(?=.{${rule.minLength ?? 0},${rule.maxLength ?? ''}}$)`;
    return { pattern: `^(?:${length}${body}|${ARN_PATTERN})$`, description: `${words}; or an ARN` };
  }
  return {
    ...(body === undefined ? {} : { pattern: `^${body}$` }),
    ...(rule.minLength === undefined || rule.minLength === 0 ? {} : { minLength: rule.minLength }),
    ...(rule.maxLength === undefined ? {} : { maxLength: rule.maxLength }),
    description: words,
  };
}

const classOf = (kinds: readonly CharacterKind[]): string => kinds.map((kind) => CHARACTER_KINDS[kind].class).join('');

function patternBody({ characters, first, noHyphenAtEnd, noTwoHyphens }: Rule): string | undefined {
  if (characters === undefined) return undefined;
  const start = first === undefined ? '' : `[${CHARACTER_KINDS[first].class}]`;
  const any = `[${classOf(characters)}]`;
  const noHyphen = `[${classOf(characters.filter((kind) => kind !== 'hyphen'))}]`;
  if (noTwoHyphens === true) return `${start}(?:-?${noHyphen})*${noHyphenAtEnd === true ? '' : '-?'}`;
  if (noHyphenAtEnd === true) return `${start}(?:-*${noHyphen})*`;
  return `${start}${any}*`;
}

function countAndKinds({ minLength = 0, maxLength, characters }: Rule): string {
  const kinds = (characters ?? []).map((kind) => CHARACTER_KINDS[kind].words as string);
  const what = kinds.length === 0 ? 'characters' : orList(kinds);
  if (maxLength === undefined) return minLength > 1 ? `at least ${minLength} ${what}` : what;
  return minLength > 0 ? `${minLength} to ${maxLength} ${what}` : `at most ${maxLength} ${what}`;
}

const orList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const details = ({ characters, first, noHyphenAtEnd, noTwoHyphens }: Rule): string[] =>
  characters === undefined
    ? []
    : [
        ...(first === undefined ? [] : [`first ${CHARACTER_KINDS[first].one}`]),
        ...(noHyphenAtEnd === true ? ['no hyphen at the end'] : []),
        ...(noTwoHyphens === true ? ['no two hyphens in a row'] : []),
      ];
