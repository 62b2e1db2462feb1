import type { Member, Operation, ResourceType } from '../../catalog/catalog.ts';

/** How a resource type of an IAM action is named by a member of the call's input. */
export interface ResourceLink {
  readonly member: string;
  /** The variable of the ARN that the member fills, e.g. `SnapshotName`; `undefined` where the member is an ARN itself. */
  readonly variable: string | undefined;
}

const FIXED_VARIABLES = new Set(['Partition', 'Region', 'Account']);
/** Words that say how something is named, not what it is. */
const REFERENCE_WORDS = new Set(['id', 'identifier', 'name', 'arn', 'ids', 'identifiers', 'names', 'arns']);

/**
 * Which member of the input names the resource, for one resource type of an action.
 *
 * AWS publishes no such map on npm, so the words of the ARN's last variable (or of the resource type) are
 * compared with the words of the member: `DBSnapshotIdentifier` ↔ `snapshot:${SnapshotName}`. Nothing is guessed
 * where two members fit alike; the permission is then scoped by resource type only.
 */
export function linkResource(operation: Operation, type: ResourceType, prefix: string): ResourceLink | undefined {
  const variables = variablesOf(type.arn).filter((variable) => !FIXED_VARIABLES.has(variable));
  const variable = variables.at(-1);
  const wanted = [nouns(variable ?? '', prefix), nouns(type.name, prefix)].filter((words) => words.length > 0);
  const fitting = operation.input.members
    .filter(isReference)
    .map((member) => ({
      member,
      score: Math.max(0, ...wanted.map((words) => likeness(nouns(member.name, prefix), words))),
    }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
  const [best, second] = fitting;
  if (best === undefined || best.score === second?.score) return undefined;
  const isArn = words(best.member.name).at(-1)?.startsWith('arn') ?? false;
  return { member: best.member.name, variable: isArn ? undefined : variable };
}

function isReference(member: Member): boolean {
  const { shape } = member;
  const item = shape.kind === 'list' ? shape.item : shape;
  return item.kind === 'scalar' && item.type === 'string' && item.enum === undefined;
}

/** 1 where the words are the same; less where one holds the other; 0 otherwise. */
function likeness(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return 0;
  const common = left.filter((word) => right.includes(word)).length;
  if (common === left.length && common === right.length) return 1;
  return 0;
}

function nouns(name: string, prefix: string): readonly string[] {
  const all = words(name).filter((word) => !REFERENCE_WORDS.has(word));
  const kept = all.filter((word) => word !== 'db' && word !== prefix);
  return kept.length > 0 ? kept : all;
}

/** `DBSnapshotIdentifier` → db, snapshot, identifier. */
function words(name: string): readonly string[] {
  return (name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+/g) ?? []).map((word) => word.toLowerCase());
}

/** The names of the variables in an ARN template, in order. */
export function variablesOf(arn: string): readonly string[] {
  return [...arn.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? '');
}
