import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import type { CallerSettings } from './caller-settings.ts';

/** How the server learns what callers may run. */
export function callerEnvironment({ checkPermissions, tiers }: CallerSettings): Readonly<Record<string, string>> {
  return {
    ...(checkPermissions && { CHECK_CALLER_PERMISSIONS: 'true' }),
    ...(tiers && { CALLER_TIERS: JSON.stringify(Object.fromEntries(tiers.map((rule) => [rule.callers, rule.tiers]))) }),
  };
}

/**
 * What it takes to ask IAM for what a caller may do: simulating is allowed on the user or role that is asked about, and
 * a session's role has to be looked up for its path. Nothing where callers are not checked.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function callerStatements(scope: Construct, { checkPermissions }: CallerSettings): readonly PolicyStatement[] {
  if (!checkPermissions) return [];
  const anyOf = (resource: string) =>
    Stack.of(scope).formatArn({
      service: 'iam',
      region: '',
      resource,
      resourceName: '*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  const [roles, users] = [anyOf('role'), anyOf('user')];
  for (const arn of [roles, users]) {
    acknowledgeWildcard(scope, arn, 'Any user and role of the account may call; it only reads what they may do.');
  }
  return [
    new PolicyStatement({
      sid: 'AskWhatCallersMayDo',
      actions: ['iam:SimulatePrincipalPolicy'],
      resources: [roles, users],
    }),
    new PolicyStatement({ sid: 'FindRolesOfSessions', actions: ['iam:GetRole'], resources: [roles] }),
  ];
}
