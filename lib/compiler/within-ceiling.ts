import type { Catalog, IamAction } from '../catalog/catalog.ts';
import { addsOnly } from './analyse/safety/adds-only.ts';
import type { Permission } from './bytecode.ts';
import { effectOf, grantsToServiceOnly } from './risk.ts';
import type { TierCeiling } from './tiers.ts';

/** What about a permission is above a ceiling, as the end of a sentence about it; `undefined` where nothing is. */
export function aboveCeiling(
  permission: Pick<Permission, 'action' | 'condition'>,
  ceiling: TierCeiling,
  catalog: Catalog,
): 'manages permissions' | 'destroys or interrupts something' | 'can change what is there' | undefined {
  const action = catalog.iamAction(permission.action);
  if (action === undefined) return undefined;
  if (!ceiling.permissionsManagement && isManagement(action, permission)) return 'manages permissions';
  if (!ceiling.destructiveCalls && effectOf(action) === 'destructive') return 'destroys or interrupts something';
  return ceiling.changingCalls || addsOnly(action) ? undefined : 'can change what is there';
}

function isManagement({ accessLevel }: IamAction, permission: Pick<Permission, 'action' | 'condition'>): boolean {
  return accessLevel === 'Permissions management' && !grantsToServiceOnly(permission);
}
