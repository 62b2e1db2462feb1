import type { Member } from '../../../catalog/catalog.ts';
import type { Value } from '../value.ts';

/** Members that hold a secret itself, not its name, ARN or id. */
const SECRET_MEMBER =
  /(?:password|passwords|passphrase|privatekey|presharedkey|authtoken|clientsecret|secretstring|secretbinary|secretaccesskey|apikeyvalue|ssecustomerkey|accesstoken|refreshtoken|secrettoken|jwttoken)$/i;
/** A name alone would say too little: these count where AWS's model marks the member as sensitive too. */
const SENSITIVE_MEMBER = /^(?:secret|token|otp|onetimepassword|secrethash)$/i;
/** Names that people give to variables and settings. */
const SECRET_KEY = /(?:password|passwd|passphrase|secret|token|api_?key|private_?key|access_?key)$/i;
/** Maps whose keys are such names; elsewhere, as in tags, a key may be any word. */
const SETTINGS = /^(?:environment|variables|parameters|\w*arguments|authparameters|connectionproperties)$/i;

/** True for a member that holds a secret, by its name and AWS's own mark. */
export function isSecretMember({ name, sensitive, shape }: Member): boolean {
  if (shape.kind === 'scalar' && !['string', 'blob', 'document'].includes(shape.type)) return false;
  return SECRET_MEMBER.test(name) || (sensitive === true && SENSITIVE_MEMBER.test(name));
}

interface Held {
  readonly member: Member;
  readonly keys: readonly string[];
  readonly siblings: ReadonlyMap<string, Value>;
}

/**
 * True for a place whose value is a secret: a member that holds one, the value of a variable called `DB_PASSWORD`,
 * or of a Systems Manager parameter of the type SecureString.
 */
export function isSecret({ member, keys, siblings }: Held): boolean {
  if (isSecretMember(member)) return true;
  const key = keys.at(-1);
  if (key !== undefined) return SETTINGS.test(member.name) && SECRET_KEY.test(key);
  if (member.name.toLowerCase() !== 'value') return false;
  const textOf = (name: string): string => {
    const value = siblings.get(name);
    return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : '';
  };
  if (textOf('Type') === 'SecureString') return true;
  // { name: DB_PASSWORD, value: … }, unless the value only says where the secret is.
  const reference = /^(?:PARAMETER_STORE|SECRETS_MANAGER)$/.test(textOf('type'));
  return !reference && SECRET_KEY.test(textOf('name') || textOf('Name'));
}
