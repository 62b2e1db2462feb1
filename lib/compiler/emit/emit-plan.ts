import { toStateMachineAction, toStateMachineService } from '../../catalog/step-functions-names.ts';
import type { AnalysedStep, Analysis, ResolvedCall } from '../analyse/analysis.ts';
import { dependenciesOf, orderSteps } from '../analyse/order-steps.ts';
import { typeScope } from '../analyse/type-scope.ts';
import { referencesIn, type Value } from '../analyse/value.ts';
import { APPROVAL_TIMEOUT_SECONDS } from '../approval-topic.ts';
import type { Argument, AwsCall, Effect, Expression, PlanEntry } from '../bytecode.ts';
import { worstEffect } from '../plan-calls.ts';
import { effectOf } from '../risk.ts';
import { resultVariable } from './result-variable.ts';
import { asWritten, forStateMachine, toArgument, toFreeArgument } from './to-argument.ts';
import { toAssertion } from './to-assertion.ts';
import { toCli } from './to-cli.ts';
import type { EmitScope } from './to-jsonata.ts';
import { toRetry } from './to-retry.ts';
import { undoReads } from './undo-reads.ts';
import { waiterToWait } from './waiter-to-wait.ts';

/** The entries of the plan, in the order they run where nothing runs side by side. */
export function emitPlan(analysis: Analysis): readonly PlanEntry[] {
  const steps = orderSteps(analysis.steps);
  const read = stepsRead(analysis);
  return steps.map((step, index) => emitEntry(step, steps[index + 1]?.id ?? null, read.has(step.id), analysis));
}

/** Steps whose results are read: by other steps, by what the run returns, or by their own inverse. */
function stepsRead({ steps, outputs }: Analysis): ReadonlySet<string> {
  const references = [...steps.flatMap(({ values }) => values), ...outputs.values()].flatMap(referencesIn);
  const named = references.flatMap(({ node }) => {
    const [field] = node.path;
    return node.root === 'steps' && field?.kind === 'field' ? [field.name] : [];
  });
  // Of a list each entry keeps what its inverse reads. A step that may be passed over tells by its result whether it was.
  const undone = steps.flatMap(({ undoOf, values, source }) => {
    const reads = values.flatMap(referencesIn).some(({ node }) => node.root === 'result');
    const tells = source.for_each === undefined && (reads || source.on_error === 'continue');
    return undoOf !== undefined && tells ? [undoOf] : [];
  });
  return new Set([...named, ...undone]);
}

function emitEntry(step: AnalysedStep, next: string | null, resultUsed: boolean, analysis: Analysis): PlanEntry {
  const { source, call, callSource } = step;
  const scope = stepScope(step, analysis);
  const inverse = analysis.steps.find(({ undoOf }) => undoOf === step.id);
  return {
    step_id: step.id,
    ...(step.from === undefined ? {} : { from: step.from }),
    type: entryType(source.type),
    intent: callSource?.intent ?? null,
    context: callSource?.context ?? {},
    depends_on: dependenciesOf(step),
    next_step: next,
    ...(call === undefined ? {} : { call: emitCall(step, call, scope, analysis), resolution: call.resolution }),
    result_used: resultUsed,
    ...options(step, scope, inverse && undoReads(inverse, undoScope(inverse, analysis))),
    ...(inverse?.call === undefined
      ? {}
      : { undo: emitCall(inverse, inverse.call, undoScope(inverse, analysis), analysis) }),
    ...(source.type === 'wait_for' ? { wait: emitWait(step, scope) } : {}),
    ...particulars(step, scope),
  };
}

function entryType(type: AnalysedStep['source']['type']): PlanEntry['type'] {
  if (type === 'command') return 'aws_command';
  if (type === 'workflow') throw new Error(`A step of type ${type} passed the analysis`);
  return type;
}

/** What any step can say. */
function options(
  { source, fields, call }: AnalysedStep,
  scope: EmitScope,
  undo: string | undefined,
): Partial<PlanEntry> {
  const when = fields.get('when');
  const list = fields.get('for_each');
  const kept = [...fields].filter(([field]) => field.startsWith('output.'));
  return {
    ...(when === undefined ? {} : { when: toExpression(when, scope) }),
    ...(list === undefined
      ? {}
      : {
          for_each: {
            ...toExpression(list, scope),
            max_concurrency: source.max_concurrency ?? 1,
            ...(undo === undefined ? {} : { undo_reads: undo }),
          },
        }),
    ...(source.retry === undefined ? {} : { retry: toRetry(source.retry, call?.service) }),
    ...(source.timeout === undefined ? {} : { timeout_seconds: source.timeout }),
    ...(source.on_error === undefined || source.on_error === 'rollback' ? {} : { on_error: source.on_error }),
    ...(kept.length === 0
      ? {}
      : {
          output: Object.fromEntries(
            kept.map(([field, value]) => [field.slice('output.'.length), toFreeArgument(value, scope)]),
          ),
        }),
  };
}

