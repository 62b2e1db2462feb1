import type { PlanEntry } from '../compiler/bytecode.ts';

/** The order of a plan as a tree: what runs one after the other, and what runs side by side. */
export type Block =
  | { readonly kind: 'step'; readonly entry: PlanEntry }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  | { readonly kind: 'parallel'; readonly blocks: readonly Block[] };

/**
 * A plan as a tree. Steps that nothing orders run side by side; steps that can be undone do not, so that a failure
 * finds each of them either done or not begun. Where the graph is not a tree of the two kinds, its first steps are
 * waited for together.
 */
export function toFlow(plan: readonly PlanEntry[]): Block {
  const ancestors = new Map<string, ReadonlySet<string>>();
  for (const { step_id: id, depends_on: needs } of plan) {
    ancestors.set(id, new Set(needs.flatMap((need) => [need, ...(ancestors.get(need) ?? [])])));
  }
  return blockOf(plan, (earlier, later) => ancestors.get(later.step_id)?.has(earlier.step_id) ?? false);
}

type Before = (earlier: PlanEntry, later: PlanEntry) => boolean;

function blockOf(entries: readonly PlanEntry[], before: Before): Block {
  const [only] = entries;
  if (only === undefined) throw new Error('A workflow without steps passed the compiler');
  if (entries.length === 1) return { kind: 'step', entry: only };
  const parts = unrelatedParts(entries, before);
  if (parts.length === 1) return sequence(inOrder(entries, before).map((part) => blockOf(part, before)));
  const blocks = parts.map((part) => blockOf(part, before));
  const asserts = blocks.filter(isAssert);
  const others = blocks.filter((block) => !isAssert(block));
  const isUndoable = entries.some(({ undo }) => undo !== undefined);
  if (isUndoable || others.length < 2) return sequence([...asserts, ...others]);
  return sequence([...asserts, { kind: 'parallel', blocks: others }]);
}

/** It takes no time: run before what it would run beside, it stops the run before anything is begun. */
function isAssert(block: Block): boolean {
  return block.kind === 'step' && block.entry.type === 'assert';
}

function sequence(blocks: readonly Block[]): Block {
  const [only] = blocks;
  if (only !== undefined && blocks.length === 1) return only;
  return { kind: 'sequence', blocks: blocks.flatMap((block) => (block.kind === 'sequence' ? block.blocks : [block])) };
}

/** Groups of entries with no order between one group and another, in the order of their first entries. */
function unrelatedParts(entries: readonly PlanEntry[], before: Before): readonly (readonly PlanEntry[])[] {
  let parts: PlanEntry[][] = [];
  for (const entry of entries) {
    const related = parts.filter((part) => part.some((other) => before(other, entry) || before(entry, other)));
    const merged = entries.filter((one) => one === entry || related.some((part) => part.includes(one)));
    parts = [...parts.filter((part) => !related.includes(part)), merged];
  }
  return parts.sort((a, b) => entries.indexOf(a[0] as PlanEntry) - entries.indexOf(b[0] as PlanEntry));
}

/** Splits entries that hang together where one stands between all before it and all behind it. */
function inOrder(entries: readonly PlanEntry[], before: Before): readonly (readonly PlanEntry[])[] {
  const cuts = entries.filter((one) =>
    entries.every((other) => other === one || before(other, one) || before(one, other)),
  );
  if (cuts.length === 0) {
    const first = entries.filter((one) => !entries.some((other) => before(other, one)));
    return [first, entries.filter((one) => !first.includes(one))];
  }
  const groups: PlanEntry[][] = [];
  let rest = entries;
  for (const cut of cuts) {
    groups.push(
      rest.filter((one) => before(one, cut)),
      [cut],
    );
    rest = rest.filter((one) => before(cut, one));
  }
  return [...groups, [...rest]].filter((group) => group.length > 0);
}
