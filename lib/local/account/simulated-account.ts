import type { Catalog, CatalogService, Operation } from '../../catalog/catalog.ts';
import { toStateMachineAction, toStateMachineService } from '../../catalog/step-functions-names.ts';
import { APPROVAL_TOPIC } from '../../compiler/approval-topic.ts';
import type { TaskAnswer } from '../asl/branch.ts';
import type { Clock } from '../clock.ts';
import { authorize, type Caller, type Denial, tagsFrom } from './authorize.ts';
import type { Attributes, ResourceBehaviour, ServiceBehaviour } from './behaviour.ts';
import { broken, createFaultRules, type FaultRule, secondsOf, throttled } from './faults.ts';
import { membersNotSimulated } from './members-not-simulated.ts';
import { type OperationCall, ServiceFault } from './operation-call.ts';
import { accessDenied, failed, lostConnection, named, notSimulated } from './outcomes.ts';
import { type Planting, plantWorld, type WorldData } from './plant-world.ts';
import { arnOfResource } from './resource-arn.ts';
import { runOperation } from './run-operation.ts';
import { DEFAULT_PLACE, type Place, seedWorld } from './seed-world.ts';
import { SERVICES } from './services/services.ts';
import { snapshotOf, type WorldSnapshot } from './snapshot-of.ts';
import { readArguments, writeResult } from './spelling.ts';
import { createWorld, type Resource, type World } from './world.ts';

export interface SimulatedAccountOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly place?: Place;
  /** For request ids; from 0 up to, not including, 1. */
  readonly random?: () => number;
  readonly services?: readonly ServiceBehaviour[];
  /** What the account holds at first; the seed world where absent. */
  readonly seed?: WorldData;
  /** What another account held at first, in place of `seed`: it is copied on write, which is quicker than planting it. */
  readonly planted?: PlantedWorld;
  /** What goes wrong; the first that is due strikes. */
  readonly faults?: readonly FaultRule[];
}

/** Resources with all that their kinds give them, ready to begin an account with. */
export interface PlantedWorld {
  readonly resources: readonly Resource[];
  /** How many serial numbers went into them. */
  readonly serials: number;
}

/** Where a call comes from and goes to. */
export interface CallContext {
  /** Name of the state that makes it, for faults. */
  readonly step?: string;
  /** The Region it is made in; the account's own where absent. */
  readonly region?: string;
}

/** What became of a call, and how long the answer takes where that is not next to nothing. */
export type CallOutcome = TaskAnswer & { readonly seconds?: number };

/** An AWS account that answers `arn:aws:states:::aws-sdk:<service>:<action>` tasks and keeps what they do. */
export interface SimulatedAccount {
  readonly place: Place;
  /** What it held at first. */
  readonly planted: PlantedWorld;
  /** Why Step Functions would not start a task with these arguments; nothing where it would. */
  checkTask(resource: string, given: unknown): readonly string[];
  /** Makes the call in the caller's name. Its policy is asked first, whatever the call. */
  callTask(resource: string, given: unknown, caller: Caller, context?: CallContext): CallOutcome;
  /** As `callTask`, with the answer when it comes by the account's clock; for faults that take time. */
  answerTask(
    resource: string,
    given: unknown,
    caller: Caller,
    context?: CallContext & { readonly signal?: AbortSignal },
  ): Promise<TaskAnswer>;
  /** The resources of a kind (`rds`, `snapshot`) in a Region, the account's own where absent, as they are now; in AWS's names. */
  resources(service: string, kind: string, region?: string): readonly Attributes[];
  /** All that the account holds now, to compare; without what only records what happened, and what time alone changes. */
  snapshot(): WorldSnapshot;
  /** Something that goes wrong from now on, after the faults there are. */
  injectFault(rule: FaultRule): void;
}

