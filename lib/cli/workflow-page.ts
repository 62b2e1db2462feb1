import type { Bytecode, BytecodeParameter, Permission, PlanEntry } from '../compiler/bytecode.ts';
import { actionOf, callsOf, originOf, questionOf } from '../compiler/plan-calls.ts';

/** A page about a workflow, made from its bytecode: what it does, with what permissions and why, and how it is undone. */
export function workflowPage(bytecode: Bytecode): string {
  const { metadata, parameters, execution_plan: plan, security } = bytecode;
  const undoable = plan.filter(({ undo }) => undo !== undefined);
  return [
    `# ${metadata.name}`,
    `${metadata.description}. Version ${metadata.version}, ${metadata.tier} tier, risk ${security.risk_score} of 10, at most ${security.max_duration} seconds.`,
    '## Parameters',
    parameters.length === 0 ? 'None.' : parameters.map(parameterLine).join('\n'),
    '## Graph',
    ['```mermaid', 'flowchart TD', ...plan.flatMap(edges), '```'].join('\n'),
    '## Calls',
    plan
      .filter(({ call }) => call !== undefined)
      .map(callBlock)
      .join('\n\n'),
    ...approvals(plan),
    ...otherWorkflows(plan),
    '## Permissions',
    [
      '| action | on | why |',
      '|---|---|---|',
      ...plan
        .flatMap(callsOf)
        .flatMap((call) => call.permissions)
        .map(permissionRow),
    ].join('\n'),
    '## When a step fails',
    undoable.length === 0
      ? 'The run ends; nothing is undone.'
      : `The run ends, and what was done before is undone, the last first: ${undoable.map(({ step_id: id, undo }) => `\`${id}\` by ${undo?.service}:${undo?.operation}`).join(', ')}.`,
  ]
    .join('\n\n')
    .concat('\n');
}

function parameterLine({ name, type, required, description = '', patterns = [] }: BytecodeParameter): string {
  const rules = patterns.map((pattern) => pattern.description);
  return `- \`${name}\` (${type}${required ? '' : ', optional'}) ${[description, ...rules].filter((text) => text !== '').join('; ')}`.trimEnd();
}

function edges(entry: PlanEntry): readonly string[] {
  const { step_id: id, depends_on: needs, when } = entry;
  const label = `${id}<br/>${actionOf(entry)}`;
  const condition = when === undefined ? '' : '|when|';
  return [`  ${id}["${label}"]`, ...needs.map((need) => `  ${need} -->${condition} ${id}`)];
}

/** The workflows whose steps stand in this one; nothing where there are none. */
function otherWorkflows(plan: readonly PlanEntry[]): readonly string[] {
  const origins = [...new Set(plan.flatMap((entry) => originOf(entry) ?? []))];
  if (origins.length === 0) return [];
  const lines = origins.map((origin) => {
    const entries = plan.filter((entry) => originOf(entry) === origin);
    const ids = entries.map(({ step_id: id }) => `\`${id}\``).join(', ');
    return `- \`${origin}\` (${entries[0]?.from?.checksum}): ${ids}`;
  });
  return ['## Steps of other workflows', lines.join('\n')];
}

/** Where a person is asked; nothing where nobody is. */
function approvals(plan: readonly PlanEntry[]): readonly string[] {
  const asked = plan.filter(({ type }) => type === 'approval');
  if (asked.length === 0) return [];
  const lines = asked.map(
    (entry) => `- \`${entry.step_id}\`, within ${entry.timeout_seconds} seconds: ${questionOf(entry)}`,
  );
  return ['## Approvals', `No answer is a refusal, and ends the run.\n\n${lines.join('\n')}`];
}

function callBlock({ step_id: id, call, undo }: PlanEntry): string {
  const lines = [`# ${id}`, call?.cli ?? '', ...(undo === undefined ? [] : ['# undone by', undo.cli])];
  return ['```sh', ...lines, '```'].join('\n');
}

function permissionRow({ action, resources, reason }: Permission): string {
  return `| \`${action}\` | ${resources.map((resource) => `\`${resource}\``).join('<br/>')} | ${reason} |`;
}
