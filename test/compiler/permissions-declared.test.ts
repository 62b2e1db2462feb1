import type { ResolvedCall } from '../../lib/compiler/analyse/analysis.ts';
import { derivePermissions } from '../../lib/compiler/permissions/derive-permissions.ts';
import { catalog } from '../support/compile.ts';

function call(serviceName: string, operationName: string, members: Readonly<Record<string, string>>): ResolvedCall {
  const service = catalog().service(serviceName);
  const operation = service?.operation(operationName);
  if (service === undefined || operation === undefined) throw new Error(`no call ${serviceName}:${operationName}`);
  const values = Object.entries(members).map(([name, value]) => [name, { kind: 'literal', value, path: [] }] as const);
  return { service, operation, members: new Map(values), resolution: { how: 'pinned' } };
}

describe('actions that only may be needed', () => {
  const run = call('ecs', 'RunTask', { cluster: 'main', taskDefinition: 'nightly:3' });

  it('are not granted by themselves', () => {
    expect(derivePermissions('run', run, catalog(), []).map(({ action }) => action)).toEqual(['ecs:RunTask']);
  });

  it('are granted where the author asks for them', () => {
    expect(derivePermissions('run', run, catalog(), [], ['ecs:RunTask', 'iam:passrole', 'iam:CreateUser'])).toEqual([
      {
        action: 'ecs:RunTask',
        resources: ['arn:${Partition}:ecs:${Region}:${Account}:task-definition/nightly:3'],
        reason: 'step run calls ecs:RunTask',
      },
      {
        action: 'iam:PassRole',
        resources: ['arn:${Partition}:iam::${Account}:role/*'],
        reason: 'step run calls ecs:RunTask, which can need it, and the author asks for it',
        condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
  });
});
