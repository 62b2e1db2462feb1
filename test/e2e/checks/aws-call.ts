import { SFNClient, TestStateCommand } from '@aws-sdk/client-sfn';

/** Any role will do: the emulator makes the calls of a state as the account's root. */
const ROLE = 'arn:aws:iam::000000000000:role/test';

/**
 * Makes one AWS call as Step Functions does, by trying a state that holds nothing else: any service, without a client
 * of its own. Names are spelled as Step Functions spells them.
 * @throws Error with AWS's error and cause
 */
export async function awsCall(call: string, args: object): Promise<Readonly<Record<string, unknown>>> {
  const definition = {
    Type: 'Task',
    Resource: `arn:aws:states:::aws-sdk:${call}`,
    Parameters: args,
    End: true,
  };
  const { status, output, error, cause } = await new SFNClient({ disableHostPrefix: true }).send(
    new TestStateCommand({ definition: JSON.stringify(definition), roleArn: ROLE, input: '{}' }),
  );
  if (status !== 'SUCCEEDED') throw new Error(`${call}: ${error ?? status}: ${cause ?? ''}`);
  return JSON.parse(output ?? '{}') as Record<string, unknown>;
}
