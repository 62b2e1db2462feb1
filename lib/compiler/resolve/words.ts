/** Words that would lose their last letter to the plural rule although they are singular. */
const SINGULAR_IN_S = new Set(['alias', 'canvas', 'atlas', 'cors', 'https', 'kubernetes', 'redis', 'analytics']);
/** Plurals that are too short for the rule, or look like none. */
const SHORT_PLURALS = new Set(['ids', 'ips', 'azs', 'vms', 'dbs', 'amis', 'apis']);
const VOWEL = /[aeiouy]/;

/**
 * The parts of an AWS name, lower case: `DBInstanceIdentifier` → `db instance identifier`, `S3BucketName` →
 * `s3 bucket name`, `ListObjectsV2` → `list objects`. A trailing version is not a word.
 */
export function splitName(name: string): string[] {
  const parts = name
    .replace(/IPv(\d)/g, 'Ipv$1')
    .replace(/V\d+$/, '')
    .match(/[A-Z]{2,}s(?![a-z])|[A-Z]{2,}\d*(?![a-z])|[A-Z]?[a-z]+\d*|[A-Z]\d+|[A-Z]|\d+/g);
  return (parts ?? []).map((part) => part.toLowerCase());
}

function withoutPlural(word: string): string {
  if (SHORT_PLURALS.has(word)) return word.slice(0, -1);
  if (word.length <= 3 || !word.endsWith('s') || SINGULAR_IN_S.has(word) || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:sses|xes|ches|shes|zzes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function withoutInflection(word: string): string {
  const match = /^(.{3,})(?:ing|ed)$/.exec(word);
  const root = match?.[1];
  if (root !== undefined && VOWEL.test(root)) return /([bdglmnprt])\1$/.test(root) ? root.slice(0, -1) : root;
  const short = /^(..)(?:ing)$/.exec(word)?.[1];
  if (short !== undefined && short.length > 2) return short;
  if (word.length > 6 && /[ts]ion$/.test(word)) return word.slice(0, -3);
  return word;
}

/**
 * A light stem for matching: plural, `-ing`, `-ed`, `-tion` and a final `e` fall away, so that `tagging`, `tags`
 * and `tag`, or `rotation` and `rotate`, are one word. Lighter than Porter, which makes `policy` `polici`
 * and merges words that the AWS vocabulary keeps apart (`organization`, `organ`).
 */
export function stem(word: string): string {
  const root = withoutInflection(withoutPlural(word));
  return root.length > 3 && root.endsWith('e') ? root.slice(0, -1) : root;
}

/** Whether a word is a plural in form: `instances`, but not `status`. */
export function isPlural(word: string): boolean {
  return withoutPlural(word) !== word;
}
