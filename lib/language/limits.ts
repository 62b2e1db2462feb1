/** What a workflow file may cost to read. Far above what people write, far below what hurts. */
export const LIMITS = {
  /** Of the text in UTF-8. A workflow of 300 steps has about 60 KiB. */
  bytes: 256 * 1024,
  /** Collections within collections; AWS's own structures go about fifteen deep. */
  depth: 64,
  /** Values and keys, those that aliases repeat included. */
  nodes: 20_000,
  aliases: 100,
  parameters: 100,
  steps: 500,
  /** Characters of one `${…}`. */
  expression: 4096,
  /** Brackets within brackets in one `${…}`. */
  expressionDepth: 32,
} as const;
