import { type Diagnostic, MAX_DIAGNOSTICS } from './diagnostic.ts';

export interface SortedDiagnostics {
  /** By file, place, code and message; without exact duplicates; errors are kept before warnings at the cap. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more there were above {@link MAX_DIAGNOSTICS}. */
  readonly more: number;
}

/** The diagnostics in reading order, each once, at most {@link MAX_DIAGNOSTICS} of them. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): SortedDiagnostics {
  const unique = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, severity, message, file, span, hint } = diagnostic;
    const key = JSON.stringify([file, span.start, span.end, code, severity, message, hint]);
    if (!unique.has(key)) unique.set(key, diagnostic);
  }
  const sorted = [...unique.values()].sort(inReadingOrder);
  if (sorted.length <= MAX_DIAGNOSTICS) return { diagnostics: sorted, more: 0 };
  const errors = sorted.filter((diagnostic) => diagnostic.severity === 'error');
  const warnings = sorted.filter((diagnostic) => diagnostic.severity !== 'error');
  const kept = [...errors, ...warnings].slice(0, MAX_DIAGNOSTICS).sort(inReadingOrder);
  return { diagnostics: kept, more: sorted.length - kept.length };
}

function inReadingOrder(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    a.span.start.line - b.span.start.line ||
    a.span.start.column - b.span.start.column ||
    compareText(a.code, b.code) ||
    a.span.end.line - b.span.end.line ||
    a.span.end.column - b.span.end.column ||
    compareText(a.message, b.message)
  );
}

/** By code units: the same on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
