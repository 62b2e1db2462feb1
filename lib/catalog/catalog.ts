/**
 * What AWS is, as far as a workflow needs to know it: operations and their shapes, documentation, waiters,
 * and what IAM calls and scopes them by. These types are what the generated data in `data/` decodes to.
 * Names are AWS's own, as its API reference spells them (`DBInstanceIdentifier`).
 */

/** Documented limits of a string member, parsed from AWS's prose. Lengths in characters. */
export interface StringConstraint {
  /** An anchored ECMAScript regular expression without flags. */
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The rule in words, as an error message shows it: "1 to 63 letters, digits or hyphens, first a letter". */
  readonly description: string;
}

export type ScalarType = 'string' | 'integer' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'document';

/** A type in a service's API. Structures are named, because they can contain themselves: see {@link CatalogService.structure}. */
export type Shape =
  | { readonly kind: 'scalar'; readonly type: ScalarType; readonly enum?: readonly string[] }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'map'; readonly value: Shape }
  | { readonly kind: 'structure'; readonly name: string };

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly documentation: string;
  readonly deprecated?: boolean;
  readonly sensitive?: boolean;
  readonly idempotencyToken?: boolean;
  readonly constraint?: StringConstraint;
}

export interface Structure {
  readonly name: string;
  /** The required ones first. */
  readonly members: readonly Member[];
  /** Exactly one member is set, where this is a union. */
  readonly union?: boolean;
}

/** An error that a service models. */
export interface ErrorShape {
  /** The shape's name, from which Step Functions names the error: `DBInstanceNotFoundFault`. */
  readonly name: string;
  /** What the service sends, and what waiters match: `DBInstanceNotFound`. Often the same as the name. */
  readonly code: string;
  readonly httpStatus: number;
}

export interface Operation {
  readonly name: string;
  readonly documentation: string;
  readonly deprecated?: boolean;
  readonly input: Structure;
  readonly output: Structure;
  /** Modelled error shapes, e.g. `DBInstanceNotFoundFault`. */
  readonly errors: readonly string[];
  /** Why Step Functions cannot call it through `aws-sdk`, where it cannot. */
  readonly unsupportedByStepFunctions?: string;
  /** IAM actions that the call itself needs, e.g. `["rds:CreateDBSnapshot"]`; empty where none is known. */
  readonly iamActions: readonly string[];
}

export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';

export interface IamAction {
  /** With its prefix: `rds:CreateDBSnapshot`. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /** Empty where IAM defines no resource type, which is the only case for `*`. */
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
  readonly conditionKeys: readonly string[];
  /** Actions that the caller may need as well, depending on what the call does. */
  readonly dependentActions: readonly string[];
}

export interface ResourceType {
  readonly name: string;
  /** As IAM writes it: `arn:${Partition}:rds:${Region}:${Account}:snapshot:${SnapshotName}`. */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

export interface WaiterAcceptor {
  readonly state: 'success' | 'failure' | 'retry';
  readonly matcher: 'path' | 'pathAll' | 'pathAny' | 'error' | 'status';
  readonly argument?: string;
  readonly expected: string | number | boolean;
}

export interface Waiter {
  readonly name: string;
  readonly operation: string;
  readonly delaySeconds: number;
  readonly maxAttempts: number;
  readonly acceptors: readonly WaiterAcceptor[];
}

export interface CatalogService {
  /** The name a workflow uses: `rds`, `cloudwatch-logs`. */
  readonly name: string;
  /** Smithy service id: `RDS`, `CloudWatch Logs`. */
  readonly serviceId: string;
  /** What the AWS CLI calls the service: `rds`, `logs`. */
  readonly cliName: string;
  readonly iamPrefix: string;
  /** Names of all operations, sorted. */
  readonly operations: readonly string[];
  readonly waiters: readonly Waiter[];
  operation(name: string): Operation | undefined;
  structure(name: string): Structure | undefined;
  /** A modelled error, found by the name of its shape or by its code. */
  error(nameOrCode: string): ErrorShape | undefined;
}

export interface Catalog {
  /** sha256 over the whole of the data: two compilers with the same digest decide alike. */
  readonly digest: string;
  /** Names of all services, sorted. */
  readonly services: readonly string[];
  /** Found by its name, or by an alias such as the IAM prefix, the CLI name or the SDK package (`logs`). */
  service(name: string): CatalogService | undefined;
  /** Any IAM action of the IAM data, e.g. `rds:CreateDBSnapshot`; IAM ignores case, so does this. */
  iamAction(name: string): IamAction | undefined;
  /** All IAM actions under a prefix, with the prefix, sorted, for did-you-mean. */
  iamActionNames(prefix: string): readonly string[];
  resourceType(iamPrefix: string, name: string): ResourceType | undefined;
}