/** A simulated account, by default with the seed world in it. Throws `InvalidWorld` for a seed that cannot be. */
export function createSimulatedAccount(options: SimulatedAccountOptions): SimulatedAccount {
  const { catalog, clock, place = DEFAULT_PLACE, random = Math.random } = options;
  const behaviours = new Map((options.services ?? SERVICES).map((behaviour) => [behaviour.service, behaviour]));
  const kindOf = (service: string, kind: string): ResourceBehaviour => {
    const found = behaviours.get(service)?.resources[kind];
    if (found === undefined) throw new Error(`The simulated account has no ${service} ${kind}`);
    return found;
  };
  const world = createWorld(clock.now, kindOf);
  const faults = createFaultRules(options.faults ?? []);
  let count = options.planted?.serials ?? 0;
  const scopeIn = (region: string): OperationCall['scope'] => ({
    ...place,
    region,
    now: new Date(clock.now()).toISOString(),
    serial: () => {
      count += 1;
      return count;
    },
  });
  const planting = {
    catalog,
    behaviours,
    world,
    region: place.region,
    scope: scopeIn(place.region),
    arnOf: (service, kind, id, scope) => arnOfResource(catalog, service, kind, id, place, scope),
  } satisfies Planting;
  if (options.planted === undefined) plantWorld(options.seed ?? seedWorld(place), planting);
  else for (const resource of options.planted.resources) world.add(resource);
  // Where workflows run there is a topic on which they ask for approval: part of the infrastructure, not of the world.
  const isOwn = ({ service, kind, id }: Resource): boolean =>
    service === 'sns' && kind === 'topic' && id === APPROVAL_TOPIC;
  if (behaviours.get('sns')?.resources.topic !== undefined && !world.all().some(isOwn)) {
    plantWorld({ sns: { topic: [{ Name: APPROVAL_TOPIC }] } }, planting);
  }
  const planted = options.planted ?? { resources: world.all().map((resource) => ({ ...resource })), serials: count };
  /** What a reader sees that lags behind: everything as it was at first, and what is new as it was when it was made. */
  const atFirst = (): World => {
    const past = createWorld(clock.now, kindOf);
    for (const resource of planted.resources) past.add(resource);
    for (const resource of world.all()) {
      if (past.find(resource.service, resource.kind, resource.id, resource.region) === undefined)
        past.add({ ...resource, attributes: resource.early });
    }
    return past;
  };
  const tagsOf = (arn: string): Readonly<Record<string, string>> => {
    const resource = world.findByArn(arn);
    const member = resource === undefined ? undefined : kindOf(resource.service, resource.kind).tags;
    return resource === undefined || member === undefined ? {} : tagsFrom(resource.attributes[member]);
  };

  const run = (call: ReadCall, caller: Caller, region: string, world: World): TaskAnswer => {
    const { service, operation, input, behaviour } = call;
    const does = behaviour.operations[operation.name];
    if (does === undefined) return notSimulated(`${service.name}:${operation.name}`);
    const [member] = membersNotSimulated(does, input);
    if (member !== undefined) return notSimulated(`${member} of ${service.name}:${operation.name}`);
    const result = runOperation({
      behaviour,
      operation,
      input,
      world,
      region,
      scope: { ...scopeIn(region), input, caller: { arn: caller.arn, session: caller.arn.split('/').at(-1) } },
      arnOf: (kind, id, scope) => arnOfResource(catalog, service.name, kind, id, { ...place, region }, scope),
      operationNamed: (name) => operationOf(service, name),
    });
    return { kind: 'succeeded', output: writeResult(service, operation.output, result) };
  };

  const callTask = (resource: string, given: unknown, caller: Caller, context: CallContext = {}): CallOutcome => {
    const call = readCall(catalog, behaviours, resource, given);
    const { service, operation, behaviour } = call;
    const region = context.region ?? place.region;
    const reply = (fault: ServiceFault['fault']): TaskAnswer => failed(service, fault, random);
    const rule = faults.take({ operation: `${service.name}:${operation.name}`, step: context.step });
    if (rule?.fault === 'throttling' && rule.error === undefined) return reply(throttled(service, behaviour));
    const refuse = (denial: Denial): TaskAnswer => reply(accessDenied(service, behaviour, caller, denial));
    if (rule?.fault === 'access-denied' && rule.error === undefined)
      return refuse({ action: operation.iamActions[0] ?? operation.name, resource: '*', explicit: false });
    const denial = authorize(call, caller, {
      catalog,
      place: { ...place, region },
      now: clock.now(),
      tagsOf,
      arns: () => world.all().map(({ arn }) => arn),
    });
    if (denial !== undefined) return refuse(denial);
    const effect = (): TaskAnswer => {
      try {
        return run(call, caller, region, rule?.fault === 'stale' ? atFirst() : world);
      } catch (cause) {
        if (cause instanceof ServiceFault) return reply(cause.fault);
        throw cause;
      }
    };
    if (rule === undefined) return effect();
    const seconds = secondsOf(rule);
    const outcome = rule.fault === 'slow' || rule.done === true ? effect() : undefined;
    if (rule.error !== undefined) return { ...named(rule.error), seconds };
    if (rule.fault === 'timeout') return { ...lostConnection(service), seconds };
    if (rule.fault === 'server-error') return { ...reply(broken(service, operation, behaviour)), seconds };
    return { ...(outcome ?? effect()), seconds };
  };

  return {
    place,
    planted,
    checkTask(resource, given) {
      const found = resolve(catalog, resource);
      if (found !== undefined) return readArguments(found.service, found.operation.input, given).problems;
      return [
        `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region`,
      ];
    },
    callTask,
    async answerTask(resource, given, caller, context = {}) {
      const { seconds = 0, ...outcome } = callTask(resource, given, caller, context);
      if (seconds > 0) await clock.sleep(seconds * 1000, context.signal);
      return outcome;
    },
    resources: (service, kind, region = place.region) =>
      world.list(service, kind, region).map(({ attributes }) => attributes),
    snapshot: () =>
      snapshotOf(
        world.all().filter((resource) => !isOwn(resource)),
        kindOf,
        place.region,
      ),
    injectFault: faults.add,
  };
}

