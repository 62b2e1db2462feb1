import type { CatalogService, Member, Shape } from '../../../catalog/catalog.ts';
import type { PathPart } from '../../../language/expression.ts';
import type { ResolvedCall } from '../analysis.ts';
import { isSecretMember } from './is-secret.ts';

/** What calls hand out besides what they take: a plain text that was encrypted, a key pair, credentials for a while. */
const HANDED_OUT =
  /^(?:plaintext|privatekeyplaintext|keymaterial|passworddata|authorizationtoken|sessiontoken|idtoken)$/i;
/** AWS shows the passwords in these as asterisks: a change that is pending, not what it is. */
const MASKED = /PendingModifiedValues$/;

interface Place {
  readonly call: ResolvedCall;
  readonly member: Member;
  /** The structure that the member belongs to. */
  readonly owner: string;
}

/** True for a member of a call's result that holds a secret, by its name and AWS's own mark. */
function isSecretResult({ call, member, owner }: Place): boolean {
  const { name, shape } = member;
  if (MASKED.test(owner) || (shape.kind === 'scalar' && shape.enum !== undefined)) return false;
  if (isSecretMember(member)) return true;
  if (HANDED_OUT.test(name)) return shape.kind === 'scalar' && ['string', 'blob'].includes(shape.type);
  return call.service.name === 'ssm' && name === 'Value' && /^Parameter/.test(owner) && decrypts(call);
}

/** Systems Manager gives what is kept as a SecureString only to who asks for it. */
function decrypts({ members }: ResolvedCall): boolean {
  const asked = members.get('WithDecryption');
  return asked !== undefined && !(asked.kind === 'literal' && asked.value !== true);
}

/**
 * The member of a call's result that is a secret and that a path into the result reads; of a whole structure, one in it
 * that AWS marks. `undefined` where there is none.
 */
export function secretAt(call: ResolvedCall, path: readonly PathPart[]): string | undefined {
  const { service, operation } = call;
  let shape: Shape = { kind: 'structure', name: operation.output.name };
  for (const part of path) {
    if (part.kind !== 'field') continue;
    const structure = innermost(shape);
    if (structure?.kind !== 'structure') {
      // A key of a map, or of a document.
      shape = shape.kind === 'map' ? shape.value : shape;
      continue;
    }
    const member = service.structure(structure.name)?.members.find(({ name }) => name === part.name);
    if (member === undefined) return undefined;
    if (isSecretResult({ call, member, owner: structure.name })) return member.name;
    shape = member.shape;
  }
  return secretInside(shape, call, service, new Set());
}

function secretInside(
  shape: Shape,
  call: ResolvedCall,
  service: CatalogService,
  seen: Set<string>,
): string | undefined {
  const structure = innermost(shape);
  if (structure?.kind !== 'structure' || seen.has(structure.name)) return undefined;
  seen.add(structure.name);
  for (const member of service.structure(structure.name)?.members ?? []) {
    const marked = member.sensitive === true || call.service.name === 'ssm';
    if (marked && isSecretResult({ call, member, owner: structure.name })) return member.name;
    const inside = secretInside(member.shape, call, service, seen);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** What a list holds, as a path into it reads it; a map's values only where a key is read. */
function innermost(shape: Shape): Shape | undefined {
  return shape.kind === 'list' ? innermost(shape.item) : shape.kind === 'map' ? undefined : shape;
}
