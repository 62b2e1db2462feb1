/**
 * An IAM pattern that matches at least every text that an anchored regular expression matches: its fixed characters
 * stand, everything else is `*`. `prod-[a-z]+` → `prod-*`, `arn:aws:s3:::(logs|audit)` → `arn:aws:s3:::*`.
 */
export function wildcardOfPattern(pattern: string): string {
  const atoms = atomsOf(pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, ''));
  // An alternative at the top level means that no fixed text is common to all.
  if (atoms === undefined || atoms.some(({ text }) => text === '|')) return '*';
  const texts = atoms.map(({ text, quantified }) => (quantified ? '*' : literalOf(text)));
  return texts.join('').replace(/\*+/g, '*');
}

interface Atom {
  readonly text: string;
  readonly quantified: boolean;
}

/** Escapes, classes, groups and single characters, with whether a quantifier follows. */
function atomsOf(pattern: string): readonly Atom[] | undefined {
  const atoms: Atom[] = [];
  for (let at = 0; at < pattern.length; ) {
    const end = endOfAtom(pattern, at);
    if (end === undefined) return undefined;
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(pattern.slice(end))?.[0] ?? '';
    atoms.push({ text: pattern.slice(at, end), quantified: quantifier !== '' });
    at = end + quantifier.length;
  }
  return atoms;
}

function endOfAtom(pattern: string, at: number): number | undefined {
  const first = pattern[at];
  if (first === '\\') return at + 1 < pattern.length ? at + 2 : undefined;
  if (first === '[') {
    const close = /^\[(?:\\.|[^\]\\])*\]/su.exec(pattern.slice(at))?.[0];
    return close === undefined ? undefined : at + close.length;
  }
  return first === '(' ? endOfGroup(pattern, at) : at + 1;
}

function endOfGroup(pattern: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < pattern.length; ) {
    const first = pattern[at];
    if (first === '(') depth += 1;
    if (first === ')') depth -= 1;
    if (depth === 0) return at + 1;
    const end = first === '\\' || first === '[' ? endOfAtom(pattern, at) : at + 1;
    if (end === undefined) return undefined;
    at = end;
  }
  return undefined;
}

function literalOf(atom: string): string {
  if (/^\\[^\p{L}\p{N}]$/u.test(atom)) return /[*?$]/.test(atom) ? '?' : atom.slice(1);
  return /^[^\\[(.^$|*?+{}]$/u.test(atom) ? atom : '*';
}
