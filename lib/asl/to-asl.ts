import type { Bytecode } from '../compiler/bytecode.ts';
import { addBlock, entriesOf } from './add-block.ts';
import { addUndo } from './add-undo.ts';
import { approvalRequest } from './approval-request.ts';
import { decideFirst } from './decide-first.ts';
import { fewerStates } from './fewer-states.ts';
import { toFlow } from './flow.ts';
import { reachedFrom } from './reached-from.ts';
import type { Exit, State } from './state-machine.ts';
import { objectExpression } from './to-payload.ts';
import { inputRules, PROBLEM_CAUSE } from './validate-input.ts';

/** An Amazon States Language document: https://states-language.net/spec.html */
export interface StateMachineDefinition {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, unknown>>;
}

/** The names of the states that no step stands behind. A step's id has no space, so they cannot collide. */
export const VALIDATE_INPUT = 'Validate input';
export const INVALID_INPUT = 'Invalid input';
/** The error of a run whose input breaks a rule on parameters. */
export const INVALID_PARAMETER_ERROR = 'Workflow.InvalidParameter';

export interface AslOptions {
  /** The page on which approvals are answered; people who are asked get it with the question. */
  readonly approvalUrl?: string;
}

/** The state machine of a workflow: its input is checked, then its steps run under their own names. */
export function toAsl(bytecode: Bytecode, partition = 'aws', options: AslOptions = {}): StateMachineDefinition {
  const { metadata, security } = bytecode;
  const { start, states } = toStates(bytecode, partition, options);
  const first = decideFirst(validateInput(bytecode, start), states);
  // The inverse of a last step never runs, and a state that nothing leads to is no part of a machine.
  const reached = reachedFrom(VALIDATE_INPUT, new Map([...Object.entries(states), [VALIDATE_INPUT, first]]));
  return {
    Comment: `${metadata.name} ${metadata.version} (${bytecode.checksum})`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: security.max_duration,
    StartAt: VALIDATE_INPUT,
    States: {
      [VALIDATE_INPUT]: first,
      [INVALID_INPUT]: { Type: 'Fail', Error: INVALID_PARAMETER_ERROR, Cause: PROBLEM_CAUSE },
      ...Object.fromEntries(Object.entries(states).filter(([name]) => reached.has(name))),
    },
  };
}

/** The states of the plan. A part that fails goes to the inverse of the last step before it that has one. */
function toStates(
  bytecode: Bytecode,
  partition: string,
  { approvalUrl }: AslOptions,
): { readonly start: string; readonly states: Readonly<Record<string, State>> } {
  const { execution_plan: plan, outputs } = bytecode;
  const approval = approvalRequest(bytecode, approvalUrl);
  const flow = toFlow(plan);
  const parts = flow.kind === 'sequence' ? flow.blocks : [flow];
  const undoStates = new Map<string, State>();
  const undoable = parts.flatMap(entriesOf).filter(({ undo }) => undo !== undefined);
  const undoFrom = addUndo(undoable, { states: undoStates, partition });
  const groups: Map<string, State>[] = [];
  const end: Exit = outputs === undefined ? { to: undefined } : { to: undefined, output: objectExpression(outputs) };
  let next: string | undefined;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index];
    if (part === undefined) continue;
    const before = parts
      .slice(0, index)
      .flatMap(entriesOf)
      .filter(({ undo }) => undo !== undefined);
    const from = undoFrom.get(before.at(-1)?.step_id ?? '');
    // What can be undone is a part of its own: flow.ts puts nothing beside it.
    const own = part.kind === 'step' ? undoFrom.get(part.entry.step_id) : undefined;
    const states = new Map<string, State>();
    next = addBlock(part, next === undefined ? end : { to: next }, {
      states,
      partition,
      approval,
      ...(from === undefined ? {} : { undoFrom: from }),
      ...(own === undefined ? {} : { ownUndo: own }),
    });
    groups.unshift(states);
  }
  if (next === undefined) throw new Error('A workflow without steps passed the compiler');
  const all = new Map([...groups.flatMap((states) => [...states]), ...undoStates]);
  const { start, states } = fewerStates({ start: next, states: all });
  return { start, states: Object.fromEntries(states) };
}

/** The first state: it refuses an input that breaks a rule, and gives the parameters their defaults. */
export function validateInput(
  { parameters, execution_plan: plan, outputs }: Bytecode,
  start: string,
): State & { readonly Assign: State } {
  const defaults = Object.fromEntries(
    parameters.flatMap((parameter) => (parameter.default === undefined ? [] : [[parameter.name, parameter.default]])),
  );
  const params =
    Object.keys(defaults).length === 0
      ? '{% $states.input %}'
      : `{% $merge([${JSON.stringify(defaults)}, $states.input]) %}`;
  return {
    Type: 'Choice',
    Comment: 'A run can be started from the console, so the rules on parameters are checked here too',
    Choices: inputRules(parameters).map((rule) => ({ ...rule, Next: INVALID_INPUT })),
    Default: start,
    Assign: { params, ...(usesTimestamp([plan, outputs]) ? { timestamp: TIMESTAMP } : {}) },
  };
}

/** `YYYYMMDD-HHMMSS` of the start, in UTC. */
const TIMESTAMP =
  '{% $fromMillis($toMillis($states.context.Execution.StartTime), "[Y0001][M01][D01]-[H01][m01][s01]") %}';

function usesTimestamp(content: unknown): boolean {
  return /\$timestamp\b/.test(JSON.stringify(content));
}
