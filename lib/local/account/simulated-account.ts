import type { Catalog, CatalogService, Operation } from '../../catalog/catalog.ts';
import {
  toStateMachineAction,
  toStateMachineError,
  toStateMachineService,
  toStateMachineServiceError,
} from '../../catalog/step-functions-names.ts';
import type { TaskOutcome } from '../asl/branch.ts';
import type { Clock } from '../clock.ts';
import { authorize, type Caller, type Denial, fillArn, tagsFrom } from './authorize.ts';
import type { Attributes, Fault, ResourceBehaviour, ServiceBehaviour } from './behaviour.ts';
import { membersNotSimulated } from './members-not-simulated.ts';
import { ServiceFault } from './operation-call.ts';
import { runOperation } from './run-operation.ts';
import { DEFAULT_PLACE, type Place, type SeedResource, seedWorld } from './seed-world.ts';
import { rds } from './services/rds.ts';
import { readArguments, writeResult } from './spelling.ts';
import { createWorld, type World } from './world.ts';

export interface SimulatedAccountOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly place?: Place;
  /** For request ids; from 0 up to, not including, 1. */
  readonly random?: () => number;
  readonly services?: readonly ServiceBehaviour[];
  readonly seed?: readonly SeedResource[];
}

/** An AWS account that answers `arn:aws:states:::aws-sdk:<service>:<action>` tasks and keeps what they do. */
export interface SimulatedAccount {
  readonly place: Place;
  /** Why Step Functions would not start a task with these arguments; nothing where it would. */
  checkTask(resource: string, given: unknown): readonly string[];
  /** Makes the call in the caller's name. Its policy is asked first, whatever the call. */
  callTask(resource: string, given: unknown, caller: Caller): TaskOutcome;
  /** The resources of a kind (`rds`, `snapshot`) as they are now, in AWS's names. */
  resources(service: string, kind: string): readonly Attributes[];
}

/** A simulated account, by default with RDS and the seed world in it. Throws for a seed that its services do not know. */
export function createSimulatedAccount(options: SimulatedAccountOptions): SimulatedAccount {
  const { catalog, clock, place = DEFAULT_PLACE, random = Math.random } = options;
  const behaviours = new Map((options.services ?? [rds]).map((behaviour) => [behaviour.service, behaviour]));
  const kindOf = (service: string, kind: string): ResourceBehaviour => {
    const found = behaviours.get(service)?.resources[kind];
    if (found === undefined) throw new Error(`The simulated account has no ${service} ${kind}`);
    return found;
  };
  const world = createWorld(clock.now, kindOf);
  const arnOf = (service: string, iamType: string, id: string): string => {
    const prefix = catalog.service(service)?.iamPrefix ?? service;
    const type = catalog.resourceType(prefix, iamType);
    if (type === undefined) throw new Error(`IAM's data lacks the resource type ${prefix} ${iamType}`);
    return fillArn(type.arn, place, id);
  };
  plant(world, options.seed ?? seedWorld(place), kindOf, arnOf);

  const tagsOf = (arn: string): Readonly<Record<string, string>> => {
    const resource = world.findByArn(arn);
    return resource === undefined ? {} : tagsFrom(resource.attributes[kindOf(resource.service, resource.kind).tags]);
  };
  const call = (resource: string, given: unknown, caller: Caller): TaskOutcome => {
    const found = resolve(catalog, resource);
    if (found === undefined) throw new Error(`${resource} was called without having been checked`);
    const { service, operation } = found;
    const behaviour: ServiceBehaviour = behaviours.get(service.name) ?? { service: service.name, ...NOTHING };
    const { input, problems } = readArguments(service, operation.input, given);
    if (problems.length > 0)
      throw new Error(`${resource} was called with arguments that checkTask refuses: ${problems.join(', ')}`);
    const reply = (fault: Fault, status: number): TaskOutcome => failed(service, fault, status, requestId(random));
    const denial = authorize({ operation, input, behaviour }, caller, { catalog, place, now: clock.now(), tagsOf });
    if (denial !== undefined) return reply(accessDenied(caller, denial), 403);
    const does = behaviour.operations[operation.name];
    if (does === undefined) return notSimulated(`${service.name}:${operation.name}`);
    const [member] = membersNotSimulated(does, input);
    if (member !== undefined) return notSimulated(`${member} of ${service.name}:${operation.name}`);
    try {
      const result = runOperation({
        behaviour,
        operation,
        input,
        world,
        now: new Date(clock.now()).toISOString(),
        arnOf: (iamType, id) => arnOf(service.name, iamType, id),
        operationNamed: (name) => operationOf(service, name),
      });
      return { kind: 'succeeded', output: writeResult(service, operation.output, result) };
    } catch (cause) {
      if (!(cause instanceof ServiceFault)) throw cause;
      return reply(cause.fault, service.error(cause.fault.shape ?? '')?.httpStatus ?? 400);
    }
  };

  return {
    place,
    checkTask(resource, given) {
      const found = resolve(catalog, resource);
      if (found !== undefined) return readArguments(found.service, found.operation.input, given).problems;
      return [
        `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region`,
      ];
    },
    callTask: call,
    resources: (service, kind) => world.list(service, kind).map(({ attributes }) => attributes),
  };
}

