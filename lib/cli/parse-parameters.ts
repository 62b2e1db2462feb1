import type { BytecodeParameter } from '../compiler/bytecode.ts';

/**
 * Parameters from a command line, where everything is text, as the types that the workflow declares. What does not
 * read as its type stays text, so that the engine's check names the parameter and shows the value.
 */
export function parseParameters(
  given: Readonly<Record<string, string>>,
  declared: readonly BytecodeParameter[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => [name, parse(text, declared.find((one) => one.name === name)?.type)]),
  );
}

function parse(text: string, type: BytecodeParameter['type'] | undefined): unknown {
  switch (type) {
    case 'integer':
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'string_list':
      return text === '' ? [] : text.split(',');
    default:
      return text;
  }
}
