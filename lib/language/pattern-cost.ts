export interface PatternProblem {
  /** Follows "the pattern … ". */
  readonly message: string;
  readonly hint: string;
}

const MAX_REPEAT = 1000;
/** Repeats in a row that can match the same characters: with two, time grows with the square of the text. */
const MAX_CHAIN = 2;

/** Something that can match more or less of the text, and how many such things that overlap stand before it. */
interface Repeat {
  readonly atom: Atom;
  readonly chain: number;
}

/** The characters that one piece matches, as far as they are below U+0100; `undefined` for any. */
type Atom = ReadonlySet<number> | undefined;

interface Group {
  /** Something in it repeats, or it is a choice: repeating the whole could match in many ways. */
  many: boolean;
  /** Repeats that may stand directly before the group. */
  readonly before: readonly Repeat[];
  /** Repeats that may stand directly before what follows: in this alternative, and in those before it. */
  tail: readonly Repeat[];
  ended: readonly Repeat[];
}

const PIECE = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?:|./suy;
const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;

/**
 * Why a backtracking engine could take long over the pattern; `undefined` where it cannot: no group that repeats is
 * ambiguous inside, and at most two neighbouring repeats compete for the same characters.
 * @param pattern Well formed, without look-around, back references and named groups.
 */
export function costOfPattern(pattern: string): PatternProblem | undefined {
  const groups: Group[] = [newGroup([])];
  let at = 0;
  while (at < pattern.length) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(pattern)?.[0] ?? '';
    at += piece.length;
    const group = groups.at(-1) ?? newGroup([]);
    if (piece === '(' || piece === '(?:') {
      groups.push(newGroup(group.tail));
      continue;
    }
    if (piece === '|') {
      Object.assign(group, { many: true, ended: [...group.ended, ...group.tail], tail: group.before });
      continue;
    }
    if (piece === '^' || piece === '$') continue;
    QUANTIFIER.lastIndex = at;
    const quantifier = QUANTIFIER.exec(pattern)?.[0] ?? '';
    at += quantifier.length;
    const { min, max } = countsOf(quantifier);
    if (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY) {
      return { message: `repeats more than ${MAX_REPEAT} times`, hint: 'use min_length and max_length' };
    }
    const problem = piece === ')' ? closeGroup(groups, min, max) : addAtom(group, atomOf(piece), min, max);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function newGroup(before: readonly Repeat[]): Group {
  return { many: false, before, tail: before, ended: [] };
}

function addAtom(group: Group, atom: Atom, min: number, max: number): PatternProblem | undefined {
  if (min === max) {
    // What must stand here ends every repeat that cannot match it.
    if (min > 0) group.tail = group.tail.filter((repeat) => overlap(repeat.atom, atom));
    return undefined;
  }
  group.many = true;
  const competing = group.tail.filter((repeat) => overlap(repeat.atom, atom));
  const chain = 1 + Math.max(0, ...competing.map((repeat) => repeat.chain));
  if (chain > MAX_CHAIN) {
    return {
      message: 'has several repeats in a row that can match the same characters, which can take very long',
      hint: 'join them into one, such as [a-z0-9-]+, or put a character between them that they do not match',
    };
  }
  group.tail = [...(min === 0 ? group.tail : competing), { atom, chain }];
  return undefined;
}

function closeGroup(groups: Group[], min: number, max: number): PatternProblem | undefined {
  const closed = groups.pop();
  const outer = groups.at(-1);
  if (closed === undefined || outer === undefined) return undefined;
  if (max > 1 && closed.many) {
    return {
      message: 'repeats a group that itself repeats something or chooses, which can take for ever',
      hint: 'repeat single characters or classes, such as [a-z0-9-]+',
    };
  }
  if (max > 1) return addAtom(outer, undefined, min, max);
  const after = [...closed.ended, ...closed.tail];
  outer.tail = min === 0 ? [...outer.tail, ...after] : after;
  outer.many ||= closed.many || min !== max;
  return undefined;
}

function countsOf(quantifier: string): { min: number; max: number } {
  if (quantifier === '') return { min: 1, max: 1 };
  const counts = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier);
  if (counts !== null) {
    const min = Number(counts[1]);
    if (counts[2] === '') return { min, max: min };
    return { min, max: counts[3] === '' ? Number.POSITIVE_INFINITY : Number(counts[3]) };
  }
  return { min: quantifier[0] === '+' ? 1 : 0, max: quantifier[0] === '?' ? 1 : Number.POSITIVE_INFINITY };
}

function atomOf(piece: string): Atom {
  const matcher = new RegExp(`^(?:${piece})$`, 'su');
  const matched = new Set<number>();
  for (let code = 0; code < 0x100; code += 1) if (matcher.test(String.fromCodePoint(code))) matched.add(code);
  return matched.size === 0 ? undefined : matched;
}

function overlap(left: Atom, right: Atom): boolean {
  if (left === undefined || right === undefined) return true;
  for (const code of left) if (right.has(code)) return true;
  return false;
}
