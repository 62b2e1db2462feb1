/**
 * An anchored regular expression as a JSONata literal that holds for the whole of a text.
 *
 * `$` also holds before a last line break in some engines (Java's and Python's among them), so that
 * `name\n` would pass; `(?![\s\S])` holds at the very end in all of them.
 */
export function regularExpression(pattern: string): string {
  const anchored = pattern.startsWith('^') && pattern.endsWith('$');
  if (!anchored) throw new Error(`The pattern ${pattern} is not anchored`);
  return `/${pattern.slice(0, -1).replace(/(?<!\\)((?:\\\\)*)\//g, '$1\\/')}(?![\\s\\S])/`;
}