interface ReadCall {
  readonly service: CatalogService;
  readonly operation: Operation;
  readonly behaviour: ServiceBehaviour;
  readonly input: Attributes;
}

function readCall(
  catalog: Catalog,
  behaviours: ReadonlyMap<string, ServiceBehaviour>,
  resource: string,
  given: unknown,
): ReadCall {
  const found = resolve(catalog, resource);
  if (found === undefined) throw new Error(`${resource} was called without having been checked`);
  const { service, operation } = found;
  const { input, problems } = readArguments(service, operation.input, given);
  if (problems.length > 0)
    throw new Error(`${resource} was called with arguments that checkTask refuses: ${problems.join(', ')}`);
  const behaviour = behaviours.get(service.name) ?? { service: service.name, resources: {}, operations: {} };
  return { service, operation, behaviour, input };
}

interface ResolvedResource {
  readonly service: CatalogService;
  readonly operation: Operation;
}

/** `arn:aws:states:::aws-sdk:rds:createDBSnapshot` → the service and operation of the catalog. */
function resolve(catalog: Catalog, resource: string): ResolvedResource | undefined {
  const known = resolved.get(catalog) ?? new Map<string, ResolvedResource | undefined>();
  resolved.set(catalog, known);
  if (!known.has(resource)) known.set(resource, find(catalog, resource));
  return known.get(resource);
}

/** Tasks call the same few operations again and again, and a service has hundreds. */
const resolved = new WeakMap<Catalog, Map<string, ResolvedResource | undefined>>();

function find(catalog: Catalog, resource: string): ResolvedResource | undefined {
  const [, name, action] = AWS_SDK_TASK.exec(resource) ?? PUBLISH_TASK.exec(resource) ?? [];
  const service = name === undefined ? undefined : serviceOf(catalog, name);
  const operationName = service?.operations.find((candidate) => toStateMachineAction(candidate) === action);
  const operation = operationName === undefined ? undefined : service?.operation(operationName);
  if (service === undefined || operation === undefined || operation.unsupportedByStepFunctions !== undefined)
    return undefined;
  return { service, operation };
}

const AWS_SDK_TASK = /^arn:aws[a-z-]*:states:[^:]*:[^:]*:aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)$/;

/**
 * The one call that workflows make as Step Functions' own integration: it publishes, and waits for an answer to a token.
 * Its members are spelt as Amazon SNS does. https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html
 */
const PUBLISH_TASK = /^arn:aws[a-z-]*:states:::(sns):(publish)(?:\.waitForTaskToken)?$/;

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
