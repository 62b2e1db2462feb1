import type { Catalog, CatalogService, Operation, ScalarType, Shape, Waiter } from '../../catalog/catalog.ts';
import { nounOfOperation } from '../permissions/resource-nouns.ts';

/** What a call begins and does not finish. */
export interface Unfinished {
  /** What it is about, in one word: `snapshot`. */
  readonly noun: string;
  /** The waiters of the SDK that say when it is finished; none where all of them wait for something else. */
  readonly waiters: readonly Waiter[];
  /** What they, and others of the same thing, look at. */
  readonly watched: readonly StatusMember[];
}

const DELETING = /^(?:Delete|Terminate|Deregister)(?=[A-Z])/;
const OF_DELETED = /(?:Deleted|Terminated|NotExists|Inactive)$/;
const STOPPING = /^(?:Stop|Pause)(?=[A-Z])/;
const OF_STOPPED = /(?:Stopped|Offline)$/;
/** Reached before the thing can be used, or not by what makes it. */
const OF_LITTLE = /(?:Exists|InUse)$/;
const DEPTH = 4;

/**
 * What a call begins and AWS finishes later; nothing for a call that is done when it answers. No service says which
 * its calls are, so it is told by what the SDK waits for: an operation that changes something goes on after its answer
 * where a waiter watches a status of the thing that the operation is about, and its answer shows that very status. A
 * call that deletes need not show one, because there is nothing left to show.
 *
 * `CreateDBSnapshot` answers with a `DBSnapshot`, whose `Status` the waiter `DBSnapshotAvailable` watches.
 */
export function unfinishedBy(service: CatalogService, operation: Operation, catalog: Catalog): Unfinished | undefined {
  const known = found.get(operation);
  if (known !== undefined) return known.unfinished;
  const unfinished = find(service, operation, catalog);
  found.set(operation, { unfinished });
  return unfinished;
}

/** The catalog gives one object an operation, and every step with the same call would look it up again. */
const found = new WeakMap<Operation, { readonly unfinished: Unfinished | undefined }>();

function find(service: CatalogService, operation: Operation, catalog: Catalog): Unfinished | undefined {
  if (!operation.iamActions.some((name) => catalog.iamAction(name)?.accessLevel === 'Write')) return undefined;
  const about = nounOfOperation(operation.name, service.iamPrefix);
  const ofNoun = service.waiters.filter((waiter) => {
    const noun = nounOfOperation(waiter.operation, service.iamPrefix);
    // Lambda updates a function's code and configuration, and its waiters look at the function.
    const isPart = /^Update/.test(operation.name) && (about === `${noun}code` || about === `${noun}configuration`);
    return noun !== '' && (noun === about || isPart);
  });
  const watched = ofNoun.flatMap((waiter) => watchedBy(waiter, service));
  const deletes = DELETING.test(operation.name);
  const shows = watched.some((status) =>
    holds({ kind: 'structure', name: operation.output.name }, status, service, DEPTH),
  );
  const [first] = ofNoun.filter(({ name }) => OF_DELETED.test(name) === deletes);
  if (first === undefined || watched.length === 0 || !(shows || deletes)) return undefined;
  const noun = nounOfOperation(first.operation, service.iamPrefix);
  return { noun, waiters: ofNoun.filter(({ name }) => isReached(name, operation.name)), watched };
}

/** Whether what a waiter waits for is what an operation leads to, by their names. */
function isReached(waiter: string, operation: string): boolean {
  if (DELETING.test(operation)) return OF_DELETED.test(waiter);
  if (STOPPING.test(operation)) return OF_STOPPED.test(waiter);
  return !OF_DELETED.test(waiter) && !OF_STOPPED.test(waiter) && !OF_LITTLE.test(waiter);
}

/** A member that says how far something is. */
export interface StatusMember {
  readonly structure: string;
  readonly member: string;
  readonly type: ScalarType;
  readonly values?: readonly string[];
}

/** The members whose values a waiter compares; those that it finds by more than a path are left out. */
function watchedBy(waiter: Waiter, service: CatalogService): readonly StatusMember[] {
  const output = service.operation(waiter.operation)?.output.name;
  return waiter.acceptors.flatMap(({ argument = '' }) => {
    if (output === undefined || !/^\w+(?:\[\])?(?:\.\w+(?:\[\])?)*$/.test(argument)) return [];
    const names = argument.replaceAll('[]', '').split('.');
    return memberAt({ kind: 'structure', name: output }, names, service) ?? [];
  });
}

function memberAt(
  shape: Shape,
  [name = '', ...rest]: readonly string[],
  service: CatalogService,
): StatusMember | undefined {
  const owner = itemOf(shape);
  if (owner.kind !== 'structure') return undefined;
  const member = service.structure(owner.name)?.members.find((one) => one.name === name);
  if (member === undefined) return undefined;
  const inner = itemOf(member.shape);
  if (rest.length > 0) return memberAt(inner, rest, service);
  if (inner.kind !== 'scalar') return undefined;
  const values = inner.enum === undefined ? {} : { values: inner.enum };
  return { structure: owner.name, member: name, type: inner.type, ...values };
}

/** Whether an answer shows the status: in the very same structure, or as one of the very same values. */
function holds(shape: Shape, status: StatusMember, service: CatalogService, depth: number): boolean {
  const owner = itemOf(shape);
  if (owner.kind !== 'structure' || depth === 0) return false;
  return (service.structure(owner.name)?.members ?? []).some(({ name, shape: inner }) => {
    if (owner.name === status.structure && name === status.member) return true;
    const values = inner.kind === 'scalar' ? inner.enum : undefined;
    if (values !== undefined && status.values !== undefined && values.join() === status.values.join()) return true;
    return holds(inner, status, service, depth - 1);
  });
}

function itemOf(shape: Shape): Shape {
  return shape.kind === 'list' ? itemOf(shape.item) : shape;
}
