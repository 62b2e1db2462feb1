/** How tightly the operators between two values bind, as in JSONata 2.0; all of them group to the left. */
export const LEFT_POWER: ReadonlyMap<string, number> = new Map([
  ['?', 20],
  ['or', 25],
  ['and', 30],
  ['=', 40],
  ['!=', 40],
  ['<', 40],
  ['<=', 40],
  ['>', 40],
  ['>=', 40],
  ['in', 40],
  ['+', 50],
  ['-', 50],
  ['&', 50],
  ['*', 60],
  ['/', 60],
  ['%', 60],
]);

/** Operators that can be names as well. */
export const WORD_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'in']);
