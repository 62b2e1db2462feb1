import type { PlanEntry } from '../compiler/bytecode.ts';
import { resultVariable } from '../compiler/emit/result-variable.ts';

/** Names of the plan's own variables; no step has them. */
export interface PlanNames {
  /** What stops the run: `{step, error, cause, at, beside}`, or null. */
  readonly stopped: string;
  readonly item: string;
  readonly list: string;
  readonly shown: string;
  readonly told: string;
}

/** Names that no result of a step has. */
export function planNames(plan: readonly PlanEntry[]): PlanNames {
  const taken = new Set(plan.map(({ step_id: id }) => resultVariable(id)));
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  return { stopped: free('stopped'), item: free('item'), list: free('all'), shown: free('shown'), told: free('told') };
}

/** Binds the function that shows a value: a run would stop where an expression gives nothing. */
export function withShown(expression: string, { shown }: PlanNames): string {
  return `($${shown} := function($value) {$exists($value) ? $value : "<nothing>"}; ${expression})`;
}

/**
 * Binds the function that says what becomes of a step. What is behind the one that stops the run is not looked at: its
 * expressions may read what is not there.
 */
export function withTold(expression: string, { told, stopped }: PlanNames): string {
  const stop = `$${stopped}`;
  return [
    `($${told} := function($step, $at, $status) {$merge([$step, `,
    `${stop}.step = $step.step ? {"status": "stops", "message": ${stop}.cause} : `,
    `${stop}.at < $at ? ($step.step in ${stop}.beside ? {"status": "unknown", "reason": ${BESIDE}} : `,
    `{"status": "not_reached"}) : $status()])}; ${expression})`,
  ].join('');
}

const BESIDE = '"a step beside it stops the run"';
