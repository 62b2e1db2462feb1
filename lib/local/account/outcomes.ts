import type { CatalogService } from '../../catalog/catalog.ts';
import { toStateMachineError, toStateMachineServiceError } from '../../catalog/step-functions-names.ts';
import type { TaskAnswer } from '../asl/branch.ts';
import type { Caller, Denial } from './authorize.ts';
import type { Fault, ServiceBehaviour } from './behaviour.ts';
import { byCode } from './faults.ts';

/**
 * An error as it comes out of a task: the SDK's name for it, and its message with where it came from.
 * @param random from 0 up to, not including, 1; for the request id
 */
export function failed(service: CatalogService, fault: Fault, random: () => number): TaskAnswer {
  const { shape, code, message } = fault;
  const error =
    shape === undefined ? toStateMachineServiceError(service.serviceId) : toStateMachineError(service.serviceId, shape);
  const status = fault.status ?? service.error(shape ?? '')?.httpStatus ?? 400;
  // The service's own code tells apart what Step Functions gives one name for.
  const coded = code === undefined ? '' : `, Error Code: ${code}`;
  const source = `Service: ${prefixOf(service)}, Status Code: ${status}${coded}, Request ID: ${requestId(random)}`;
  return { kind: 'failed', error, cause: `${message} (${source})` };
}

/** The connection broke or the answer did not come: the SDK's own error, of which nobody knows whether the call was done. */
export function lostConnection(service: CatalogService): TaskAnswer {
  const error = `${prefixOf(service)}.SdkClientException`;
  return { kind: 'failed', error, cause: 'Unable to execute HTTP request: Read timed out' };
}

/** An error by the name that a state machine catches. */
export function named({ name, message }: { readonly name: string; readonly message: string }): TaskAnswer {
  return { kind: 'failed', error: name, cause: message };
}

/** What the service says to a caller whose policy does not allow it. */
export function accessDenied(
  service: CatalogService,
  { codes = {} }: ServiceBehaviour,
  { arn }: Caller,
  { action, resource, explicit }: Denial,
): Fault {
  const why = explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  const message = `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
  return { ...byCode(service, codes.denied ?? 'AccessDenied'), message, status: 403 };
}

/** Ends the run, past every Catch: a result that is made up would be worse than none. */
export function notSimulated(what: string): TaskAnswer {
  const cause = `The simulated account has no behaviour for ${what}, and does not make one up. The call was well formed and allowed; run the workflow in an AWS account to make it.`;
  return { kind: 'failed', error: 'States.Runtime', cause };
}

const prefixOf = (service: CatalogService): string =>
  toStateMachineServiceError(service.serviceId).split('.')[0] ?? service.serviceId;

function requestId(random: () => number): string {
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return [8, 4, 4, 4, 12].map(hex).join('-');
}
