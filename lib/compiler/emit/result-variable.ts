/** Names that a state machine's scope has already: ours, JSONata's functions and those that AWS adds. */
const TAKEN = new Set(
  (
    'states params timestamp string length substring substringBefore substringAfter uppercase lowercase trim pad ' +
    'contains split join match replace eval base64encode base64decode encodeUrlComponent encodeUrl ' +
    'decodeUrlComponent decodeUrl number abs floor ceil round power sqrt random formatNumber formatBase ' +
    'formatInteger parseInteger sum max min average boolean not exists count append sort reverse shuffle distinct ' +
    'zip keys lookup spread merge sift each error assert type now millis fromMillis toMillis map filter single ' +
    'reduce partition range hash uuid parse clone'
  ).split(' '),
);

/** The variable that holds a step's result: the step's own name, unless the scope has that name already. */
export function resultVariable(stepId: string): string {
  return TAKEN.has(stepId) ? `${stepId}_result` : stepId;
}
