import type { WorkflowDescription } from '../tools/describe-workflow.ts';

/** A workflow for people to read, made from its plan; what its author wrote comes last, quoted and labelled. */
export function workflowMarkdown(workflow: WorkflowDescription): string {
  const { name, version, summary, effect, tier, risk, checksum, steps, author_description: author } = workflow;
  return [
    `# ${name} ${version}`,
    summary,
    `Effect: ${effect} · tier: ${tier} · risk: ${risk.score} of 10 · \`${checksum}\``,
    '## Steps',
    steps.map(({ id, action, when }) => `1. \`${id}\`: ${action}${when ? `, when ${code(when)}` : ''}`).join('\n'),
    '## Permissions',
    workflow.required_permissions.map(({ action, step }) => `- ${action} (${step})`).join('\n') || 'None.',
    '## Words of the author',
    [author.label, author.text].map((line) => `> ${line.replace(/\s+/g, ' ')}`).join('\n>\n'),
  ].join('\n\n');
}

function code(text: string): string {
  return `\`${text.replace(/[`\s]+/g, ' ')}\``;
}
