/** Whether two patterns, in which `*` stands for any text and `?` for one character, have some text in common. */
export function patternsOverlap(left: string, right: string): boolean {
  return walk(left, right, {
    mayMeet: (a, b) => a === b || a === '?' || b === '?',
    mayStretch: true,
  });
}

/** Whether every text that fits the pattern `narrow` fits the pattern `wide`. False wherever that is not plain. */
export function patternCovers(wide: string, narrow: string): boolean {
  return walk(wide, narrow, {
    mayMeet: (a, b) => b !== '*' && (a === b || a === '?'),
    mayStretch: false,
  });
}

interface Rule {
  readonly mayMeet: (left: string, right: string) => boolean;
  /** Whether a `*` of the right pattern takes in characters of the left one, as one of the left always does. */
  readonly mayStretch: boolean;
}

/** Takes no more steps than the product of both lengths, so that no pattern can hold the process up. */
function walk(left: string, right: string, { mayMeet, mayStretch }: Rule): boolean {
  // fits[j]: whether what is left of the left pattern, from the row's character on, can be had with right from j on.
  let below: readonly boolean[] = [];
  for (let i = left.length; i >= 0; i -= 1) {
    const row: boolean[] = Array.from({ length: right.length + 1 }, () => false);
    for (let j = right.length; j >= 0; j -= 1) {
      const [a, b] = [left[i], right[j]];
      if (a === undefined && b === undefined) row[j] = true;
      else if (a === '*') row[j] = below[j] === true || (b !== undefined && row[j + 1] === true);
      else if (b === '*' && mayStretch) row[j] = row[j + 1] === true || (a !== undefined && below[j] === true);
      else row[j] = a !== undefined && b !== undefined && mayMeet(a, b) && below[j + 1] === true;
    }
    below = row;
  }
  return below[0] === true;
}
