import type { Attributes, ListEdit } from './behaviour.ts';
import { ServiceFault } from './operation-call.ts';

interface Entry {
  readonly group: Attributes;
  readonly list: string;
  readonly item: Attributes;
}

/** The groups of entries with those given added or taken out; throws the service's error for duplicates and for what is not there. */
export function editList(edit: ListEdit, has: unknown, given: unknown, id: string): readonly Attributes[] {
  const before = entriesOf(edit, has);
  const named = entriesOf(edit, given);
  const isSame = (one: Entry, other: Entry): boolean => identityOf(edit, one) === identityOf(edit, other);
  const known = named.filter((entry) => before.some((own) => isSame(own, entry)));
  if (edit.edit === 'add') {
    if (known[0] !== undefined && edit.duplicate !== undefined) throw new ServiceFault(edit.duplicate, id);
    return grouped(edit, [...before, ...named]);
  }
  if (known.length < named.length && edit.missing !== undefined) throw new ServiceFault(edit.missing, id);
  return grouped(
    edit,
    before.filter((own) => !named.some((entry) => isSame(own, entry))),
  );
}

function entriesOf(edit: ListEdit, groups: unknown): readonly Entry[] {
  return ((groups ?? []) as readonly Attributes[]).flatMap((group) =>
    Object.keys(edit.entries).flatMap((list) =>
      ((group[list] ?? []) as readonly Attributes[]).map((item) => ({ group, list, item })),
    ),
  );
}

const keyOf = ({ key }: ListEdit, group: Attributes): string => JSON.stringify(key.map((name) => group[name] ?? null));

const identityOf = (edit: ListEdit, { group, list, item }: Entry): string =>
  JSON.stringify([keyOf(edit, group), list, item[edit.entries[list] ?? ''] ?? null]);

function grouped(edit: ListEdit, entries: readonly Entry[]): readonly Attributes[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(edit, entry.group);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map((of) => ({
    ...Object.fromEntries(
      edit.key.flatMap((name) => (of[0]?.group[name] === undefined ? [] : [[name, of[0].group[name]]])),
    ),
    ...Object.fromEntries(
      Object.keys(edit.entries).map((list) => [
        list,
        of.filter((entry) => entry.list === list).map(({ item }) => item),
      ]),
    ),
  }));
}
