import type { Branch } from '../branch.ts';

const WITH_ABORTED_EVENT: ReadonlySet<string> = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/**
 * The event of a state that a failure leaves behind half done, in the failing branch as in those cut off; it hangs
 * on the failure (`parent.last`), which what follows hangs on as well. Other states take no time and have no such event.
 */
export function abortOpenState(parent: Branch, child: Branch): void {
  if (child.open === undefined || !WITH_ABORTED_EVENT.has(child.open.type)) return;
  parent.machine.history.append(`${child.open.type}StateAborted`, parent.last);
}
