import type { CallerPermissions } from '../../lib/engine/caller-permissions.ts';

/** Callers who hold these actions on everything; of any other caller nothing is known. */
export function heldPermissions(held: Readonly<Record<string, readonly string[]>>): CallerPermissions {
  return {
    async missingPermissions(principal, { required_permissions: needed }) {
      const own = held[principal];
      return own && needed.filter((action) => !own.includes(action));
    },
  };
}
