import { createHash } from 'node:crypto';
import type { Bytecode } from '../compiler/bytecode.ts';
import { canonicalJson } from '../compiler/checksum.ts';
import { actionOf, changesSomething } from '../compiler/plan-calls.ts';
import type { PlannedStep, PlanOutput } from '../compiler/run-plan.ts';
import { type WorstCase, worstCase } from '../compiler/worst-case.ts';
import { escapeInvisible, shorten } from '../diagnostics/show-value.ts';
import type { WorkflowExecutor } from './execution.ts';
import type { ParameterValue } from './validate-parameters.ts';

type Values = Readonly<Record<string, ParameterValue>>;

/** What a run with these parameters would do, as far as it can be told now. */
export interface WorkflowPlan {
  /** The same for the same workflow, parameters and changes. It permits nothing: a run still has to be confirmed. */
  readonly planId: string;
  readonly stopped: PlanOutput['stopped'];
  readonly steps: readonly PlannedStep[];
  readonly worstCase: WorstCase;
}

export type Planning =
  | { readonly outcome: 'planned'; readonly plan: WorkflowPlan }
  /** The machine that makes the plan failed, so that nothing can be told. */
  | { readonly outcome: 'failed'; readonly error: string; readonly cause: string };

/** Makes a plan; the parameters have been checked. What the workflow would do is read, and nothing changes. */
export async function planWorkflow(
  bytecode: Bytecode,
  values: Values,
  executor: Pick<WorkflowExecutor, 'plan'>,
): Promise<Planning> {
  if (!changesSomething(bytecode)) return { outcome: 'planned', plan: toPlan(bytecode, values, readsOnly(bytecode)) };
  const run = await executor.plan(bytecode, values);
  if (run.outcome === 'failed') return { ...run, cause: causeOf(run.cause, bytecode) };
  return { outcome: 'planned', plan: toPlan(bytecode, values, checkedOutput(run.output, bytecode)) };
}

/** An expression that failed is quoted in whole, and its error can hold a value that it was worked out from. */
function causeOf(cause: string, { parameters }: Bytecode): string {
  const words = cause.replace(/The JSONata expression '[\s\S]*' specified for/, 'An expression for');
  const secret = words !== cause && parameters.some(({ sensitive }) => sensitive);
  return secret ? 'An expression could not be evaluated' : shorten(escapeInvisible(words), 400);
}

/** A workflow that only reads is its own plan. */
function readsOnly({ checksum, execution_plan: plan }: Bytecode): PlanOutput {
  const steps = plan.map(
    (entry): PlannedStep => ({
      step: entry.step_id,
      kind: entry.call === undefined ? KINDS[entry.type] : 'read',
      ...(entry.call === undefined ? {} : { call: actionOf(entry) }),
      status: 'unknown',
      reason: 'a workflow that changes nothing is not tried beforehand',
    }),
  );
  return { checksum, stopped: null, steps };
}

const KINDS = {
  aws_command: 'read',
  wait_for: 'wait',
  sleep: 'sleep',
  assert: 'assert',
  approval: 'approval',
} as const;

/** Throws where the machine was made from another bytecode than the one at hand. */
function checkedOutput(output: unknown, { checksum, execution_plan: plan }: Bytecode): PlanOutput {
  const given = output as Partial<PlanOutput> | null;
  if (given?.checksum !== checksum || given.steps?.length !== plan.length) {
    throw new Error(`The plan is of ${String(given?.checksum)}, and the workflow is ${checksum}`);
  }
  const { stopped } = given;
  // The machine keeps more there for itself.
  return {
    checksum,
    steps: given.steps,
    stopped: stopped ? { step: stopped.step, error: stopped.error, cause: stopped.cause } : null,
  };
}

function toPlan(bytecode: Bytecode, values: Values, { stopped, steps }: PlanOutput): WorkflowPlan {
  const counts = steps.flatMap(({ step, entries }) =>
    typeof entries?.count === 'number' ? [[step, entries.count] as const] : [],
  );
  const worst = worstCase(bytecode, new Map(counts));
  return { planId: planIdOf(bytecode, values, { stopped, steps }), stopped, steps, worstCase: worst };
}

/**
 * A digest of what the run would do. Left out are secrets, which a digest without a key would let others guess, and
 * the words of an error, in which AWS counts its requests.
 */
function planIdOf(
  { checksum, parameters }: Bytecode,
  values: Values,
  { stopped, steps }: Pick<PlanOutput, 'stopped' | 'steps'>,
): string {
  const secret = new Set(parameters.filter(({ sensitive }) => sensitive).map(({ name }) => name));
  const open = Object.fromEntries(Object.entries(values).filter(([name]) => !secret.has(name)));
  const resolved = steps.map(({ step, status, arguments: sent, entries }) => ({
    step,
    status,
    arguments: inAnyOrder(sent ?? null),
    entries: entries === undefined ? null : { count: entries.count, digest: entries.digest },
  }));
  const what = { checksum, parameters: open, steps: resolved, stopped: stopped && [stopped.step, stopped.error] };
  return `p1.${createHash('sha256').update(canonicalJson(what)).digest('base64url')}`;
}

/** AWS lists things in no order: the same things in another one are the same. */
function inAnyOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inAnyOrder).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, inner]) => [name, inAnyOrder(inner)] as const);
  return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)));
}
