import type { Template } from '../../../language/expression.ts';

/** Where an expression of a JSON text stands: inside a string, or where a whole value is. */
export type JsonPlace = 'string' | 'bare';

export interface JsonTemplate {
  /** By the expression's index in the template. */
  readonly places: ReadonlyMap<number, JsonPlace>;
  /** The names above each expression, outermost first, lists left out; the name of an entry itself ends in `"key"`. */
  readonly paths: ReadonlyMap<number, readonly string[]>;
}

/** Stands for an expression; no author can write it, since private characters are not allowed in text that counts. */
const mark = (index: number): string => `\uE000${index}\uE001`;
const MARKS = /\uE000(\d+)\uE001/g;

/**
 * A text with `${…}` in it that is JSON, an object or a list, whatever the values of its expressions are; `undefined`
 * where it is not.
 */
export function readJsonTemplate(template: Template): JsonTemplate | undefined {
  const places = new Map<number, JsonPlace>();
  let text = '';
  let inString = false;
  for (const [index, part] of template.entries()) {
    if (part.kind === 'expression') {
      places.set(index, inString ? 'string' : 'bare');
      text += inString ? mark(index) : `"${mark(index)}"`;
      continue;
    }
    if (/[\uE000\uE001]/.test(part.text)) return undefined;
    inString = endsInString(part.text, inString);
    text += part.text;
  }
  const value = parsed(text);
  if (value === undefined) return undefined;
  const paths = new Map<number, readonly string[]>();
  collectPaths(value, [], paths);
  return { places, paths };
}

/** A text without expressions that is JSON: an object or a list. */
export function isJsonText(text: string): boolean {
  return parsed(text) !== undefined;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function endsInString(text: string, startsInString: boolean): boolean {
  let inString = startsInString;
  for (let at = 0; at < text.length; at += 1) {
    if (inString && text[at] === '\\') at += 1;
    else if (text[at] === '"') inString = !inString;
  }
  return inString;
}

function collectPaths(value: unknown, path: readonly string[], paths: Map<number, readonly string[]>): void {
  if (typeof value === 'string') note(value, path, paths);
  else if (Array.isArray(value)) for (const item of value) collectPaths(item, path, paths);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      note(key, [...path, 'key'], paths);
      collectPaths(entry, [...path, key], paths);
    }
  }
}

function note(text: string, path: readonly string[], paths: Map<number, readonly string[]>): void {
  for (const [, index] of text.matchAll(MARKS)) paths.set(Number(index), path);
}
