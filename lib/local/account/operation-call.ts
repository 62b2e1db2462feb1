import type { Operation } from '../../catalog/catalog.ts';
import type { Attributes, Fault, OperationBehaviour, ResourceBehaviour, ServiceBehaviour } from './behaviour.ts';
import type { Resource, World } from './world.ts';

/** Everything one call works with; members are in AWS's names. */
export interface OperationCall {
  readonly behaviour: ServiceBehaviour;
  readonly operation: Operation;
  readonly input: Attributes;
  readonly world: World;
  /** ISO 8601. */
  readonly now: string;
  readonly arnOf: (iamType: string, id: string) => string;
  /** Another operation of the service, by its name. */
  readonly operationNamed: (name: string) => Operation;
}

/** A service refused the call; carries its error. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  readonly fault: Fault;

  constructor(fault: Fault, id = '') {
    const message = fault.message.replaceAll('{id}', id);
    super(message);
    this.fault = { ...fault, message };
  }
}

/** The behaviour of one kind of operation. */
export type Behaviour<K extends OperationBehaviour['does']> = Extract<OperationBehaviour, { does: K }>;

/** The resource of that identifier; throws the service's error where there is none. */
export function existing({ world, behaviour }: OperationCall, kind: string, id: string): Resource {
  const resource = world.find(behaviour.service, kind, id);
  if (resource === undefined) throw new ServiceFault(resourceOf(behaviour, kind).missing, id);
  return resource;
}

export function resourceOf(behaviour: ServiceBehaviour, kind: string): ResourceBehaviour {
  const resource = behaviour.resources[kind];
  if (resource === undefined) throw new Error(`${behaviour.service} has no kind of resource ${kind}`);
  return resource;
}
