/** How many arguments a function takes. */
export interface FunctionArity {
  readonly min: number;
  /** `undefined` where there is no end. */
  readonly max: number | undefined;
}

const takes = (min: number, max: number = min): FunctionArity => ({ min, max });

/**
 * The functions that expressions may call: those of JSONata 2.0 that Step Functions has and that give the same value
 * for the same arguments, every time. Left out on purpose: `$now`, `$millis`, `$random`, `$shuffle`, `$uuid` (not the
 * same every time), `$eval` (unchecked code), `$error`, `$assert` (not values), `$match` (takes a regular expression),
 * `$map`, `$filter`, `$reduce`, `$single`, `$sift`, `$each` (take functions). Where JSONata would take a missing
 * argument from the context, it must be given.
 * https://docs.jsonata.org/string-functions and its neighbours;
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const FUNCTIONS: ReadonlyMap<string, FunctionArity> = new Map([
  // strings
  ['string', takes(1, 2)],
  ['length', takes(1)],
  ['substring', takes(2, 3)],
  ['substringBefore', takes(2)],
  ['substringAfter', takes(2)],
  ['uppercase', takes(1)],
  ['lowercase', takes(1)],
  ['trim', takes(1)],
  ['pad', takes(2, 3)],
  ['contains', takes(2)],
  ['split', takes(2, 3)],
  ['join', takes(1, 2)],
  ['replace', takes(3, 4)],
  ['base64encode', takes(1)],
  ['base64decode', takes(1)],
  ['encodeUrlComponent', takes(1)],
  ['encodeUrl', takes(1)],
  ['decodeUrlComponent', takes(1)],
  ['decodeUrl', takes(1)],
  // numbers
  ['number', takes(1)],
  ['abs', takes(1)],
  ['floor', takes(1)],
  ['ceil', takes(1)],
  ['round', takes(1, 2)],
  ['power', takes(2)],
  ['sqrt', takes(1)],
  ['formatNumber', takes(2, 3)],
  ['formatBase', takes(1, 2)],
  ['formatInteger', takes(2)],
  ['parseInteger', takes(2)],
  // numbers in a list
  ['sum', takes(1)],
  ['max', takes(1)],
  ['min', takes(1)],
  ['average', takes(1)],
  // truth
  ['boolean', takes(1)],
  ['not', takes(1)],
  ['exists', takes(1)],
  // lists
  ['count', takes(1)],
  ['append', takes(2)],
  ['sort', takes(1)],
  ['reverse', takes(1)],
  ['distinct', takes(1)],
  ['zip', { min: 1, max: undefined }],
  // objects
  ['keys', takes(1)],
  ['lookup', takes(2)],
  ['spread', takes(1)],
  ['merge', takes(1)],
  ['type', takes(1)],
  // times that are given, never the clock's
  ['toMillis', takes(1, 2)],
  ['fromMillis', takes(1, 3)],
]);

/** Why a function of JSONata or Step Functions cannot be called, and what to do instead. */
export const REFUSED_FUNCTIONS: ReadonlyMap<string, { readonly message: string; readonly hint: string }> = new Map([
  ...['now', 'millis'].map(
    (name) =>
      [
        name,
        {
          message: 'reads the clock',
          hint: 'use timestamp or execution.start_time, which stay the same for a whole run',
        },
      ] as const,
  ),
  ...['random', 'shuffle', 'uuid'].map(
    (name) =>
      [
        name,
        { message: 'gives something else every time', hint: 'use execution.id for a value of its own for each run' },
      ] as const,
  ),
  ...['map', 'filter', 'reduce', 'single', 'sift', 'each'].map(
    (name) =>
      [
        name,
        { message: 'takes a function', hint: 'use a filter in a path, such as steps.a.DBInstances[Engine = "mysql"]' },
      ] as const,
  ),
  ['eval', { message: 'runs text as code', hint: 'write the expression itself' }],
  [
    'match',
    { message: 'takes a regular expression', hint: 'use $contains, $split or $substringBefore with plain text' },
  ],
  ['error', { message: 'stops the run', hint: 'a run is stopped by its steps, not in an expression' }],
  ['assert', { message: 'stops the run', hint: 'a run is stopped by its steps, not in an expression' }],
]);
