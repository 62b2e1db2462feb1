import type { CatalogService } from '../../catalog/catalog.ts';
import { toStateMachineError, toStateMachineServiceError } from '../../catalog/step-functions-names.ts';
import type { RetrySource } from '../../language/source.ts';
import type { Retry } from '../bytecode.ts';

const DEFAULTS = { attempts: 3, intervalSeconds: 2, backoffRate: 2 } as const;

/** A step's retry with the names that Step Functions gives errors; defaults are those of the AWS documentation's examples. */
export function toRetry(retry: RetrySource, service: CatalogService | undefined): Retry {
  return {
    error_equals: [...new Set(retry.errors.flatMap((name) => errorNames(name, service)))],
    max_attempts: retry.max_attempts ?? DEFAULTS.attempts,
    interval_seconds: retry.interval ?? DEFAULTS.intervalSeconds,
    backoff_rate: retry.backoff_rate ?? DEFAULTS.backoffRate,
    ...(retry.max_interval === undefined ? {} : { max_interval_seconds: retry.max_interval }),
    jitter: retry.jitter ?? true,
  };
}

/**
 * Throttling is rarely modelled: unmodelled errors of a service have the name of the service.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
function errorNames(name: string, service: CatalogService | undefined): readonly string[] {
  if (name === 'any') return ['States.ALL'];
  if (name === 'timeout') return ['States.Timeout'];
  if (service === undefined || name.includes('.')) return [name];
  if (name === 'throttling') {
    const modelled = ['ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded'].flatMap(
      (code) => service.error(code)?.name ?? [],
    );
    return [
      ...modelled.map((shape) => toStateMachineError(service.serviceId, shape)),
      toStateMachineServiceError(service.serviceId),
    ];
  }
  return [toStateMachineError(service.serviceId, service.error(name)?.name ?? name)];
}
