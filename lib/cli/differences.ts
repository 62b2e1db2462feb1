import { isDeepStrictEqual } from 'node:util';
import type { CaseRun } from '../local/run-case.ts';
import type { Expectation } from './read-test-file.ts';

/** What of a run is not as its case expects it, a sentence each. */
export function differences(expected: Expectation, { execution, steps, unchanged }: CaseRun): readonly string[] {
  const differ = (what: string, want: unknown, got: unknown): readonly string[] =>
    want === undefined || isDeepStrictEqual(want, got)
      ? []
      : [`${what} is ${JSON.stringify(got) ?? 'missing'}, expected ${JSON.stringify(want)}`];
  const outputs = (execution.output ?? {}) as Readonly<Record<string, unknown>>;
  const ending = steps.filter(({ status }) => status === 'FAILED').map(({ id }) => id);
  return [
    ...differ('the status', expected.status, execution.status),
    ...differ('the error', expected.error, execution.error),
    ...(expected.cause === undefined || execution.cause?.includes(expected.cause)
      ? []
      : [`the cause is ${JSON.stringify(execution.cause)}, expected to say ${JSON.stringify(expected.cause)}`]),
    ...(ending.includes(expected.failed_step ?? '') ? [] : differ('the failed step', expected.failed_step, ending[0])),
    ...differ(
      'what was undone',
      expected.undone,
      steps.filter(({ undone }) => undone).map(({ id }) => id),
    ),
    ...differ('whether the account is unchanged', expected.unchanged, unchanged),
    ...Object.entries(expected.outputs ?? {}).flatMap(([name, value]) =>
      differ(`output ${name}`, value, outputs[name]),
    ),
  ];
}
