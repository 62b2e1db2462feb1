/** Names that a state machine's scope has already: ours, JSONata's functions and those that AWS adds. */
const TAKEN = new Set(
  (
    'states params timestamp failure undone not_undone string length substring substringBefore substringAfter uppercase lowercase trim pad ' +
    'contains split join match replace eval base64encode base64decode encodeUrlComponent encodeUrl ' +
    'decodeUrlComponent decodeUrl number abs floor ceil round power sqrt random formatNumber formatBase ' +
    'formatInteger parseInteger sum max min average boolean not exists count append sort reverse shuffle distinct ' +
    'zip keys lookup spread merge sift each error assert type now millis fromMillis toMillis map filter single ' +
    'reduce partition range hash uuid parse clone'
  ).split(' '),
);

/** The variable that holds a step's result: the step's own name, unless the scope has that name already. */
export function resultVariable(stepId: string): string {
  // Ids that start so would meet the variables that are made from ids.
  if (/^(?:done|result)_/.test(stepId)) return `result_${stepId}`;
  return TAKEN.has(stepId) ? `${stepId}_result` : stepId;
}

/** The variable that holds, for each entry that a step with `for_each` has done, what its inverse reads. */
export function doneVariable(stepId: string): string {
  return `done_${stepId}`;
}
