import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Answers cdk-nag's finding IAM5 for one wildcard resource, and for no other.
 * @param resource the ARN as the policy has it, tokens included
 */
export function acknowledgeWildcard(scope: Construct, resource: string, reason: string): void {
  const shown = show(Stack.of(scope).resolve(resource));
  Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${shown}]`, reason });
}

/** As cdk-nag prints what CloudFormation fills in at deployment: `<AWS::Region>`, `<Bucket.Arn>`. */
function show(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = []] = Object.entries(value as Readonly<Record<string, unknown>>);
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as readonly string[]).join('.')}>`;
  if (name === 'Fn::Join') {
    const [delimiter, parts] = argument as readonly [string, readonly unknown[]];
    return parts.map(show).join(delimiter);
  }
  throw new Error(`An ARN is not made with ${name}`);
}
