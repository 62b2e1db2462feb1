import type { Member } from '../../catalog/catalog.ts';
import type { IndexedOperation } from './operation-index.ts';
import { DESTINATIONS, ORIGINS, type Term, toTerm } from './term.ts';
import { splitName, stem } from './words.ts';

/** An input member as the matcher sees it: what its name speaks of, and what its documentation says of its value. */
export interface MemberTerm {
  readonly member: Member;
  readonly term: Term;
  /** What its documentation says it refers to, where its name does not: `Name`, "the name or ARN of the trail". */
  readonly said: Term | undefined;
  /** All words of its name, as stems. */
  readonly words: readonly string[];
  readonly list: boolean;
  readonly mentionsArn: boolean;
  readonly mentionsId: boolean;
  readonly mentionsUrl: boolean;
  /** "The name or ARN of the function" */
  readonly nameOrArn: boolean;
  readonly discouraged: boolean;
}

const SUBJECT =
  /\b(?:name|ID|identifier|ARN|Amazon Resource Name)(?: \(ARN\))?(?: or [^.,]{1,30})? of (?:the |a |an |your )?([a-z0-9 -]+?)(?= (?:for|in|that|to|which|whose|where|when|you|from|with|on|is|and|or|into|as)\b|[.,;(]|$)/i;

function saidTerm(documentation: string, { kind, nouns }: Term, prefixes: ReadonlySet<string>): Term | undefined {
  if (kind === undefined || nouns.some((word) => ORIGINS.has(word) || DESTINATIONS.has(word))) return undefined;
  const subject = SUBJECT.exec(documentation.slice(0, 200))?.[1];
  if (subject === undefined) return undefined;
  return { ...toTerm(subject.toLowerCase().split(/[ -]+/), prefixes), kind };
}

function toMemberTerm(member: Member, prefixes: ReadonlySet<string>): MemberTerm {
  const { documentation } = member;
  const words = splitName(member.name);
  const term = toTerm(words, prefixes);
  return {
    member,
    term,
    said: saidTerm(documentation, term, prefixes),
    words: words.map(stem),
    list: member.shape.kind === 'list',
    mentionsArn: /\bARNs?\b|Amazon Resource Name/.test(documentation),
    mentionsId: /\b(?:ID|identifier|short name)\b/i.test(documentation),
    mentionsUrl: /\bUR[LI]\b/.test(documentation),
    nameOrArn: /\b(?:names?|ids?|identifiers?) or (?:the )?(?:full )?(?:ARN|Amazon Resource Name)/i.test(documentation),
    discouraged: member.deprecated === true || /legacy parameter|no longer (?:used|supported)/i.test(documentation),
  };
}

const terms = new WeakMap<IndexedOperation, readonly MemberTerm[]>();

/** The input members of an operation. Built once per operation: a pure function of it, remembered. */
export function memberTerms(operation: IndexedOperation, prefixes: ReadonlySet<string>): readonly MemberTerm[] {
  const known = terms.get(operation);
  if (known !== undefined) return known;
  const built = operation.operation.input.members.map((member) => toMemberTerm(member, prefixes));
  terms.set(operation, built);
  return built;
}
