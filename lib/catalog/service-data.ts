import type { AccessLevel, StringConstraint, Waiter } from './catalog.ts';

/**
 * The encoding of the generated files in `data/`: plain JSON, one operation, structure or action a line.
 * `generate/` writes it, `decode-service.ts` and `decode-iam.ts` read it; a change here must change both.
 */

/**
 * A shape as text: a scalar type (`string`), `#Enum`, `@Structure`, `[` before the shape of a list's items,
 * `{` before the shape of a map's values. So `[@Tag` is a list of the structure Tag.
 */
export type ShapeText = string;

/**
 * name, shape, flags (`r`equired, `d`eprecated, `s`ensitive, idempotency `t`oken), documentation, and
 * the name of an entry of {@link ServiceData.constraints}.
 */
export type MemberData = readonly [
  name: string,
  shape: ShapeText,
  flags: string,
  documentation: string,
  constraint?: string,
];

export interface OperationData {
  readonly doc: string;
  readonly in: string;
  readonly out: string;
  readonly errors?: readonly string[];
  readonly iam?: readonly string[];
  readonly deprecated?: true;
  readonly unsupported?: string;
}

export interface StructureData {
  readonly members: readonly MemberData[];
  readonly union?: true;
}

/** An error shape's code on the wire, where it is not the shape's name, and its HTTP status. */
export type ErrorData = readonly [httpStatus: number, code?: string];

export interface ServiceData {
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly constraints: Readonly<Record<string, StringConstraint>>;
  readonly errors: Readonly<Record<string, ErrorData>>;
  readonly operations: Readonly<Record<string, OperationData>>;
  readonly structures: Readonly<Record<string, StructureData>>;
  readonly waiters: readonly Waiter[];
}

/** What `data/sources.json` says of a service, so that services can be found without reading them. */
export interface ServiceEntry {
  readonly name: string;
  readonly serviceId: string;
  readonly cliName: string;
  readonly iamPrefix: string;
  /** `@aws-sdk/client-` and this: the package that it came from. */
  readonly sdkName: string;
  /** The class of the AWS SDK for JavaScript 2, where it had one: `CognitoIdentityServiceProvider`. */
  readonly className?: string;
}

export interface CatalogIndex {
  readonly digest: string;
  /** The npm packages that the data came from, with their exact versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly services: readonly ServiceEntry[];
}

/** access level, resource types (a required one ends in `!`), condition keys, dependent actions; lists joined by spaces. */
export type IamActionData = readonly [
  accessLevel: AccessLevel,
  resourceTypes?: string,
  conditionKeys?: string,
  dependentActions?: string,
];

export interface IamPrefixData {
  readonly actions: Readonly<Record<string, IamActionData>>;
  /** ARN and condition keys, joined by spaces. */
  readonly resourceTypes: Readonly<Record<string, readonly [arn: string, conditionKeys?: string]>>;
}

export type IamData = Readonly<Record<string, IamPrefixData>>;
