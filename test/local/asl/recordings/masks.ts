import { isDeepStrictEqual } from 'node:util';

/** Words that stand for values in the recordings, beside those in angle brackets and those named after their key. */
const WORDS: ReadonlySet<string> = new Set(['date', 'timestamp', 'RandomNumberGenerated', 'map_run_arn']);

/** Whether `actual` is what was recorded, where masked parts may be anything; `masks` are further masked values. */
export function matchesRecorded(recorded: unknown, actual: unknown, masks: ReadonlySet<string>, key = ''): boolean {
  if (isDeepStrictEqual(recorded, actual)) return true;
  if (typeof recorded === 'string') return matchesText(recorded, actual, masks, key);
  if (typeof recorded !== 'object' || recorded === null) return false;
  // JSON text in the history was parsed when it was recorded.
  const value = typeof actual === 'string' ? parsed(actual) : actual;
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(recorded)) return false;
  const names = Object.keys(recorded);
  if (names.length !== Object.keys(value).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(value, name) &&
      matchesRecorded(
        Reflect.get(recorded, name),
        Reflect.get(value, name),
        masks,
        Array.isArray(recorded) ? key : name,
      ),
  );
}

function matchesText(recorded: string, actual: unknown, masks: ReadonlySet<string>, key: string): boolean {
  if (isMask(recorded, key) || masks.has(recorded)) return true;
  const json = parsed(recorded);
  if (typeof actual !== 'string') return json !== undefined && matchesRecorded(json, actual, masks, key);
  const pattern = recorded
    .split(/<[^<>\s]+>/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[^]*');
  if (new RegExp(`^${pattern}$`).test(actual)) return true;
  // Texts of JSON may differ in blanks.
  const value = parsed(actual);
  return isContainer(json) && isContainer(value) && matchesRecorded(json, value, masks, key);
}

function isMask(text: string, key: string): boolean {
  if (WORDS.has(text) || /^<+[^<>]+>(:\d+)?>?$/.test(text)) return true;
  const bare = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return /^[A-Za-z0-9]+(-[A-Za-z0-9]+)+$/.test(text) && bare(key).endsWith(bare(text));
}

/** Values of the input that the recording masks: they are others there than they were given. */
export function masksOfInput(recorded: unknown, given: unknown): ReadonlySet<string> {
  const masks = new Set<string>();
  const visit = (left: unknown, right: unknown): void => {
    if (typeof left === 'string') {
      if (left !== right && typeof right === 'string' && parsed(left) === undefined) masks.add(left);
    } else if (isContainer(left) && isContainer(right)) {
      for (const name of Object.keys(left)) visit(Reflect.get(left, name), Reflect.get(right, name));
    }
  };
  visit(recorded, given);
  return masks;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
