import type { Path, StepSource } from '../../language/source.ts';
import { type Change, LEFT_OUT, mapStep, mapValue } from './map-step.ts';
import { type Replace, soleReplacement, substituteText } from './substitute.ts';

/**
 * A step with its references replaced.
 * @throws {PathIntoValue} as `substituteText` does
 */
export function substituteStep(step: StepSource, path: Path, replace: Replace): StepSource {
  return mapStep(step, path, changeBy(replace));
}

/** A value with its references replaced; {@link LEFT_OUT} where it is a parameter that is not given. */
export function substituteValue(plain: unknown, replace: Replace): unknown {
  return mapValue(plain, [], changeBy(replace));
}

function changeBy(replace: Replace): Change {
  return {
    text: (text) => substituteText(text, replace),
    value: (text) => {
      const whole = soleReplacement(text, replace);
      if (whole === undefined) return substituteText(text, replace);
      if (whole.template === undefined) return LEFT_OUT;
      return 'plain' in whole ? whole.plain : substituteText(text, replace);
    },
  };
}
