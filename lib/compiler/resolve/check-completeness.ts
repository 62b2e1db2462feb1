import type { Member } from '../../catalog/catalog.ts';
import { changesNothing, REFERENCE_WORDS } from './changes-nothing.ts';
import { isContent } from './check-nouns.ts';
import { LIGHT_NOUNS, NEUTRAL_QUALIFIERS } from './nouns.ts';
import type { Ranked } from './rank.ts';
import { type Check, list, type Question, quote, type Refusal } from './refusal.ts';
import { CHANGING_VERBS, READING_VERBS } from './verbs.ts';
import { splitName, stem } from './words.ts';

/**
 * The call is told all that it has to be told. Step Functions does not fill in idempotency tokens, so a required
 * one counts like any other required member.
 */
export const nothingIsMissing: Check = (question) => {
  const { best, keys, intent } = question;
  const { indexed } = best.fit;
  const refuse = (message: string): Refusal => ({ reason: 'missing-required-member', message });
  const { missing } = best.binding;
  if (missing.length > 0) return refuse(`${best.name} requires ${list(missing)}, which the context does not give.`);
  if (keys.length === 0 && !intent.plural && READING_VERBS.has(indexed.verb) && canNameOne(best)) {
    return refuse(`The intent speaks of one thing, but the context does not say which, as ${best.name} would let it.`);
  }
  const dropped = keys.length === 0 ? saysMore(best) : [];
  if (dropped.length > 0) {
    return refuse(
      `The intent speaks of ${list(dropped.map(quote))}, which ${best.name} is not told without a context.`,
    );
  }
  if (!isToldTheChange(question)) {
    return refuse(`${best.name} is not told by the context what ${quote(intent.verb?.text ?? '')} is to change.`);
  }
  if (intent.all && !indexed.plural && !READING_VERBS.has(indexed.verb)) {
    return refuse(`The intent speaks of all, but ${best.name} takes one at a time.`);
  }
  const filters = restrictions(question);
  if (filters.length > 0) {
    return refuse(`The intent restricts what is meant (${list(filters.map(quote))}), but the context does not.`);
  }
  if (changesNothing(indexed, best.binding)) return refuse(`${best.name} is not told what to change.`);
  const body = indexed.verb === 'Put' || indexed.verb === 'Upload' ? unboundContent(best) : undefined;
  return body && refuse(`${best.name} is not told what to write: its ${body.name} is not given.`);
};

/** Whether the call could be told which thing is meant. */
function canNameOne({ fit }: Ranked): boolean {
  const { members } = fit.indexed.operation.input;
  return members.some(({ name }) => splitName(name).some((word) => REFERENCE_WORDS.has(stem(word))));
}

/** What the intent says beyond the operation's name: without a context it has nowhere to go. */
function saysMore({ fit }: Ranked): readonly string[] {
  const reads = READING_VERBS.has(fit.indexed.verb);
  const said = fit.gaps.beyondName.filter(({ text, qualifier, purpose }) =>
    qualifier ? reads && !NEUTRAL_QUALIFIERS.has(text) : !purpose && !LIGHT_NOUNS.has(text),
  );
  return said.map(({ text }) => text);
}

function unboundContent({ fit, binding }: Ranked): Member | undefined {
  const bound = new Set(Object.values(binding.bindings));
  return fit.indexed.operation.input.members.find(
    ({ name, shape }) => shape.kind === 'scalar' && shape.type === 'blob' && !name.endsWith('Key') && !bound.has(name),
  );
}

/** "disable the function" with a new memory size in the context is no `UpdateFunctionConfiguration`. */
function isToldTheChange({ intent, best }: Question): boolean {
  const { told } = intent.verb?.meaning ?? {};
  if (told === undefined || !CHANGING_VERBS.has(best.fit.indexed.verb)) return true;
  const said = new Set(best.binding.content.flatMap(({ words }) => words));
  if (told.some((word) => said.has(stem(word)))) return true;
  return intent.heads.some((head) => isContent(head, best));
}

/** Adjectives that pick some of many things ("failed jobs"), where no member of the call does. */
function restrictions({ intent, best, keys }: Question): readonly string[] {
  const { indexed, gaps } = best.fit;
  const { words, content } = best.binding;
  if (keys.length === 0 || !READING_VERBS.has(indexed.verb) || !intent.plural || content.length > 0) return [];
  if (indexed.head !== undefined && words.has(indexed.head)) return [];
  const picking = gaps.beyondName.filter(
    ({ text, qualifier, purpose }) => qualifier && !purpose && !NEUTRAL_QUALIFIERS.has(text),
  );
  return picking.map(({ text }) => text);
}
