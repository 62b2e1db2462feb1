import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the SDK's type declarations know and its schemas do not: documentation and enums. */
export interface DeclaredMember {
  /** HTML, as AWS wrote it. */
  readonly documentation: string;
  readonly deprecated: boolean;
  /** The named type at the heart of the member's type: `Tag` for `Tag[] | undefined`. */
  readonly leafType: string;
}

export interface DeclaredOperation {
  readonly documentation: string;
  readonly deprecated: boolean;
  /** Names after `@throws`. */
  readonly errors: readonly string[];
  /** `Structure.Member` → the numeric type that the example input or output shows: int, long, float, double. */
  readonly numberTypes: ReadonlyMap<string, string>;
}

export interface Declarations {
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** Structure → member → what is declared of it. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, DeclaredMember>>;
  readonly operations: ReadonlyMap<string, DeclaredOperation>;
  /** Member → the strings that AWS's examples of calls and responses give it, anywhere in the service. */
  readonly examples: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads the declarations of one `@aws-sdk/client-*` package, whose generated form is regular to the letter. */
export function readDeclarations(packageDirectory: string): Declarations {
  const types = join(packageDirectory, 'dist-types');
  const enums = new Map<string, readonly string[]>();
  const members = new Map<string, Map<string, DeclaredMember>>();
  for (const file of filesIn(join(types, 'models'), '.d.ts')) {
    const text = readFileSync(file, 'utf8');
    readEnums(text, enums);
    readMembers(text, members);
  }
  const operations = new Map<string, DeclaredOperation>();
  const examples = new Map<string, Set<string>>();
  for (const file of filesIn(join(types, 'commands'), 'Command.d.ts')) {
    const operation = /([^/\\]+)Command\.d\.ts$/.exec(file)?.[1];
    if (operation === undefined) continue;
    const text = readFileSync(file, 'utf8');
    operations.set(operation, readOperation(text, operation));
    readExamples(text, examples);
  }
  return { enums, members, operations, examples };
}

const filesIn = (directory: string, ending: string): string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(directory, name));

function readEnums(text: string, enums: Map<string, readonly string[]>): void {
  for (const [, name, body] of text.matchAll(/^export declare const (\w+): \{\n((?: {4}readonly .*\n)*)\};/gm)) {
    const values = [...(body ?? '').matchAll(/^ {4}readonly .+?: (".*");$/gm)].map(([, value]) =>
      String(JSON.parse(value ?? '""')),
    );
    if (name !== undefined && values.length > 0) enums.set(name, values);
  }
}

/** What stands in a JSDoc comment, as a regular expression. Now and then one of its lines lacks the star. */
const COMMENT_BODY = String.raw`((?:(?!\*\/)[\s\S])*)`;
const FIRST_COMMENT = new RegExp(String.raw`^\/\*\*\n${COMMENT_BODY}\*\/\n`);
const UNION_VARIANT = new RegExp(
  String.raw`^ {4}\/\*\*\n${COMMENT_BODY}\*\/\n {4}interface \w+Member \{\n([\s\S]*?)^ {4}\}`,
  'gm',
);
const DOCUMENTED_FIELD = new RegExp(
  String.raw`^ {4}\/\*\*\n${COMMENT_BODY}\*\/\n {4}(?:readonly )?"?([\w$-]+)"?\??: (.+);$`,
  'gm',
);

/** The lines of a JSDoc comment without their stars. */
const commentText = (body: string): string => body.replace(/^\s*\* ?/gm, '');

/** The description before the first JSDoc tag. An `@` inside the text does not start a line. */
const description = (comment: string): string => comment.split(/^@\w+/m)[0] ?? '';

const isDeprecated = (comment: string): boolean => /^@deprecated/m.test(comment);

