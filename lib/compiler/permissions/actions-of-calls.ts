import type { Catalog, CatalogService, Operation } from '../../catalog/catalog.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { namedMembersOf } from './bound-members.ts';
import { neededActionsOf } from './dependent-actions.ts';

/** A call as a script makes it. */
export interface NamedCall {
  /** Any name that the service goes by: `logs`, `elbv2`, `stepfunctions`. */
  readonly service: string;
  /** As the API, boto3, a camel-case SDK or the AWS CLI spells it: `CreateDBSnapshot`, `create_db_snapshot`. */
  readonly operation: string;
  /** The members it gives, with dots for those within structures; none besides the required ones where absent. */
  readonly members?: readonly string[];
}

export interface UnknownCall {
  readonly call: string;
  readonly reason: string;
  readonly hint?: string;
}

export interface CallActions {
  /** With their prefix, sorted, each once. */
  readonly actions: readonly string[];
  /** What could not be found, and so brought no action. */
  readonly unknown: readonly UnknownCall[];
}

/**
 * The IAM actions that a list of calls needs: each call's own, and those that the members it names make necessary.
 * Actions that only may be needed are left out.
 */
export function actionsOfCalls(calls: readonly NamedCall[], catalog: Catalog): CallActions {
  const found = calls.map((call) => actionsOfCall(call, catalog));
  return {
    actions: [...new Set(found.flatMap(({ actions }) => actions))].sort(),
    unknown: found.flatMap(({ unknown }) => unknown),
  };
}

function actionsOfCall(
  { service: serviceName, operation: name, members = [] }: NamedCall,
  catalog: Catalog,
): CallActions {
  const call = `${serviceName}:${name}`;
  const service = catalog.service(serviceName);
  if (service === undefined) return actionOfName(serviceName, name, catalog);
  const operation = findOperation(service, name);
  if (operation === undefined) {
    return nothing(call, `${service.name} has no operation "${name}"`, didYouMean(name, service.operations));
  }
  if (operation.iamActions.length === 0) {
    return nothing(call, `the IAM actions of ${service.name}:${operation.name} are not known`);
  }
  const { bound, unknown } = namedMembersOf(service, operation, members);
  return {
    actions: neededActionsOf({ service, operation }, bound, catalog).map(({ action }) => action),
    unknown: unknown.flatMap((member) => {
      const guess = didYouMean(
        member,
        operation.input.members.map((each) => each.name),
      );
      return nothing(call, `${operation.name} has no member "${member}"`, guess).unknown;
    }),
  };
}

/**
 * The action of the same name, for a service that the catalog has no model of but IAM knows by its name. The rule
 * holds for 97 % of the operations of all services; members cannot be told there.
 */
function actionOfName(serviceName: string, name: string, catalog: Catalog): CallActions {
  const actions = catalog.iamActionNames(serviceName);
  if (actions.length === 0) {
    return nothing(
      `${serviceName}:${name}`,
      `no service named "${serviceName}"`,
      didYouMean(serviceName, catalog.services),
    );
  }
  const names = actions.map((action) => action.slice(action.indexOf(':') + 1));
  const index = names.findIndex((action) => fold(action) === fold(name));
  const action = actions[index];
  if (action === undefined) {
    return nothing(
      `${serviceName}:${name}`,
      `IAM has no action of ${serviceName} with that name`,
      didYouMean(name, names),
    );
  }
  return { actions: [action], unknown: [] };
}

function nothing(call: string, reason: string, guess?: string): CallActions {
  return {
    actions: [],
    unknown: [{ call, reason, ...(guess === undefined ? {} : { hint: `did you mean "${guess}"?` }) }],
  };
}

/** boto3's transfers, which are no operations of the API but make them (boto3, "S3 customization reference"). */
const TRANSFERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: {
    copy: 'CopyObject',
    downloadfile: 'GetObject',
    downloadfileobj: 'GetObject',
    uploadfile: 'PutObject',
    uploadfileobj: 'PutObject',
  },
};

/** An operation by any spelling: case, hyphens and underscores tell no two apart. */
export function findOperation(service: CatalogService, name: string): Operation | undefined {
  const exact = service.operation(name);
  if (exact !== undefined) return exact;
  const folded = fold(name);
  const found = TRANSFERS[service.name]?.[folded] ?? service.operations.find((operation) => fold(operation) === folded);
  return found === undefined ? undefined : service.operation(found);
}

const fold = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');
