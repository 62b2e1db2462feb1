import type { OperationIndex } from './operation-index.ts';
import { stem } from './words.ts';

/** "nodegroup" is written "node group" by many. */
function joinCompounds(tokens: readonly string[], index: OperationIndex): string[] {
  const joined: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [word, next] = [tokens[at] ?? '', tokens[at + 1] ?? ''];
    const both = `${word}${next}`;
    if (next !== '' && !index.vocabulary.has(stem(word)) && index.vocabulary.has(stem(both))) {
      joined.push(both);
      at++;
    } else joined.push(word);
  }
  return joined;
}

/**
 * The words of an intent, lower case, as the service's operation names split them: `dbinstance` is `db instance`,
 * `createdbsnapshot` three words. Punctuation that ends a clause stays, as `,` or `;`; expressions fall away.
 */
export function tokenize(intent: string, index: OperationIndex): string[] {
  const plain = intent
    .toLowerCase()
    .replace(/\$\{[^}]*\}/g, ' ')
    .replace(/[’']s\b/g, '')
    .replace(/[.:!?](?=\s|$)/g, ' ; ');
  const found = plain.match(/[a-z0-9]+|[,;&]/g) ?? [];
  const split = found.flatMap((word) =>
    index.vocabulary.has(stem(word)) || index.verbs.has(word) ? [word] : (index.compounds.get(word) ?? [word]),
  );
  while (split.at(-1) === ';') split.pop();
  return joinCompounds(split, index);
}