function readMembers(text: string, structures: Map<string, Map<string, DeclaredMember>>): void {
  // `interface X {…}` for structures; `namespace X { interface FooMember { Foo: T; Bar?: never } }` for unions.
  for (const [, name, body] of text.matchAll(/^export interface (\w+)(?: extends [^{]+)? \{\n([\s\S]*?)^\}/gm)) {
    if (name !== undefined) structures.set(name, readBody(body ?? ''));
  }
  for (const [, name, body] of text.matchAll(/^export declare namespace (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const union = new Map<string, DeclaredMember>();
    for (const [, comment, fields] of (body ?? '').matchAll(UNION_VARIANT)) {
      const field = /^ {8}"?([\w$-]+)"?: (.+);$/m.exec(fields ?? '');
      if (field?.[1] !== undefined) union.set(field[1], declared(commentText(comment ?? ''), field[2] ?? ''));
    }
    if (name !== undefined) structures.set(name, union);
  }
}

function readBody(body: string): Map<string, DeclaredMember> {
  const members = new Map<string, DeclaredMember>();
  for (const [, comment, name, type] of body.matchAll(DOCUMENTED_FIELD)) {
    if (name !== undefined) members.set(name, declared(commentText(comment ?? ''), type ?? ''));
  }
  return members;
}

const declared = (comment: string, type: string): DeclaredMember => ({
  documentation: description(comment),
  deprecated: isDeprecated(comment),
  leafType: leafType(type),
});

function leafType(type: string): string {
  const bare = type
    .replace(/ \| undefined/g, '')
    .replace(/\[\]/g, '')
    .replace(/[()]/g, '')
    .trim();
  const value = /^(?:Partial<)?Record<[^,]+, (.+?)>+$/.exec(bare)?.[1];
  return value === undefined ? bare : leafType(value);
}

function readOperation(text: string, name: string): DeclaredOperation {
  const start = text.lastIndexOf('/**', text.indexOf(`export declare class ${name}Command `));
  // The only other comment between is the class's own, so the nearest one before the class is the operation's.
  const body = FIRST_COMMENT.exec(text.slice(start))?.[1];
  if (body === undefined) throw new Error(`no documentation comment before the class ${name}Command`);
  const comment = commentText(body);
  return {
    documentation: description(comment),
    deprecated: isDeprecated(comment),
    errors: [...comment.matchAll(/^@throws \{@link (\w+)\}/gm)].map(([, error]) => error ?? ''),
    numberTypes: readNumberTypes(comment),
  };
}

/**
 * The schemas know only "numeric". The skeleton of input and output in each command's first example says
 * `Number("int")`, each structure opening with its name: `{ // DBSnapshot`.
 */
function readNumberTypes(comment: string): Map<string, string> {
  const types = new Map<string, string>();
  const open: string[] = [];
  const skeleton = comment.slice(0, comment.indexOf('\n@param'));
  for (const raw of skeleton.split('\n')) {
    const line = raw.replace(/^\/\/ ?/, '').trim();
    const structure = /[{[] \/\/ (\w+)/.exec(line)?.[1];
    const member = /^"?([\w-]+)"?: /.exec(line)?.[1];
    if (structure !== undefined) open.push(line.includes('{ // ') ? structure : `${open.at(-1) ?? ''}.${member ?? ''}`);
    else if (/^[}\]]/.test(line)) open.pop();
    const number = /Number\("(\w+)"\)/.exec(line)?.[1];
    if (number === undefined || open.length === 0) continue;
    types.set(
      member === undefined || member === 'undefined' ? (open.at(-1) ?? '') : `${open.at(-1)}.${member}`,
      number,
    );
  }
  return types;
}

/** The examples stand after the list of errors; the skeleton before it has placeholders only. */
function readExamples(text: string, examples: Map<string, Set<string>>): void {
  for (const [, member, value] of text
    .slice(text.indexOf('@throws'))
    .matchAll(/^ \* +"?(\w+)"?: +("(?:[^"\\]|\\.)*"),?$/gm)) {
    if (member === undefined || value === undefined) continue;
    examples.set(member, (examples.get(member) ?? new Set()).add(value.slice(1, -1)));
  }
}
