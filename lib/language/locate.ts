import type { Span } from '../diagnostics/diagnostic.ts';
import { spanBetween } from './position.ts';
import { sourceOffsets } from './scalar-offsets.ts';
import type { ParsedWorkflow, Path } from './source.ts';
import type { Place } from './tree.ts';

/** The way from paths back to the text: `locate` and `locateKey` of {@link ParsedWorkflow}. */
export function locator(
  root: Place,
  text: string,
  starts: readonly number[],
): Pick<ParsedWorkflow, 'locate' | 'locateKey'> {
  const locate = (path: Path, within?: { readonly from: number; readonly to: number }): Span => {
    const { place, exact } = placeOf(root, path);
    const wholeLines = text.slice(place.from, place.to).includes('\n') && place.children !== undefined;
    if (!exact || wholeLines) return headOf(place, text, starts);
    if (within === undefined || typeof place.scalar !== 'string') return spanBetween(starts, place.from, place.to);
    const offsets = sourceOffsets(text.slice(place.from, place.to), place.scalar);
    const from = offsets?.[within.from];
    const to = offsets?.[within.to];
    if (from === undefined || to === undefined) return spanBetween(starts, place.from, place.to);
    return spanBetween(starts, place.from + from, place.from + to);
  };
  const locateKey = (path: Path): Span => {
    const { place, exact } = placeOf(root, path);
    if (exact && place.key !== undefined) return spanBetween(starts, place.key.from, place.key.to);
    return locate(path);
  };
  return { locate, locateKey };
}

function placeOf(root: Place, path: Path): { place: Place; exact: boolean } {
  let place = root;
  for (const part of path) {
    const child = place.children?.get(part);
    if (child === undefined) return { place, exact: false };
    place = child;
  }
  return { place, exact: true };
}

/** A list or mapping is shown by its key or else its first line: all of its lines would be too much to mark. */
function headOf(place: Place, text: string, starts: readonly number[]): Span {
  if (place.key !== undefined) return spanBetween(starts, place.key.from, place.key.to);
  const value = text.slice(place.from, place.to);
  const line = value.slice(0, value.search(/\r?\n|$/));
  return spanBetween(starts, place.from, place.from + line.trimEnd().length);
}
