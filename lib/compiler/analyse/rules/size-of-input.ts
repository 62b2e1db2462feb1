import type { Rule } from '../analysis.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (Maximum input or output size) */
const MAX_INPUT_BYTES = 262_144;

/** The texts that a run has to be given fit into its input. Only what is certain: a character is a byte at least. */
export const sizeOfInput: Rule = ({ parsed }, report) => {
  const { parameters = [] } = parsed.workflow;
  const lengths = parameters.map(({ type, required, default: fallback, min_length: least = 0 }) =>
    type === 'string' && (required ?? fallback === undefined) ? least : 0,
  );
  const bytes = lengths.reduce((sum, length) => sum + length, 0);
  if (bytes <= MAX_INPUT_BYTES) return;
  report({
    code: 'WF5009',
    path: ['parameters', lengths.indexOf(Math.max(...lengths)), 'min_length'],
    message: `the parameters have ${bytes} characters at least, and Step Functions takes ${MAX_INPUT_BYTES} bytes`,
    hint: 'lower min_length, or pass the name of an object in S3',
  });
};
