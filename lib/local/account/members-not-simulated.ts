import type { Attributes, OperationBehaviour } from './behaviour.ts';

/** The members of a call that its behaviour does not take into account; to answer it regardless would be to make something up. */
export function membersNotSimulated(does: OperationBehaviour, input: Attributes): readonly string[] {
  const known = new Set([does.by, ...(does.ignores ?? []), ...membersOf(does)]);
  return Object.keys(input).filter((member) => !known.has(member));
}

function membersOf(does: OperationBehaviour): readonly string[] {
  switch (does.does) {
    case 'describe':
      return [
        ...Object.keys(does.where ?? {}),
        ...(does.filters === undefined ? [] : ['Filters']),
        does.page.size,
        does.page.marker,
      ];
    case 'create':
      return does.from === undefined ? [] : [does.from.by];
    case 'change':
      return [
        ...(does.keeps ?? []),
        ...(does.defers === undefined ? [] : [...does.defers.members, does.defers.unless]),
        does.before?.by ?? [],
      ].flat();
    case 'delete':
      return [does.before?.by ?? []].flat();
    default:
      return [does.tags];
  }
}
