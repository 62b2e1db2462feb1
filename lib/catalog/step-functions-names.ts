/**
 * How Step Functions spells AWS's names in `arn:aws:states:::aws-sdk:<service>:<action>` tasks: as the AWS SDK for
 * Java 2 does. The rules are those of its code generator (aws/aws-sdk-java-v2: `DefaultNamingStrategy`, `Utils` in
 * codegen, `CodegenNamingUtils` in utils), confirmed by AWS's table of services and exception prefixes ("AWS SDK
 * service integrations", AWS Step Functions Developer Guide). No validator catches a wrong name before a real run.
 */

/**
 * The service in a task's resource: `CloudWatch Logs` → `cloudwatchlogs`, `Config Service` → `config`.
 * Matches 259 of the 264 rows of AWS's table; the other five are retired services.
 * @param serviceId Smithy service id, as {@link CatalogService.serviceId} has it
 */
export function toStateMachineService(serviceId: string): string {
  return toJavaServiceName(serviceId).toLowerCase();
}

/** The action in a task's resource: the operation with its first letter lowered, `createDBSnapshot`. */
export function toStateMachineAction(operation: string): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}

/**
 * A member of a call's arguments or result: the Java property's name with a capital first letter.
 * `DBInstanceIdentifier` → `DbInstanceIdentifier`, `ACL` → `Acl`, `MultiAZ` stays. Applies at every depth of
 * structures and lists; keys of maps are data and stay.
 */
export function toStateMachineMember(member: string): string {
  const property = unCapitalize(member);
  return capitalize(isReservedInJava(property) ? `${property}Value` : property);
}

/**
 * The name by which a modelled error is caught: `RDS`, `DBInstanceNotFoundFault` → `Rds.DbInstanceNotFoundException`.
 * Step Functions adds `Exception` where the shape lacks it (`S3.BucketAlreadyExistsException`, Developer Guide).
 */
export function toStateMachineError(serviceId: string, shapeName: string): string {
  const base = shapeName.replace(/(?:Fault|Exception)$/, '');
  return `${toJavaServiceName(serviceId)}.${toPascalCase(base)}Exception`;
}

/** The name of every error that a service does not model, such as access denied: `Rds.RdsException`. */
export function toStateMachineServiceError(serviceId: string): string {
  const service = toJavaServiceName(serviceId);
  return `${service}.${service}Exception`;
}

/** `DefaultNamingStrategy.getServiceName`. */
function toJavaServiceName(serviceId: string): string {
  return toPascalCase(serviceId)
    .replace(/^Amazon/, '')
    .replace(/^Aws/, '')
    .replace(/Service$/, '');
}

/** `CodegenNamingUtils.pascalCase`: split on word boundaries, lower-case each word, capitalise it. */
const toPascalCase = (name: string): string =>
  splitOnWordBoundaries(name)
    .map((word) => capitalize(word.toLowerCase()))
    .join('');

/** `CodegenNamingUtils.splitOnWordBoundaries`, step by step. */
const splitOnWordBoundaries = (name: string): string[] =>
  name
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([^a-z]{2,})v([0-9]+)/g, '$1 v$2 ')
    .replace(/([^A-Z]{2,})V([0-9]+)/g, '$1 V$2 ')
    .replace(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, ' ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([0-9])([a-zA-Z])/g, '$1 $2')
    .split(' ')
    .filter((word) => word !== '');

const capitalize = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** `Utils.unCapitalize`: lowers the leading capitals, but not the one that a lower-case letter follows. */
const unCapitalize = (name: string): string =>
  name.replace(/^.(?:[A-Z](?![a-z]))*/, (leading) => leading.toLowerCase());

/**
 * `DefaultNamingStrategy.rewriteInvalidMemberName`: a property that Java or the SDK's classes have a use for gets
 * the suffix `Value`. The Developer Guide says so of one of them: "API fields for equals will be referred to in
 * your state machines as EqualsValue".
 */
const isReservedInJava = (property: string): boolean =>
  JAVA_KEYWORDS.has(property.toLowerCase()) || SDK_METHODS.has(property);

const JAVA_KEYWORDS: ReadonlySet<string> = new Set(
  (
    'abstract assert boolean break byte case catch char class const continue default do double else enum extends ' +
    'false final finally float for goto if implements import instanceof int interface long native new null package ' +
    'private protected public return short static strictfp super switch synchronized this throw throws transient ' +
    'true try void volatile while'
  ).split(' '),
);

const SDK_METHODS: ReadonlySet<string> = new Set(
  (
    'equals finalize getClass hashCode notify notifyAll toString wait ' +
    'builder sdkFields toBuilder overrideConfiguration sdkHttpResponse'
  ).split(' '),
);
