import { EXAMPLE_OTHER, EXAMPLE_WORKFLOW } from './code-entry.ts';
import { CODES, codeEntry, type DiagnosticCode } from './codes.ts';

const SECTIONS: Readonly<Record<string, string>> = {
  WF1: 'The text',
  WF2: 'References and the graph',
  WF3: 'AWS calls and types',
  WF4: 'Permissions and safety',
  WF5: 'Limits',
};

/** `docs/diagnostics.md`: every code, made from the table, so that it is never out of date. */
export function diagnosticsPage(): string {
  const codes = Object.keys(CODES) as DiagnosticCode[];
  const sections = Object.entries(SECTIONS).map(([prefix, title]) => {
    const entries = codes.filter((code) => code.startsWith(prefix)).map(entryText);
    return `## ${title}\n\n${entries.join('\n')}`;
  });
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

const INTRODUCTION = `# Diagnostics

<!-- Made from lib/diagnostics/codes by lib/cli/generate-docs.ts; a test compares the two. -->

What \`workflow check\` can say about a workflow. An error keeps the workflow from being compiled, a warning does not.
\`--format json\` and \`--format sarif\` give the same for programs; code numbers are never reused.

The examples show only what is other than in this workflow:

${fenced(EXAMPLE_WORKFLOW)}
Those with a workflow step draw in this one:

${fenced(EXAMPLE_OTHER)}`;

function entryText(code: DiagnosticCode): string {
  const { title, why, mend, bad, good, tier } = codeEntry(code);
  const where = tier === undefined ? '' : ` (in the ${tier} tier)`;
  const wrong = bad.startsWith('<') ? `Raised by: ${bad.slice(1, -1)}.\n` : `Wrong${where}:\n\n${fenced(bad)}`;
  const right = bad.startsWith('<') ? '' : `\nRight:\n\n${fenced(good)}`;
  return `### ${code}: ${title}\n\n${why}\n\n**To mend it:** ${mend}\n\n${wrong}${right}`;
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml.trimEnd()}\n\`\`\`\n`;
}
