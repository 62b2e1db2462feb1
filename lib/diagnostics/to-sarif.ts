import { codeEntry, type DiagnosticCode } from './codes.ts';
import type { Diagnostic } from './diagnostic.ts';
import { escapeInvisible } from './show-value.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * Diagnostics as a SARIF 2.1.0 log, for code scanning and editors: one run, one rule for each code that occurs. Lines
 * and columns count from 1 in UTF-16 units, as ours do; the end column is that behind the last character.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function toSarif(diagnostics: readonly Diagnostic[]): object {
  const sorted = sortDiagnostics(diagnostics).diagnostics;
  const codes = [...new Set(sorted.map(({ code }) => code))].sort();
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'aws-mcp-workflows', rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: sorted.map((diagnostic) => resultOf(diagnostic, codes.indexOf(diagnostic.code))),
      },
    ],
  };
}

function ruleOf(code: DiagnosticCode): object {
  const { title, why, mend, bad, good } = codeEntry(code);
  const text = `${why} To mend it: ${mend}`;
  const examples = bad.startsWith('<') ? '' : `\n\nWrong:\n\n${fenced(bad)}\n\nRight:\n\n${fenced(good)}`;
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text, markdown: `${why}\n\n**To mend it:** ${mend}${examples}` },
  };
}

function resultOf({ code, severity, message, hint, file, span }: Diagnostic, ruleIndex: number): object {
  const { start, end } = span;
  const text = escapeInvisible(hint === undefined ? message : `${message}; ${hint}`);
  // An empty region has no end in SARIF: it marks a place between two characters.
  const to = start.line === end.line && start.column === end.column ? {} : { endLine: end.line, endColumn: end.column };
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text },
    locations: [
      {
        physicalLocation: {
          artifactLocation: locationOf(file),
          region: { startLine: start.line, startColumn: start.column, ...to },
        },
      },
    ],
  };
}

/** Relative to the root of the sources where the file is in it. */
function locationOf(file: string): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  if (file.startsWith('/')) return { uri: `file://${uri}` };
  const drive = /^([A-Za-z]):\//.exec(file);
  if (drive !== null) return { uri: `file:///${drive[1]}:${uri.slice(uri.indexOf('/'))}` };
  return { uri, uriBaseId: '%SRCROOT%' };
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml}\n\`\`\``;
}
