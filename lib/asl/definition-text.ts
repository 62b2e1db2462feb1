import type { StateMachineDefinition } from './to-asl.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (Maximum definition size) */
export const MAX_DEFINITION_BYTES = 1_048_576;

/** The definition as Step Functions is given it. Throws where it is larger than Step Functions takes. */
export function definitionText(name: string, definition: StateMachineDefinition): string {
  const text = JSON.stringify(definition);
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= MAX_DEFINITION_BYTES) return text;
  throw new Error(
    `The state machine ${name} would have ${bytes} bytes, and Step Functions takes ${MAX_DEFINITION_BYTES}: split the workflow into several`,
  );
}
