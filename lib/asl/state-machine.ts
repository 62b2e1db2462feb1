import type { AwsCall, PlanEntry } from '../compiler/bytecode.ts';
import { doneVariable, resultVariable } from '../compiler/emit/result-variable.ts';
import { actionOf } from '../compiler/plan-calls.ts';
import type { ApprovalRequest } from './approval-request.ts';
import { evaluated, objectExpression, toPayload } from './to-payload.ts';

export type State = Readonly<Record<string, unknown>>;

/** Where a state goes when it is done: to another, or out, with what the machine or branch gives. */
export type Exit =
  | { readonly to: string }
  | {
      readonly to: undefined;
      /** An expression; `own` binds the result of the step that ends here to its variable. */
      readonly output?: string;
    };

/** A set of states that is being made; names are unique in the whole machine. */
export interface Building {
  readonly states: Map<string, State>;
  readonly partition: string;
  /** Where a failure goes that has something to undo. */
  readonly undoFrom?: string;
  /** Where the inverse of the step itself begins: of a list, some entries may be done where others failed. */
  readonly ownUndo?: string;
  /** Inside a Map: what each run of the step gives is its result. */
  readonly inItem?: true;
  /** What people are told who are asked for approval; absent where nobody can be asked. */
  readonly approval?: ApprovalRequest;
}

/** The fields of a Task that makes a call. */
export function callFields(
  { state_machine_service, state_machine_action, state_machine_arguments }: AwsCall,
  partition: string,
): State {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:${state_machine_service}:${state_machine_action}`,
    Arguments: toPayload({ kind: 'structure', members: state_machine_arguments }),
  };
}

/** What a person reads in the console: the author's words where there are some, else the call. */
export function commentOf(entry: PlanEntry): string {
  return entry.intent ?? actionOf(entry);
}

/** The expression for what a step keeps of `$states.result`. */
export function keptExpression({ output }: PlanEntry): string {
  return output === undefined ? '$states.result' : objectExpression(output);
}

/** Keeps the result under the step's name, where something reads it. */
export function assignResult(entry: PlanEntry): State {
  if (!entry.result_used) return {};
  return { Assign: { [resultVariable(entry.step_id)]: evaluated(keptExpression(entry)) } };
}

/** The fields that lead on from a state with a result of its own. */
export function leave(entry: PlanEntry, exit: Exit, building: Building): State {
  if (exit.to !== undefined) return { Next: exit.to };
  if (building.inItem)
    return { ...(entry.output === undefined ? {} : { Output: evaluated(keptExpression(entry)) }), End: true };
  if (exit.output === undefined) return { End: true };
  // What a state assigns is not seen by its own output, so the result is bound there once more.
  const own = `$${resultVariable(entry.step_id)} := ${keptExpression(entry)}`;
  return { Output: evaluated(`(${own}; ${exit.output})`), End: true };
}

/** The name of a state to go to: some states cannot end a machine themselves. */
export function target(entry: PlanEntry, exit: Exit, building: Building): string {
  if (exit.to !== undefined) return exit.to;
  const name = `${entry.step_id} done`;
  if (!building.states.has(name)) {
    building.states.set(name, {
      Type: 'Succeed',
      ...(exit.output === undefined ? {} : { Output: evaluated(exit.output) }),
    });
  }
  return name;
}

/**
 * The variables of a step that was passed over. Step Functions fails a state whose expression gives nothing, and what
 * it makes of a variable that was never assigned is not documented; so each is assigned on every way.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function withoutResult({ step_id: id, result_used: used, for_each: list }: PlanEntry): State {
  const variables = {
    ...(used ? { [resultVariable(id)]: null } : {}),
    ...(list?.undo_reads === undefined ? {} : { [doneVariable(id)]: [] }),
  };
  return Object.keys(variables).length === 0 ? {} : { Assign: variables };
}

/** What happens when a step fails: it is passed over, the run is undone, or it just ends. */
export function rescue(entry: PlanEntry, exit: Exit, building: Building): State {
  // One entry that fails ends the Map, and what surrounds that is the step's.
  if (building.inItem) return {};
  if (entry.on_error === 'continue') {
    return { Catch: [{ ErrorEquals: ['States.ALL'], ...withoutResult(entry), Next: target(entry, exit, building) }] };
  }
  if (entry.on_error === 'fail' || building.undoFrom === undefined) return {};
  return {
    Catch: [{ ErrorEquals: ['States.ALL'], Assign: beginUndo('{% $states.errorOutput %}'), Next: building.undoFrom }],
  };
}

/** The variables of a run that is being undone. */
export function beginUndo(failure: unknown): State {
  return { failure, undone: [], not_undone: [] };
}

/** Attempts after a failure, as the step asks for them. */
export function retryFields({ retry, timeout_seconds }: PlanEntry): State {
  return {
    ...(timeout_seconds === undefined ? {} : { TimeoutSeconds: timeout_seconds }),
    ...(retry === undefined
      ? {}
      : {
          Retry: [
            {
              ErrorEquals: retry.error_equals,
              IntervalSeconds: retry.interval_seconds,
              MaxAttempts: retry.max_attempts,
              BackoffRate: retry.backoff_rate,
              ...(retry.max_interval_seconds === undefined ? {} : { MaxDelaySeconds: retry.max_interval_seconds }),
              JitterStrategy: retry.jitter ? 'FULL' : 'NONE',
            },
          ],
        }),
  };
}