const NOTHING = { resources: {}, operations: {}, namedBy: {}, dependentOn: {} } as const;

function plant(
  world: World,
  seed: readonly SeedResource[],
  kindOf: (service: string, kind: string) => ResourceBehaviour,
  arnOf: (service: string, iamType: string, id: string) => string,
): void {
  for (const { service, resource: kind, attributes } of seed) {
    const { identifier, arn: member, iamType } = kindOf(service, kind);
    const id = String(attributes[identifier]);
    const arn = arnOf(service, iamType, id);
    world.add({ service, kind, id, arn, attributes: { ...attributes, [member]: arn } });
  }
}

interface ResolvedResource {
  readonly service: CatalogService;
  readonly operation: Operation;
}

/** `arn:aws:states:::aws-sdk:rds:createDBSnapshot` → the service and operation of the catalog. */
function resolve(catalog: Catalog, resource: string): ResolvedResource | undefined {
  const [, name, action] = AWS_SDK_TASK.exec(resource) ?? [];
  const service = name === undefined ? undefined : serviceOf(catalog, name);
  const operationName = service?.operations.find((candidate) => toStateMachineAction(candidate) === action);
  const operation = operationName === undefined ? undefined : service?.operation(operationName);
  if (service === undefined || operation === undefined || operation.unsupportedByStepFunctions !== undefined)
    return undefined;
  return { service, operation };
}

const AWS_SDK_TASK = /^arn:aws[a-z-]*:states:[^:]*:[^:]*:aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)$/;

/** Most services have the same name in both; the others are looked for, which loads them. */
function serviceOf(catalog: Catalog, name: string): CatalogService | undefined {
  const isNamed = (service: CatalogService | undefined): service is CatalogService =>
    service !== undefined && toStateMachineService(service.serviceId) === name;
  const likely = catalog.service(name);
  return isNamed(likely) ? likely : catalog.services.map((other) => catalog.service(other)).find(isNamed);
}

function operationOf(service: CatalogService, name: string): Operation {
  const operation = service.operation(name);
  if (operation === undefined) throw new Error(`${service.name} has no operation ${name}`);
  return operation;
}

/** An error as it comes out of a task: the SDK's name for it, and its message with where it came from. */
function failed(service: CatalogService, { shape, code, message }: Fault, status: number, id: string): TaskOutcome {
  const error =
    shape === undefined ? toStateMachineServiceError(service.serviceId) : toStateMachineError(service.serviceId, shape);
  const source = toStateMachineServiceError(service.serviceId).split('.')[0];
  // The service's own code tells apart what Step Functions gives one name for.
  const coded = code === undefined ? '' : `, Error Code: ${code}`;
  return {
    kind: 'failed',
    error,
    cause: `${message} (Service: ${source}, Status Code: ${status}${coded}, Request ID: ${id})`,
  };
}

function accessDenied({ arn }: Caller, { action, resource, explicit }: Denial): Fault {
  const why = explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  return {
    code: 'AccessDenied',
    message: `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  };
}

/** Ends the run, past every Catch: a result that is made up would be worse than none. */
function notSimulated(what: string): TaskOutcome {
  const cause = `The simulated account has no behaviour for ${what}, and does not make one up. The call was well formed and allowed; run the workflow in an AWS account to make it.`;
  return { kind: 'failed', error: 'States.Runtime', cause };
}

function requestId(random: () => number): string {
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return [8, 4, 4, 4, 12].map(hex).join('-');
}
