import { toAsl } from '../../asl/to-asl.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { APPROVAL_TOPIC } from '../../compiler/approval-topic.ts';
import type { Bytecode, BytecodeParameter, HowResolved, Permission, PlanEntry } from '../../compiler/bytecode.ts';
import { callsOf, originOf, questionOf } from '../../compiler/plan-calls.ts';
import { worstCase } from '../../compiler/worst-case.ts';
import { toPolicy } from '../../iam/to-policy.ts';
import { compileRegistry } from '../../registry/compile-registry.ts';
import { reportDiagnostics } from '../compile-all.ts';
import { noSuchWorkflow } from '../no-such-workflow.ts';
import { EXIT, type ExitCode, paint, type Terminal } from '../terminal.ts';
import { worstCaseLines } from '../worst-case-lines.ts';

export interface ExplainOptions {
  readonly registry: string;
  readonly json: boolean;
}

/** Shown in place of what only a deployment knows. */
const ANYWHERE = { partition: 'aws', region: '<region>', account: '<account>' } as const;

/** `workflow explain <name>`: what a workflow does, with what permissions, and why. */
export function explain(name: string, options: ExplainOptions, terminal: Terminal): ExitCode {
  const compiled = compileRegistry(options.registry, loadCatalog());
  const bytecode = compiled.bytecodes.find(({ workflow_id: id }) => id === name);
  if (bytecode === undefined) {
    reportDiagnostics(compiled.files, terminal);
    return noSuchWorkflow(name, compiled.bytecodes, terminal);
  }
  if (options.json) {
    const policy = toPolicy(bytecode, ANYWHERE);
    const worst_case = worstCase(bytecode);
    terminal.out(JSON.stringify({ bytecode, policy, definition: toAsl(bytecode), worst_case }, null, 2));
  } else {
    terminal.out(explanation(bytecode, terminal).join('\n'));
  }
  return EXIT.ok;
}

function explanation(bytecode: Bytecode, terminal: Terminal): readonly string[] {
  const { metadata, security, parameters, execution_plan: plan } = bytecode;
  const asked = approvalLines(plan);
  const title = (text: string): string => `\n${paint(terminal, 'bold', text)}`;
  return [
    `${paint(terminal, 'bold', `${metadata.name} ${metadata.version}`)}  (${metadata.tier}, by ${metadata.author})`,
    metadata.description,
    paint(terminal, 'dim', bytecode.checksum),
    title('Parameters'),
    ...(parameters.length === 0 ? ['  none'] : parameters.map(parameterLine)),
    title('Graph'),
    ...graph(plan),
    title('Calls'),
    ...plan.flatMap(callLines),
    ...(asked.length === 0
      ? []
      : [title('Approvals'), ...asked, `  The role may publish to ${APPROVAL_TOPIC} to ask.`]),
    title('Permissions'),
    ...plan
      .flatMap(callsOf)
      .flatMap((call) => call.permissions)
      .flatMap(permissionLines),
    title(`Risk ${security.risk_score}`),
    ...security.risk_reasons.map((reason) => `  ${reason}`),
    '',
    ...worstCaseLines(worstCase(bytecode)),
    metadata.summary,
  ];
}

function parameterLine(parameter: BytecodeParameter): string {
  const { name, type, required, description, patterns = [] } = parameter;
  const rules = patterns.map((pattern) => pattern.description);
  const needed = required ? 'required' : `optional, default ${JSON.stringify(parameter.default ?? null)}`;
  return `  ${name}: ${type}, ${[needed, ...rules, ...(description === undefined ? [] : [description])].join('; ')}`;
}

/** The steps as a picture: each under the ones it waits for. */
function graph(plan: readonly PlanEntry[]): readonly string[] {
  return [
    '  ● Validate input',
    ...plan.flatMap((entry) => ['  │', `  ● ${entry.step_id}  ${notes(entry).join('  ')}`]),
  ];
}

function notes(entry: PlanEntry): readonly string[] {
  const { call, type, depends_on: needs, when, for_each: list, undo } = entry;
  return [
    call === undefined
      ? type === 'approval'
        ? 'a person decides'
        : type
      : type === 'wait_for'
        ? 'waits'
        : call.effect,
    ...(needs.length === 0 ? [] : [`after ${needs.join(', ')}`]),
    ...(when === undefined ? [] : [`when ${when.source}`]),
    ...(list === undefined ? [] : [`for each of ${list.source}, ${list.max_concurrency} at once`]),
    ...(undo === undefined ? [] : [`undone by ${undo.service}:${undo.operation}`]),
    ...(entry.from === undefined ? [] : [`from ${originOf(entry)}`]),
  ];
}

function approvalLines(plan: readonly PlanEntry[]): readonly string[] {
  return plan
    .filter(({ type }) => type === 'approval')
    .map((entry) => `  ${entry.step_id}  within ${entry.timeout_seconds} seconds: ${questionOf(entry)}`);
}

function callLines({ step_id: id, call, resolution, undo }: PlanEntry): readonly string[] {
  if (call === undefined) return [];
  const how = resolution === undefined ? '' : `  (${howResolved(resolution)})`;
  const inverse = undo === undefined ? [] : [`    undo: ${undo.cli}`];
  return [`  ${id}  ${call.service}:${call.operation}${how}`, `    ${call.cli}`, ...inverse];
}

function permissionLines({ action, resources, reason }: Permission): readonly string[] {
  const unscoped = resources.includes('*') ? ['    (IAM has no resource type for this action)'] : [];
  return [`  ${action}: ${reason}`, ...resources.map((resource) => `    ${resource}`), ...unscoped];
}

function howResolved(resolution: HowResolved): string {
  if (resolution.how === 'pinned') return 'pinned by the author';
  const next = resolution.runner_up === null ? 'no other' : `next: ${resolution.runner_up}`;
  return `matched from the intent, score ${resolution.score.toFixed(2)}, margin ${resolution.margin.toFixed(2)}, ${next}`;
}
