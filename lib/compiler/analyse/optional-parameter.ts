import type { ParameterSource } from '../../language/source.ts';

/** True for a parameter of which a run may know nothing: it need not be given, and nothing stands in for it. */
export function isOptional({ required, default: fallback }: ParameterSource): boolean {
  return required === false && fallback === undefined;
}
