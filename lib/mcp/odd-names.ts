/** Visible ASCII: no control, bidirectional or invisible character, and no line end. */
const PLAIN = /^[\x21-\x7E]{0,512}$/;

/**
 * Whether a body names a method, tool, prompt, resource or task that could not be one. The SDK repeats in its refusal what was named,
 * and whoever reads that must not be shown what is not there.
 */
export function hasOddNames(body: unknown): boolean {
  return (Array.isArray(body) ? body : [body]).some((message) => {
    const { method, params } = members(message);
    const { name, uri, taskId } = members(params);
    return [method, name, uri, taskId].some(isOdd);
  });
}

function isOdd(name: unknown): boolean {
  return typeof name === 'string' && !PLAIN.test(name);
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
