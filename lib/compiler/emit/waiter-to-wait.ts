import type { CatalogService, Waiter, WaiterAcceptor } from '../../catalog/catalog.ts';
import {
  toStateMachineError,
  toStateMachineMember,
  toStateMachineServiceError,
} from '../../catalog/step-functions-names.ts';
import type { Wait } from '../bytecode.ts';

/**
 * An SDK waiter as expressions over the result of its poll, and the errors that are an answer. Waiters match with
 * JMESPath: https://smithy.io/2.0/additional-specs/waiters.html
 */
export function waiterToWait(
  waiter: Waiter,
  service: CatalogService,
  bounds: { readonly interval?: number; readonly maxAttempts?: number },
): Wait {
  const matching = (state: WaiterAcceptor['state']): readonly string[] =>
    waiter.acceptors.filter((one) => one.state === state).flatMap((one) => overResult(one) ?? []);
  const done = matching('success');
  const failed = matching('failure');
  return {
    interval_seconds: bounds.interval ?? waiter.delaySeconds,
    max_attempts: bounds.maxAttempts ?? waiter.maxAttempts,
    done: done.length === 0 ? 'false' : done.join(' or '),
    ...(failed.length === 0 ? {} : { failed: failed.join(' or ') }),
    errors: waiter.acceptors.flatMap((one) => overError(one, service) ?? []),
  };
}

function overResult({ matcher, argument = '', expected }: WaiterAcceptor): string | undefined {
  const value = `$states.result.(${fromJmesPath(argument)})`;
  switch (matcher) {
    case 'path':
      return `(${value} = ${JSON.stringify(expected)})`;
    case 'pathAny':
      return `(${JSON.stringify(expected)} in ${value})`;
    case 'pathAll':
      return `($count(${value}) > 0 and $count(${value}[$ != ${JSON.stringify(expected)}]) = 0)`;
    case 'status':
      return Number(expected) < 300 ? 'true' : undefined;
    case 'error':
      return undefined;
  }
}

const MEANS = { success: 'done', failure: 'failed', retry: 'again' } as const;

function overError(
  { matcher, state, expected }: WaiterAcceptor,
  service: CatalogService,
): Wait['errors'][number] | undefined {
  const means = MEANS[state];
  if (matcher === 'status') {
    // Calls whose answer is a bare status have no modelled error.
    return Number(expected) < 300 ? undefined : { error_equals: toStateMachineServiceError(service.serviceId), means };
  }
  if (matcher !== 'error') return undefined;
  const shape = service.error(String(expected))?.name ?? String(expected);
  return { error_equals: toStateMachineError(service.serviceId, shape), means };
}

/** The part of JMESPath that AWS's waiters use, as JSONata, with the member names of Step Functions' results. */
function fromJmesPath(path: string): string {
  return path
    .replaceAll('[]', '')
    .replace(/\[\?!\(/g, '[$not(')
    .replace(/\[\?/g, '[')
    .replaceAll('==', '=')
    .replaceAll('&&', 'and')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\$?[A-Za-z_]\w*/g, (word) => {
      if (word === 'length') return '$count';
      return word.startsWith('$') || ['and', 'or', 'true', 'false'].includes(word) ? word : toStateMachineMember(word);
    });
}
