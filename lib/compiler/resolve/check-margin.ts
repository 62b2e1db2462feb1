import type { ParsedIntent } from './parse-intent.ts';
import type { Ranked } from './rank.ts';
import { type Check, isDeclared, list } from './refusal.ts';
import { STRONG_VERB } from './verbs.ts';

/** Lead over the runner-up that an operation needs. */
const CLEAR_MARGIN = 0.4;
/** The same where the author's permissions name this operation and none of its rivals. */
const WITNESSED_MARGIN = 0.2;
/** A rival that explains so much more of the intent's words contradicts the context. */
const MORE_WORDS = 0.06;
/** How much worse the verb of a contradicting rival may fit. */
const SAME_VERB = 0.1;
/** How much better the verb fits of what the intent says word for word. */
const BETTER_VERB = 0.14;

/** The rival is the same for the number of things that the intent speaks of: `ListKeyPolicies` beside `GetKeyPolicy`. */
function isOtherNumber(best: Ranked, rival: Ranked, intent: ParsedIntent): boolean {
  const [mine, other] = [best.fit.indexed, rival.fit.indexed];
  const nouns = (indexed: typeof mine) =>
    [...indexed.nouns.keys()]
      .filter((word) => word !== 'batch')
      .sort()
      .join(' ');
  return mine.plural !== intent.plural && other.plural === intent.plural && nouns(mine) === nouns(other);
}

/** The rival is what the intent says word for word, the best only what the context makes of it. */
function isWordForWord(best: Ranked, rival: Ranked): boolean {
  if (rival.fit.verb <= best.fit.verb + BETTER_VERB || !rival.fit.aligned || rival.fit.recall < 0.99) return false;
  return rival.fit.namePrecision >= best.fit.namePrecision;
}

/** No other operation is near, and none fits the words better than the one that the context chose. */
export const marginIsClear: Check = (question) => {
  const { best, ranked, request, intent } = question;
  const declared = (rival: Ranked) => isDeclared(rival, question);
  const rivals = ranked.slice(1, 6);
  const witnessed = request.requiredPermissions !== undefined && declared(best) && !rivals.some(declared);
  const needed = witnessed ? WITNESSED_MARGIN : CLEAR_MARGIN;
  const supersedes = ({ name, fit }: Ranked) => fit.indexed.superseded && `${name}V2` === best.name;
  const near = rivals.filter((rival) => best.score - rival.score < needed && !supersedes(rival));
  const contradicting = rivals.filter(
    (rival) =>
      rival.fit.verb >= Math.max(STRONG_VERB, best.fit.verb - SAME_VERB) &&
      (rival.fit.namePrecision > best.fit.grounded + MORE_WORDS ||
        isOtherNumber(best, rival, intent) ||
        isWordForWord(best, rival)),
  );
  const named = [...new Set([...near, ...contradicting])];
  if (named.length === 0) return undefined;
  return {
    reason: 'ambiguous-operation',
    message: `The intent could mean ${best.name} or ${list(named.map(({ name }) => name))}.`,
    advice: 'say more precisely what the call is about',
  };
};
