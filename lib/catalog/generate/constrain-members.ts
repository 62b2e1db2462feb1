import type { StringConstraint } from '../catalog.ts';
import { describeRule } from './describe-rule.ts';
import { fitsCharacters, inOrder, parseConstraint, type Rule, withoutCharacters } from './parse-constraint.ts';
import type { ServiceSchemas } from './read-schemas.ts';

export interface MemberConstraints {
  /** The constraints of the service, each under the name of the first member that has it. */
  readonly named: ReadonlyMap<string, StringConstraint>;
  /** `Structure.Member` → a key of `named`. */
  readonly byMember: ReadonlyMap<string, string>;
}

interface StringMember {
  readonly structure: string;
  readonly name: string;
  readonly text: string;
  /** Undefined where the documentation states none. */
  readonly rule: Rule | undefined;
  /** The operation whose input it is in; undefined in a nested structure or an output. */
  readonly operation: string | undefined;
}

/**
 * The constraints of a service's string members: what each one's documentation states, and for an identifier
 * whose documentation only refers to something that exists, what the service states for that identifier elsewhere.
 * AWS's own examples are the check: a rule that one of them breaks does not hold for references.
 */
export function constrainMembers(
  schemas: ServiceSchemas,
  examples: ReadonlyMap<string, ReadonlySet<string>>,
): MemberConstraints {
  const members = stringMembers(schemas);
  const valuesOf = (name: string): string[] => exampleValues(examples, name);
  const inheritable = new Map<string, Rule>();
  for (const { name, rule } of members) {
    if (rule === undefined || !isIdentifier(name) || !valuesOf(name).every((value) => fitsCharacters(rule, value)))
      continue;
    const known = inheritable.get(name);
    inheritable.set(name, known === undefined ? rule : loosest(known, rule));
  }
  const constraints = members.map((member): [StringMember, StringConstraint | undefined] => {
    if (member.rule !== undefined) {
      const holds =
        isNewName(member) || valuesOf(member.name).every((value) => fitsCharacters(member.rule ?? {}, value));
      const rule = holds ? member.rule : withoutCharacters(member.rule);
      return [member, rule && describeRule(rule, false)];
    }
    const inherited = inherits(member) ? inheritable.get(member.name) : undefined;
    const orArn = mentionsArn(member.text);
    // Without characters there is nothing by which to tell an identifier that is too long from an ARN.
    const holds = inherited !== undefined && !(orArn && inherited.characters === undefined);
    return [member, holds ? describeRule(inherited, orArn) : undefined];
  });
  return nameConstraints(constraints);
}

function stringMembers({ operations, structures, documentation }: ServiceSchemas): StringMember[] {
  const operationOf = new Map(operations.map(({ name, input }) => [input, name]));
  return [...documentation]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([structure, docs]) =>
      docs
        .filter((_, index) => structures.get(structure)?.members[index]?.[1] === 'string')
        .map(({ name, paragraphs }) => ({
          structure,
          name,
          text: paragraphs.join(' '),
          rule: parseConstraint(paragraphs),
          operation: operationOf.get(structure),
        })),
    );
}

/** Names of one word (`Name`, `Id`) mean something else in every structure. */
const isIdentifier = (name: string): boolean =>
  /[a-z].*(?:Identifier|Name|Id)$/.test(name) || /^[A-Z]{2,}.+(?:Identifier|Name|Id)$/.test(name);

/** A member of a call's input that names something: AWS makes some resources itself, and gives those other names. */
const inherits = ({ name, operation, text }: StringMember): boolean =>
  operation !== undefined && isIdentifier(name) && !/automat/i.test(text);

const mentionsArn = (text: string): boolean => /\bARNs?\b|Amazon Resource Name/.test(text);

/** Whether the caller makes the name up (`CreateDBSnapshot.DBSnapshotIdentifier`), rather than refers to a thing. */
const isNewName = ({ name, operation }: StringMember): boolean =>
  /^(?:Target|New|Final)[A-Z]/.test(name) ||
  (operation !== undefined &&
    /^(?:Create|Copy|Restore|Register|Import|Put)/.test(operation) &&
    operation.endsWith(name.replace(/(?:Identifier|Name|Id)$/, '')));

/** Example values of a member and of those that are named after it: `SourceDBSnapshotIdentifier` is a `DBSnapshotIdentifier`. */
const exampleValues = (examples: ReadonlyMap<string, ReadonlySet<string>>, name: string): string[] =>
  isIdentifier(name)
    ? [...examples].flatMap(([member, values]) =>
        member.endsWith(name) ? [...values].filter((value) => !value.startsWith('arn:')) : [],
      )
    : [];

/** What both rules allow, and what either allows. */
function loosest(a: Rule, b: Rule): Rule {
  const known = <T>(x: T | undefined, y: T | undefined, choose: (x: T, y: T) => T): T | undefined =>
    x === undefined || y === undefined ? undefined : choose(x, y);
  const minLength = known(a.minLength, b.minLength, Math.min);
  const maxLength = known(a.maxLength, b.maxLength, Math.max);
  const characters = known(a.characters, b.characters, (x, y) => inOrder([...x, ...y]));
  return {
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(characters === undefined ? {} : { characters }),
    ...(a.first !== undefined && a.first === b.first ? { first: a.first } : {}),
    ...(a.noHyphenAtEnd === true && b.noHyphenAtEnd === true ? { noHyphenAtEnd: true as const } : {}),
    ...(a.noTwoHyphens === true && b.noTwoHyphens === true ? { noTwoHyphens: true as const } : {}),
  };
}

function nameConstraints(
  constraints: readonly (readonly [StringMember, StringConstraint | undefined])[],
): MemberConstraints {
  const keys = new Map<string, string>();
  const named = new Map<string, StringConstraint>();
  const byMember = new Map<string, string>();
  for (const [{ structure, name }, constraint] of constraints) {
    if (constraint === undefined) continue;
    const content = JSON.stringify(constraint);
    const key = keys.get(content) ?? (named.has(name) ? `${structure}.${name}` : name);
    keys.set(content, key);
    named.set(key, constraint);
    byMember.set(`${structure}.${name}`, key);
  }
  return { named, byMember };
}
