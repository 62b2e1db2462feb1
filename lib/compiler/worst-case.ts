import type { Bytecode, PlanEntry, Retry } from './bytecode.ts';

export interface WorstCase {
  /** No run takes longer: `max_duration` stops it. */
  readonly seconds: number;
  /** True where pauses alone, those of undoing included, can take longer than that: a run is stopped half-way then. */
  readonly may_be_cut: boolean;
  /** State transitions, those of retries and of undoing included. */
  readonly transitions: number;
  /** What the transitions cost: an estimate, for us-east-1 and without the free tier. */
  readonly usd: number;
  /** What each entry of a list adds, where it is not known how many there are; not in the figures above. */
  readonly per_entry: readonly { readonly step: string; readonly seconds: number; readonly transitions: number }[];
}

/** Of Standard workflows in us-east-1: https://aws.amazon.com/step-functions/pricing/ */
const USD_PER_TRANSITION = 0.025 / 1_000;

/** How long one call is taken to last at most where its step has no timeout. A guess: AWS gives no figure. */
const CALL_SECONDS = 60;

/** As often and as late as an inverse is tried; see lib/asl/add-undo.ts. */
const UNDO_RETRY = { max_attempts: 10, interval_seconds: 5, backoff_rate: 2, max_interval_seconds: 60 };

/**
 * The most that a run can take and cost. Counted as if every step ran, one after the other and with all of its
 * attempts, and all were undone after that; no run does all of it.
 * @param counts how many entries the lists of steps have, where that is known
 */
export function worstCase(
  { execution_plan: plan, security }: Bytecode,
  counts: ReadonlyMap<string, number> = new Map(),
): WorstCase {
  const steps = plan.map((entry) => costOfStep(entry, counts.get(entry.step_id)));
  // The check of the input, and the state that ends the run; a Parallel for steps that nothing orders.
  const own = states(2 + (isChain(plan) ? 0 : plan.length - 1));
  const { transitions, seconds, pauses } = [own, ...steps].reduce(add);
  return {
    seconds: Math.min(Math.ceil(seconds), security.max_duration),
    may_be_cut: pauses > security.max_duration,
    transitions,
    usd: Math.round(transitions * USD_PER_TRANSITION * 1e6) / 1e6,
    per_entry: plan.flatMap((entry) => {
      if (entry.for_each === undefined || counts.has(entry.step_id)) return [];
      const each = costOfEntries(entry, 1);
      const { transitions: more } = each;
      return [{ step: entry.step_id, seconds: Math.min(each.seconds, security.max_duration), transitions: more }];
    }),
  };
}

interface Cost {
  readonly transitions: number;
  readonly seconds: number;
  /** What of the seconds no call takes. */
  readonly pauses: number;
}

const states = (transitions: number): Cost => ({ transitions, seconds: 0, pauses: 0 });

const add = (one: Cost, other: Cost): Cost => ({
  transitions: one.transitions + other.transitions,
  seconds: one.seconds + other.seconds,
  pauses: one.pauses + other.pauses,
});

function costOfStep(entry: PlanEntry, count = 0): Cost {
  const choice = states(entry.when === undefined ? 0 : 1);
  if (entry.for_each === undefined) return [choice, costOnce(entry), costOfUndo(entry)].reduce(add);
  // The Map and the Choice behind it; to undo it, a Choice and a Map.
  const maps = states(entry.undo === undefined ? 1 : 4);
  return [choice, maps, costOfEntries(entry, count)].reduce(add);
}

function costOfEntries(entry: PlanEntry, count: number): Cost {
  const [once, undo] = [costOnce(entry), costOfUndo(entry)];
  const rounds = Math.ceil(count / (entry.for_each?.max_concurrency ?? 1));
  // Each iteration may have a state of its own that ends it; they are undone one at a time.
  return {
    transitions: count * (once.transitions + 1 + undo.transitions),
    seconds: Math.ceil(rounds * once.seconds + count * undo.seconds),
    pauses: rounds * once.pauses + count * undo.pauses,
  };
}

/** What a step comes to once, undoing aside. */
function costOnce(entry: PlanEntry): Cost {
  switch (entry.type) {
    case 'aws_command':
      return attempts(entry.retry, entry.timeout_seconds);
    case 'wait_for': {
      const { max_attempts: looks = 1, interval_seconds: interval = 0 } = entry.wait ?? {};
      const look = attempts(entry.retry, entry.timeout_seconds);
      // Each look is decided on, all but the last are waited after, and a last state may fail.
      return {
        transitions: looks * look.transitions + looks + (looks - 1) + 1,
        seconds: looks * look.seconds + (looks - 1) * interval,
        pauses: looks * look.pauses + (looks - 1) * interval,
      };
    }
    case 'sleep':
      return { transitions: 1, seconds: secondsOf(entry), pauses: secondsOf(entry) };
    case 'assert':
      return states(2);
    case 'approval':
      return { transitions: 2, seconds: entry.timeout_seconds ?? 0, pauses: entry.timeout_seconds ?? 0 };
  }
}

/** A pause that only a run knows may take as long as the run. */
function secondsOf({ seconds }: PlanEntry): number {
  return seconds?.kind === 'literal' && typeof seconds.value === 'number' ? seconds.value : Number.POSITIVE_INFINITY;
}

/** Its inverse, and where it runs on a condition the Choice before it. */
function costOfUndo({ undo }: PlanEntry): Cost {
  if (undo === undefined) return states(0);
  return add(states(1), attempts(UNDO_RETRY, undefined));
}

function attempts(retry: Omit<Retry, 'error_equals' | 'jitter'> | undefined, timeoutSeconds = CALL_SECONDS): Cost {
  const { max_attempts: again = 0, interval_seconds: interval = 0, backoff_rate: rate = 1 } = retry ?? {};
  const longest = retry?.max_interval_seconds ?? Number.POSITIVE_INFINITY;
  const delays = Array.from({ length: again }, (_, made) => Math.min(interval * rate ** made, longest));
  const pauses = delays.reduce((sum, one) => sum + one, 0);
  return { transitions: 1 + again, seconds: (1 + again) * timeoutSeconds + pauses, pauses };
}

/** Whether each step waits for all before it. */
function isChain(plan: readonly PlanEntry[]): boolean {
  const before = new Map<string, ReadonlySet<string>>();
  for (const { step_id: id, depends_on: needs } of plan) {
    before.set(id, new Set(needs.flatMap((need) => [need, ...(before.get(need) ?? [])])));
  }
  return plan.every(({ step_id: id }, index) => before.get(id)?.size === index);
}
