import effects from './effects.json';
import elsewhere from './elsewhere.json';
import { findPhrases, phraseTable } from './phrases.ts';
import services from './services.json';
import { tokenizeWithNumbers } from './tokenize.ts';

/** What a text speaks of, as far as the tables of words know it. */
export interface Subject {
  /** Services that it calls by their names: `postgres` is one of `rds`. */
  readonly named: ReadonlySet<string>;
  /** Services that have what it speaks of: a bucket is of `s3`, a database of `rds` and of `aurora`. */
  readonly implied: ReadonlySet<string>;
  /** What is to be done, in the order of the words: `delete`, `rotate`. */
  readonly effects: ReadonlySet<string>;
  /** 1, or less where it is about another cloud, a product of somebody else's, an examination… */
  readonly atHome: number;
}

type Mention = readonly [service: string, how: 'named' | 'implied'];

const SERVICES = phraseTable<Mention>(
  services.flatMap(({ service, names, things }) => [
    ...names.map((phrase) => [phrase, [service, 'named']] as const),
    ...things.map((phrase) => [phrase, [service, 'implied']] as const),
  ]),
);
const EFFECTS = phraseTable(effects.flatMap(({ effect, phrases }) => phrases.map((each) => [each, effect] as const)));
const ELSEWHERE = phraseTable(
  elsewhere.flatMap(({ factor, phrases }) => phrases.map((each) => [each, factor] as const)),
);

/** Reads what a text speaks of. */
export function readSubject(text: string): Subject {
  const stems = tokenizeWithNumbers(text).flatMap(({ stem, parts }) => (isKnown(stem) ? [stem] : [stem, ...parts]));
  const mentions = findPhrases(stems, SERVICES);
  const servicesThatAre = (wanted: Mention[1]) =>
    new Set(mentions.filter(([, how]) => how === wanted).map(([service]) => service));
  return {
    named: servicesThatAre('named'),
    implied: servicesThatAre('implied'),
    effects: new Set(findPhrases(stems, EFFECTS)),
    atHome: Math.min(1, ...findPhrases(stems, ELSEWHERE)),
  };
}

/** `DynamoDB` is known whole; its part would speak of a database. */
function isKnown(stem: string): boolean {
  return SERVICES.has(stem) || EFFECTS.has(stem) || ELSEWHERE.has(stem);
}
