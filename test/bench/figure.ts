/** One measured number beside what it has to reach. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: '%' | 'ms' | 's' | 'MB' | 'count' | '×';
  /** At least, or at most, this much; absent where the number is only told. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What it was measured on: `37 of 38`. */
  readonly of?: string;
}

/** Prints a table; true where every figure reaches what it has to. */
export function printFigures(figures: readonly Figure[]): boolean {
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const figure of figures) {
    const { name, value, unit, atLeast, atMost, of } = figure;
    const shown = `${format(value, unit)}`.padStart(10);
    const reach =
      atLeast !== undefined ? `≥ ${format(atLeast, unit)}` : atMost !== undefined ? `≤ ${format(atMost, unit)}` : '';
    console.log(
      `${holds(figure) ? '✓' : '✗'} ${name.padEnd(width)} ${shown}  ${reach.padEnd(10)} ${of ?? ''}`.trimEnd(),
    );
  }
  const short = figures.filter((figure) => !holds(figure));
  console.log(short.length === 0 ? '\nall figures reached' : `\n${short.length} of ${figures.length} fall short`);
  return short.length === 0;
}

function holds({ value, atLeast, atMost }: Figure): boolean {
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
}

function format(value: number, unit: Figure['unit']): string {
  if (unit === 'count') return String(value);
  const digits = unit === '%' || unit === '×' || value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

/** A share in per cent. */
export function share(
  part: number,
  whole: number,
): { readonly value: number; readonly unit: '%'; readonly of: string } {
  return { value: whole === 0 ? 0 : (100 * part) / whole, unit: '%', of: `${part} of ${whole}` };
}