function particulars({ source, fields, holds, from }: AnalysedStep, scope: EmitScope): Partial<PlanEntry> {
  const argument = (field: string): Argument => {
    const value = fields.get(field);
    if (value === undefined) throw new Error(`A ${source.type} without ${field} passed the analysis`);
    return toFreeArgument(value, scope);
  };
  if (source.type === 'sleep') return { seconds: argument('seconds') };
  if (source.type === 'approval') {
    return { timeout_seconds: source.timeout ?? APPROVAL_TIMEOUT_SECONDS, message: argument('message') };
  }
  if (source.type !== 'assert') return {};
  const that = fields.get('that');
  if (that === undefined) throw new Error('An assert without that passed the analysis');
  if (holds !== undefined && from !== undefined) return toAssertion(toExpression(that, scope), holds, from);
  return { that: toExpression(that, scope), message: argument('message') };
}

function emitWait({ source, waiter, call, fields }: AnalysedStep, scope: EmitScope): NonNullable<PlanEntry['wait']> {
  if (source.type !== 'wait_for' || call === undefined) throw new Error('A wait without a call passed the analysis');
  const { interval, max_attempts: maxAttempts } = source;
  if (waiter !== undefined) {
    const bounds = {
      ...(interval === undefined ? {} : { interval }),
      ...(maxAttempts === undefined ? {} : { maxAttempts }),
    };
    return waiterToWait(waiter, call.service, bounds);
  }
  const until = fields.get('until');
  const failWhen = fields.get('fail_when');
  if (until === undefined) throw new Error('A wait without until passed the analysis');
  return {
    interval_seconds: interval ?? 15,
    max_attempts: maxAttempts ?? 40,
    done: toExpression(until, scope).jsonata,
    ...(failWhen === undefined ? {} : { failed: toExpression(failWhen, scope).jsonata }),
    errors: [],
  };
}

function emitCall(step: AnalysedStep, call: ResolvedCall, scope: EmitScope, analysis: Analysis): AwsCall {
  const { service, operation } = call;
  const args = emitArguments(call, scope, asWritten);
  return {
    service: service.name,
    operation: operation.name,
    state_machine_service: toStateMachineService(service.serviceId),
    state_machine_action: toStateMachineAction(operation.name),
    arguments: args,
    state_machine_arguments: emitArguments(call, scope, forStateMachine),
    permissions: step.permissions,
    effect: worstEffect(step.permissions.map(({ action }) => effectOfName(action, analysis))),
    cli: toCli(service.cliName, operation.name, args),
  };
}

/** In the order of the API model, whatever order the author wrote them in. */
function emitArguments(
  { service, operation, members }: ResolvedCall,
  scope: EmitScope,
  spell: (name: string) => string,
): Readonly<Record<string, Argument>> {
  const entries = operation.input.members.flatMap((member) => {
    const value = members.get(member.name);
    if (value === undefined) return [];
    return [[spell(member.name), toArgument(value, member.shape, service, scope, spell)] as const];
  });
  return Object.fromEntries(entries);
}

/** Inside its own state, a step's result is `$states.result`; the element it is at comes as the state's input. */
function stepScope(step: AnalysedStep, analysis: Analysis): EmitScope {
  return { ...typeScope(analysis, step), resultName: '$states.result', itemName: '$states.input.item' };
}

/** An inverse runs in a state of its own, so it reads what the step left. */
function undoScope(inverse: AnalysedStep, analysis: Analysis): EmitScope {
  const scope = stepScope(inverse, analysis);
  // Of a list, it is called with what undoReads has kept of the entry.
  if (inverse.source.for_each !== undefined) return { ...scope, resultName: '$states.input.result' };
  return { ...scope, resultName: `$${resultVariable(inverse.undoOf ?? '')}` };
}

function toExpression(value: Value, scope: EmitScope): Expression {
  const argument = toFreeArgument(value, scope);
  if (argument.kind === 'expression') return { source: argument.source, jsonata: argument.jsonata };
  if (argument.kind === 'literal') return { source: String(argument.value), jsonata: JSON.stringify(argument.value) };
  throw new Error('A structure stands where an expression has to');
}

function effectOfName(name: string, { catalog }: Analysis): Effect {
  const action = catalog.iamAction(name);
  if (action === undefined) throw new Error(`No IAM action ${name}`);
  return effectOf(action);
}
