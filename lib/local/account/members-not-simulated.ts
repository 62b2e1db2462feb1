import type { Attributes, OperationBehaviour } from './behaviour.ts';

/** The members of a call that its behaviour does not take into account; to answer it regardless would be to make something up. */
export function membersNotSimulated(does: OperationBehaviour, input: Attributes): readonly string[] {
  const known = used.get(does) ?? membersUsed(does);
  used.set(does, known);
  return Object.keys(input).filter((member) => !known.has(member));
}

/** Behaviours are data that never changes. */
const used = new WeakMap<OperationBehaviour, ReadonlySet<string>>();

/** Members that a behaviour names as such, and those in its templates and conditions. */
export function membersUsed(does: OperationBehaviour): ReadonlySet<string> {
  const inTemplates = [...JSON.stringify(does).matchAll(/\binput\.(\w+)/g)].map(([, name]) => name ?? '');
  return new Set([...(does.ignores ?? []), does.within?.by ?? [], ...inTemplates, ...membersOf(does)].flat());
}

function membersOf(does: OperationBehaviour): readonly string[] {
  switch (does.does) {
    case 'describe':
      return [
        does.by ?? [],
        Object.keys(does.where ?? {}),
        does.filters === undefined ? [] : 'Filters',
        does.page === undefined ? [] : [does.page.size ?? [], does.page.marker].flat(),
      ].flat();
    case 'create':
      return [does.by ?? [], does.from?.by ?? []].flat();
    case 'get':
      return [does.by];
    case 'change':
      return [
        does.by,
        does.keeps ?? [],
        does.defers === undefined ? [] : [...does.defers.members, does.defers.unless],
        does.before?.by ?? [],
      ].flat();
    case 'delete':
      return [does.by, does.before?.by ?? []].flat();
    case 'answer':
      return [];
    case 'listTags':
      return [does.by];
    default:
      return [does.by, does.tags];
  }
}
