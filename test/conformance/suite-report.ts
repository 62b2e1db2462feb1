/** What the suite printed, read back. */
export interface SuiteReport {
  /** Checks of all scenarios. */
  readonly passed: number;
  readonly failed: number;
  /** How many scenarios that the revision requires were run. */
  readonly required: number;
  readonly requiredFailing: readonly string[];
  /** Scenarios that are run and reported, but that no revision requires. */
  readonly otherFailing: readonly string[];
}

/**
 * Reads the end of the suite's output, where each scenario has a line; `required` names those that count. `undefined`
 * where there is no such end, as when the suite broke off.
 */
export function readSuiteReport(output: string, required: readonly string[]): SuiteReport | undefined {
  const summary = output.slice(output.lastIndexOf('=== SUMMARY ==='));
  const total = /^Total: (\d+) passed, (\d+) failed$/m.exec(summary);
  if (!total) return undefined;
  const scenarios = [...summary.matchAll(/^([✓✗]) (\S+): \d+ passed, \d+ failed/gm)].map(([, mark, name = '']) => ({
    name,
    failing: mark === '✗',
    counts: required.includes(name),
  }));
  const failing = (counts: boolean) =>
    scenarios.filter((one) => one.failing && one.counts === counts).map(({ name }) => name);
  return {
    passed: Number(total[1]),
    failed: Number(total[2]),
    required: scenarios.filter(({ counts }) => counts).length,
    requiredFailing: failing(true),
    otherFailing: failing(false),
  };
}
