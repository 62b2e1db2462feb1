import type { CatalogService, Operation } from '../../catalog/catalog.ts';
import type { Fault, ServiceBehaviour } from './behaviour.ts';

/** Something that goes wrong on demand. */
export interface FaultRule {
  /** `rds:CreateDBSnapshot`; any where absent. */
  readonly operation?: string;
  /** Name of the state that makes the call; any where absent. */
  readonly step?: string;
  /** How many calls it strikes; one where absent. */
  readonly times?: number;
  /** How many calls that it could strike are spared first. */
  readonly after?: number;
  /** `stale`: it is answered as if nothing had changed, and what is new were not ready: an eventually consistent read. */
  readonly fault: 'throttling' | 'server-error' | 'timeout' | 'access-denied' | 'slow' | 'stale';
  /** How long the answer takes; 30 for `timeout` and `slow`, else 0. */
  readonly seconds?: number;
  /** True where the call has its effect, and only the answer is lost. */
  readonly done?: boolean;
  /** Instead of the service's own error: a name as Step Functions spells it, and a message. */
  readonly error?: { readonly name: string; readonly message: string };
}

export interface FaultedCall {
  readonly operation: string;
  readonly step: string | undefined;
}

export interface FaultRules {
  add(rule: FaultRule): void;
  /** The rule that strikes this call, if any. Each call counts for every rule that it fits, and the first one that is due strikes. */
  take(call: FaultedCall): FaultRule | undefined;
}

/** Throws `RangeError` for a count that makes no sense. */
export function createFaultRules(rules: readonly FaultRule[]): FaultRules {
  const counted: { readonly rule: FaultRule; seen: number; struck: number }[] = [];
  const add = (rule: FaultRule): void => {
    for (const [name, value] of Object.entries({ times: rule.times, after: rule.after, seconds: rule.seconds })) {
      if (value !== undefined && !(value >= 0)) throw new RangeError(`${name} of a fault cannot be ${value}`);
    }
    counted.push({ rule, seen: 0, struck: 0 });
  };
  for (const rule of rules) add(rule);
  return {
    add,
    take(call) {
      const fitting = counted.filter(({ rule }) => fits(rule, call));
      for (const each of fitting) each.seen += 1;
      const due = fitting.find(({ rule, seen, struck }) => seen > (rule.after ?? 0) && struck < (rule.times ?? 1));
      if (due !== undefined) due.struck += 1;
      return due?.rule;
    },
  };
}

function fits(rule: FaultRule, { operation, step }: FaultedCall): boolean {
  const isOperation = rule.operation === undefined || rule.operation.toLowerCase() === operation.toLowerCase();
  return isOperation && (rule.step === undefined || rule.step === step);
}

const DEFAULT_SECONDS: Readonly<Record<FaultRule['fault'], number>> = {
  throttling: 0,
  'server-error': 0,
  timeout: 30,
  'access-denied': 0,
  slow: 30,
  stale: 0,
};

/** How long the answer takes. */
export function secondsOf(rule: FaultRule): number {
  return rule.seconds ?? DEFAULT_SECONDS[rule.fault];
}

/** The service's own error when it asks to slow down. */
export function throttled(service: CatalogService, { codes = {} }: ServiceBehaviour): Fault {
  const status = codes.throttledStatus ?? 400;
  return { ...byCode(service, codes.throttled ?? 'ThrottlingException'), message: 'Rate exceeded', status };
}

/** The service's own error when something is wrong on its side: one that the operation models, else an unmodelled one. */
export function broken(service: CatalogService, operation: Operation, { codes = {} }: ServiceBehaviour): Fault {
  const message = 'We encountered an internal error. Please try again.';
  const modelled = operation.errors.find((name) => service.error(name)?.httpStatus === 500);
  if (modelled !== undefined) return { shape: modelled, message, status: 500 };
  return { code: codes.broken ?? 'InternalFailure', message, status: 500 };
}

/** An error by its code: modelled where the service's model has it. */
export function byCode(service: CatalogService, code: string): Omit<Fault, 'message'> {
  const modelled = service.error(code);
  return modelled === undefined ? { code } : { shape: modelled.name };
}
