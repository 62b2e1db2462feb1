import type { StringConstraint } from '../../../catalog/catalog.ts';
import type { ArgumentPlace } from './argument-places.ts';

/**
 * "Subjects must be ASCII text that begins with a letter, number, or punctuation mark; must not include line breaks
 * or control characters; and must be less than 100 characters long."
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
const SUBJECT: StringConstraint = {
  pattern: '^[!-~][ -~]*$',
  minLength: 1,
  maxLength: 100,
  description: '1 to 100 printable ASCII characters, first no blank, no line break',
};

/**
 * RFC 5322, section 2.1.1: a line of a header, its name included, has at most 998 characters; a line break would
 * start another header.
 */
const EMAIL_SUBJECT: StringConstraint = {
  pattern: '^[ -~]*$',
  maxLength: 900,
  description: 'at most 900 printable ASCII characters, no line break',
};

/** What AWS documents of the text at a place: what the catalog has, and what it cannot read from the model. */
export function constraintOf({ call, member, owner, keys, list }: ArgumentPlace): StringConstraint | undefined {
  if (keys.length > 0 || list !== undefined || member.shape.kind !== 'scalar') return undefined;
  if (call.service.name === 'sns' && member.name === 'Subject') return SUBJECT;
  if (call.service.name === 'sesv2' && owner === 'Message' && member.name === 'Subject') return EMAIL_SUBJECT;
  return member.constraint;
}
