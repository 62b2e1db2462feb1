import type { ResourceType } from '../../catalog/catalog.ts';
import type { Reading } from './resource-names.ts';

/** Parts of an ARN that a deployment fills in. */
const DEPLOYMENT: readonly string[] = ['Partition', 'Region', 'Account'];
const VARIABLE = /\$\{(\w+)\}/g;
const ARN_PARTS = 6;

/**
 * The ARN patterns of a resource type with what is known of its variables: those of a deployment stay open, all else
 * is a wildcard. Usually one; a few types have several forms (`/apis/…` and `/restapis/…` of API Gateway).
 */
export function fillArn(type: ResourceType, known: Filling): readonly string[] {
  const forms = formsOf(type);
  const having = forms.filter((form) => [...known.keys()].every((variable) => form.includes(`\${${variable}}`)));
  return (having.length > 0 ? having : forms).map((form) =>
    form.replace(VARIABLE, (placeholder, variable: string) =>
      DEPLOYMENT.includes(variable) ? placeholder : (known.get(variable) ?? '*'),
    ),
  );
}

const formsOf = (type: ResourceType): readonly string[] => type.arn.split(', ');

/** Texts for the variables of an ARN. */
export type Filling = ReadonlyMap<string, string>;

/**
 * What the variables of the ARN hold, read from the pattern of a member's value. Several where the value leaves it
 * open: a role may have a path in front of its name.
 */
export function readName(type: ResourceType, variable: string, pattern: string, reading: Reading): readonly Filling[] {
  const text = withoutPrefix(type, variable, pattern);
  const only = (...texts: readonly string[]): readonly Filling[] => texts.map((each) => new Map([[variable, each]]));
  switch (reading) {
    case 'opaque':
    case 'unrelated':
      return only('*');
    case 'last-segment':
      return only(text.slice(text.lastIndexOf('/') + 1));
    case 'without-scheme':
      return only(text.replace(/^https?:\/\//, ''));
    case 'key-id':
      return only(text.startsWith('alias/') ? '*' : text);
    case 'secret-name':
      return only(text === '*' ? text : `${text}-??????`);
    case 'revision':
      return [readRevision(type, variable, text)];
    case 'copy-source':
      return [readCopySource(text)];
    case 'text':
      return variable.endsWith('WithPath') && !/^\*|\//.test(text) ? only(text, `*/${text}`) : only(text);
  }
}

function readRevision(type: ResourceType, variable: string, text: string): Filling {
  const [family = text, revision] = text.split(':');
  const next = type.arn.split(`\${${variable}}:\${`)[1]?.split('}')[0];
  return new Map([
    [variable, family],
    ...(next === undefined || revision === undefined ? [] : [[next, revision] as const]),
  ]);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html#AmazonS3-CopyObject-request-header-CopySource */
function readCopySource(text: string): Filling {
  const plain = text.replace(/^\//, '').replace(/\?versionId=.*$/, '');
  const slash = plain.indexOf('/');
  if (slash < 0) return new Map([['BucketName', plain]]);
  const key = plain.slice(slash + 1);
  return new Map([
    ['BucketName', plain.slice(0, slash)],
    ['ObjectName', key.includes('%') ? '*' : key],
  ]);
}

/** `alias/${Alias}` with `alias/app` is `alias/app`, and a parameter `/app/key` is `parameter/app/key`. */
function withoutPrefix(type: ResourceType, variable: string, pattern: string): string {
  if (variable.endsWith('WithoutLeadingSlash')) return pattern.replace(/^\//, '');
  const before = formsOf(type)[0]?.split(`\${${variable}}`)[0] ?? '';
  const prefix = /[a-z][\w-]*[:/]$/.exec(before)?.[0];
  // Lambda takes `123456789012:function:app` as well.
  const text = pattern.replace(/^\d{12}:(?=[a-z])/, '');
  return prefix !== undefined && text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

/** An ARN that a value holds, as far as it may stand in a policy for a resource type. */
export interface HeldArn {
  readonly arn: string;
  /** How much of the type's own text it has: the type that has most is the one it is of. */
  readonly likeness: number;
}

/** Whether an ARN pattern says of what service and kind of resource it is. */
export function isKnownArn(pattern: string): boolean {
  const parts = splitArn(pattern);
  return parts !== undefined && !/\*/.test(parts[2] ?? '') && /^[^*]/.test(parts[5] ?? '');
}

/**
 * An ARN pattern as it may stand in a policy, where it is one of the type; `undefined` where it is not, or where so
 * little of it is fixed that it could be anything. Its partition, region and account are the deployment's own where
 * the author left them open.
 */
export function holdArn(type: ResourceType, pattern: string): HeldArn | undefined {
  const parts = splitArn(pattern);
  if (parts === undefined) return undefined;
  for (const form of formsOf(type)) {
    const own = splitArn(form);
    const [, , service = '', , , resource = ''] = parts;
    // Recovery points of AWS Backup have ARNs of the service that they are of.
    const isOfService = own?.[2] === service || own?.[2]?.startsWith('${') === true;
    if (own === undefined || !isOfService || !resourceFits(own[5] ?? '', resource)) continue;
    const head = parts
      .slice(0, ARN_PARTS - 1)
      .map((part, index) => (part === '*' && isOfDeployment(own[index]) ? own[index] : part));
    return { arn: [...head, resource].join(':'), likeness: (own[5] ?? '').replace(VARIABLE, '').length };
  }
  return undefined;
}

const isOfDeployment = (part: string | undefined): part is string =>
  DEPLOYMENT.some((variable) => part === `\${${variable}}`);

/** partition … resource; the placeholders of a deployment hold no colons, a resource may. */
function splitArn(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts.length < ARN_PARTS) return undefined;
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}

/** Whether a resource part can be what a template says: its fixed text must stand there, not in a wildcard. */
function resourceFits(template: string, resource: string): boolean {
  const pieces = template.split(VARIABLE);
  const source = pieces.map((piece, index) =>
    // Variables stand at odd places. The last one may hold slashes and colons: paths, log groups, object keys.
    index % 2 === 0 ? piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : index === pieces.length - 2 ? '.+' : '[^:/]+',
  );
  return new RegExp(`^${source.join('')}$`, 'u').test(resource);
}
