import type { SearchIndex } from './build-index.ts';
import { hasStem } from './lexical-index.ts';
import type { QueryTerm } from './query-terms.ts';
import type { Subject } from './subject.ts';

const MOST_WORDS = 5;
const LONGEST_WORD = 30;

/**
 * Why a workflow is an answer, in short generated strings: `words: backup, rds`, `words of like meaning: postgres`,
 * `meaning 0.71`, `service asked for: rds`, `does what is asked: backup`. Nothing of what authors wrote is in them.
 */
export function explainMatch(
  { lexical, offers }: SearchIndex,
  entry: number,
  terms: readonly QueryTerm[],
  subject: Subject,
  { meaning, home }: { readonly meaning: number; readonly home: number },
): readonly string[] {
  const same = terms.filter(({ stem }) => hasStem(lexical, stem, entry));
  const alike = terms.filter(
    (term) => !same.includes(term) && [...term.synonyms].some((stem) => hasStem(lexical, stem, entry)),
  );
  const { services = {}, effects = {} } = offers[entry] ?? {};
  const has = (weights: Readonly<Record<string, number>>, names: Iterable<string>) =>
    [...names].filter((name) => Object.hasOwn(weights, name));
  return [
    ...listed(
      'words',
      same.map(({ text }) => text),
    ),
    ...listed(
      'words of like meaning',
      alike.map(({ text }) => text),
    ),
    `meaning ${Math.max(0, meaning).toFixed(2)}`,
    ...listed('service asked for', has(services, [...subject.named, ...subject.implied])),
    ...listed('does what is asked', has(effects, subject.effects)),
    ...(home < 1 ? ['the request seems to be about something else'] : []),
  ];
}

function listed(label: string, words: readonly string[]): readonly string[] {
  const shown = [...new Set(words)].slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD));
  return shown.length === 0 ? [] : [`${label}: ${shown.join(', ')}`];
}
