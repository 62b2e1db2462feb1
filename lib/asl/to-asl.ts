import type { Argument, Bytecode, PlanEntry } from '../compiler/bytecode.ts';
import { resultVariable } from '../compiler/emit/result-variable.ts';
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

/** The state machine of a workflow: its input is checked, then its steps run under their own names. */
export function toAsl(bytecode: Bytecode, partition = 'aws'): StateMachineDefinition {
  const { metadata, execution_plan: plan, security } = bytecode;
  return {
    Comment: `${metadata.name} ${metadata.version} (${bytecode.checksum})`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: security.max_duration,
    StartAt: VALIDATE_INPUT,
    States: {
      [VALIDATE_INPUT]: validateInput(bytecode),
      [INVALID_INPUT]: { Type: 'Fail', Error: INVALID_PARAMETER_ERROR, Cause: PROBLEM_CAUSE },
      ...Object.fromEntries(plan.map((entry) => [entry.step_id, task(entry, partition)])),
    },
  };
}

function validateInput({ parameters, execution_plan: plan }: Bytecode): unknown {
  const [first] = plan;
  if (first === undefined) throw new Error('A workflow without steps passed the compiler');
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
    Default: first.step_id,
    Assign: { params, ...(usesTimestamp(plan) ? { timestamp: TIMESTAMP } : {}) },
  };
}

/** `YYYYMMDD-HHMMSS` of the start, in UTC. */
const TIMESTAMP =
  '{% $fromMillis($toMillis($states.context.Execution.StartTime), "[Y0001][M01][D01]-[H01][m01][s01]") %}';

function usesTimestamp(plan: readonly PlanEntry[]): boolean {
  return plan.some(({ call }) => Object.values(call.arguments).some(mentionsTimestamp));
}

function mentionsTimestamp(argument: Argument): boolean {
  if (argument.kind === 'expression') return /\$timestamp\b/.test(argument.jsonata);
  if (argument.kind === 'list') return argument.items.some(mentionsTimestamp);
  return argument.kind === 'structure' && Object.values(argument.members).some(mentionsTimestamp);
}

function task(entry: PlanEntry, partition: string): unknown {
  const { call, next_step: next, step_id: id } = entry;
  return {
    Type: 'Task',
    Comment: entry.intent ?? `${call.service}:${call.operation}`,
    Resource: `arn:${partition}:states:::aws-sdk:${call.state_machine_service}:${call.state_machine_action}`,
    Arguments: toPayload({ kind: 'structure', members: call.state_machine_arguments }),
    ...(entry.result_used ? { Assign: { [resultVariable(id)]: '{% $states.result %}' } } : {}),
    ...(next === null ? { End: true } : { Next: next }),
  };
}

function toPayload(argument: Argument): unknown {
  switch (argument.kind) {
    case 'literal':
      return literal(argument.value);
    case 'expression':
      return `{% ${argument.jsonata} %}`;
    case 'list':
      return argument.items.map(toPayload);
    case 'structure':
      return Object.fromEntries(Object.entries(argument.members).map(([name, member]) => [name, toPayload(member)]));
  }
}

/** Text between `{%` and `%}` would be evaluated, so such a literal is written as an expression that gives it. */
function literal(value: string | number | boolean | null): unknown {
  if (typeof value !== 'string' || !value.startsWith('{%')) return value;
  return `{% ${JSON.stringify(value).replaceAll('%}', '%\\u007d')} %}`;
}
