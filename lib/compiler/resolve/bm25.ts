/** Okapi BM25 (Robertson and Zaragoza 2009) with the usual constants. */
const K1 = 1.2;
const B = 0.75;

export interface Bm25 {
  /** Score of each document that has a word of the query, by the document's index. */
  score(words: Iterable<string>): ReadonlyMap<number, number>;
}

/** Indexes documents given as lists of words. */
export function bm25(documents: readonly (readonly string[])[]): Bm25 {
  const postings = new Map<string, Map<number, number>>();
  let total = 0;
  documents.forEach((words, index) => {
    total += words.length;
    for (const word of words) {
      const posting = postings.get(word) ?? new Map<number, number>();
      posting.set(index, (posting.get(index) ?? 0) + 1);
      postings.set(word, posting);
    }
  });
  const averageLength = total / Math.max(1, documents.length);
  const score = (words: Iterable<string>) => {
    const scores = new Map<number, number>();
    for (const word of new Set(words)) {
      const posting = postings.get(word);
      if (posting === undefined) continue;
      const idf = Math.log(1 + (documents.length - posting.size + 0.5) / (posting.size + 0.5));
      for (const [index, count] of posting) {
        const length = (documents[index]?.length ?? 0) / averageLength;
        const gain = (idf * count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
        scores.set(index, (scores.get(index) ?? 0) + gain);
      }
    }
    return scores;
  };
  return { score };
}
