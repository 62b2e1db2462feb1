import type { IntentNoun } from './noun-phrases.ts';
import type { Ranked } from './rank.ts';
import { type Check, list, type Question, quote, type Refusal } from './refusal.ts';
import { WRAPPERS } from './similarity.ts';
import { CHANGING_VERBS } from './verbs.ts';
import { stem } from './words.ts';

const MIN_PRECISION = 0.5;
const MIN_HEAD_FIT = 0.5;
const MIN_RECALL = 0.5;

/** The operation is about what the intent names, and the intent names what the operation is about. */
export const nounsFit: Check = (question) => {
  const { intent, best } = question;
  const { precision, headFit, objectRecall, operationHeadNamed } = best.fit;
  const refuse = (message: string): Refusal => ({ reason: 'nouns-do-not-fit', message });
  if (intent.heads.length === 0 && best.fit.indexed.nouns.size > 0) {
    return refuse(`The intent does not say what to ${intent.verb?.text ?? 'act on'}.`);
  }
  if (headFit < MIN_HEAD_FIT || precision < MIN_PRECISION) {
    return refuse(
      `${best.name}, the nearest call, is not about ${quote(intent.heads.map((head) => head.text).join(' and '))}.`,
    );
  }
  if (!operationHeadNamed || objectRecall < MIN_RECALL || !aboutTheObject(question)) {
    return refuse(`${best.name}, the nearest call, is about something that the intent does not name.`);
  }
  const { gaps } = best.fit;
  const unexplained = [...new Set([...gaps.unexplained, ...gaps.contradicted])];
  if (unexplained.length > 0) {
    return refuse(`${best.name}, the nearest call, has nothing to do with ${list(unexplained.map(quote))}.`);
  }
  // "restore the instance" is not from a snapshot yet; "export the table to S3" may be to a point in time
  const { words } = best.binding;
  const isToldHow = intent.nouns.some(
    ({ roleWeight, purpose, alternatives }) =>
      roleWeight < 1 && !purpose && alternatives.some((one) => one.every((word) => words.has(word))),
  );
  if (gaps.unnamedCircumstances.length > 0 && !isToldHow) {
    const about = list(gaps.unnamedCircumstances);
    return refuse(`${best.name}, the nearest call, has to do with ${about}, which neither intent nor context names.`);
  }
  if (gaps.namedByContext.length > 0 && gaps.unnamed.length > 0) {
    return refuse(`${best.name}, the nearest call, is about ${list(gaps.unnamed)}, which the intent does not name.`);
  }
  return undefined;
};

/** Whether a noun is something that a bound member says of the object: its deletion protection, not the object itself. */
export function isContent(noun: IntentNoun, { fit, binding }: Ranked): boolean {
  const { nouns } = fit.indexed;
  return binding.content.some(({ words, term }) => {
    const subject = term.kind === undefined ? term.nouns.findLast((word) => !WRAPPERS.has(word)) : undefined;
    return noun.alternatives.some((alternative) => {
      const last = alternative.at(-1) ?? '';
      return alternative.every((word) => words.includes(word)) && (last === subject || !nouns.has(last));
    });
  });
}

/** The object of the verb is what the operation is about, or what one of the bound members changes of it. */
function aboutTheObject({ best, intent }: Question): boolean {
  if (best.fit.aligned) return true;
  if (!CHANGING_VERBS.has(best.fit.indexed.verb)) return false;
  if (intent.verb?.meaning.told?.some((word) => stem(word) === best.fit.indexed.head)) return true;
  return intent.heads.every((head) => isContent(head, best));
}
