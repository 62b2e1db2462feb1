import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { conditionsHold } from '../iam/evaluate-condition.ts';
import type { IdentityPolicy } from '../iam/evaluate-policy.ts';

const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const values = z.union([z.string(), z.number(), z.boolean()]);

const statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Condition: z.record(z.string(), z.record(z.string(), z.union([values, z.array(values)]))).optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), 'needs Action or NotAction')
  .refine(
    ({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined),
    'needs Resource or NotResource',
  );

/** An identity-based policy: it has no Principal. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const POLICY = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.preprocess((one) => (Array.isArray(one) ? one : [one]), z.array(statement)),
});

/** The IAM policy in a file, or what is wrong with the file. */
export function readPolicy(file: string): IdentityPolicy | string {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    return `${file} is not an IAM policy: ${problem}: ${(error as Error).message}`;
  }
  const checked = POLICY.safeParse(data);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return `${file} is not an IAM policy: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? ''}`;
  }
  const policy = checked.data as IdentityPolicy;
  const unknown = unknownOperator(policy);
  return unknown === undefined ? policy : `${file} is not an IAM policy: ${unknown}`;
}

/** An operator that does not exist is found now, not when a condition is first looked at. */
function unknownOperator(policy: IdentityPolicy): string | undefined {
  for (const { Condition = {} } of [policy.Statement].flat()) {
    for (const [operator, keys] of Object.entries(Condition)) {
      try {
        conditionsHold({ [operator]: keys }, {}, () => undefined);
      } catch (error) {
        return (error as Error).message;
      }
    }
  }
  return undefined;
}
