import { createSimulatedAccount } from '../../lib/local/account/simulated-account.ts';
import { createVirtualClock } from '../../lib/local/clock.ts';
import { findHappyCase, type HappyCase } from '../../lib/local/find-happy-case.ts';
import { createCaseRunner } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { SNAPSHOT } from '../support/tested-workflows.ts';

function find(text: string): Promise<HappyCase> {
  const bytecode = bytecodeOf(text, 'enterprise');
  const { planted } = createSimulatedAccount({ catalog: catalog(), clock: createVirtualClock() });
  return findHappyCase(bytecode, planted, createCaseRunner(bytecode, catalog()));
}

describe('findHappyCase', () => {
  it('takes names of resources from the account, and leaves the rest at its default', async () => {
    expect(await find(SNAPSHOT)).toMatchObject({
      found: true,
      case: { parameters: { instance_id: 'demo-database', count: 1 } },
      run: { execution: { status: 'SUCCEEDED' } },
    });
  });

  it('tries the other resources where the likeliest does not do', async () => {
    const stopped = SNAPSHOT.replace('DBInstanceStatus = "available"', 'DBInstanceStatus = "stopped"');
    expect(await find(stopped)).toMatchObject({
      found: true,
      case: { parameters: { instance_id: 'reports-staging' } },
    });
  });

  it('says how near it came where nothing in the account fits', async () => {
    const found = await find(SNAPSHOT.replace('DBInstanceStatus = "available"', 'DBInstanceStatus = "upgrading"'));
    expect(found).toMatchObject({
      found: false,
      why: 'with {"instance_id":"demo-database","count":1} it ends at guard with Workflow.AssertionFailed: It is not available; a test file has to give parameters that do, and a world where they need one',
    });
  });

  it('says which parameter it knows no value for', async () => {
    const found = await find(SNAPSHOT.replace('"[a-z][a-z-]{0,30}"', '"Q[0-9]{7}Z"'));
    expect(found).toEqual({
      found: false,
      runs: 0,
      why: 'no value is known that fits instance_id; a test file has to give one',
    });
  });
});
