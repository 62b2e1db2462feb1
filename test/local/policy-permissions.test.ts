import { join } from 'node:path';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { createPolicyPermissions } from '../../lib/local/policy-permissions.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { checkedBytecode } from '../support/checked-bytecode.ts';

const REGISTRY = join(__dirname, '../../registry');
const PLACE = { partition: 'aws', region: 'us-east-1', account: '123456789012' };

it.each([
  [[], ['rds:CreateDBSnapshot', 'rds:DescribeDBInstances']],
  [[{ Effect: 'Allow', Action: 'rds:Describe*', Resource: '*' }], ['rds:CreateDBSnapshot']],
  [[{ Effect: 'Allow', Action: 'rds:*', Resource: 'arn:aws:rds:us-east-1:123456789012:db:*' }], []],
] as const)('says what %j lacks', async (Statement, missing) => {
  const permissions = createPolicyPermissions({ Version: '2012-10-17', Statement }, PLACE);
  expect(await permissions.missingPermissions('anyone', checkedBytecode())).toEqual(missing);
});

describe.each(
  compileRegistry(REGISTRY, loadCatalog()).bytecodes.map((bytecode) => [bytecode.workflow_id, bytecode] as const),
)('the role of %s', (_id, bytecode) => {
  // What a role is refused is about names that a run might come up with, and not about who starts it.
  const own = toPolicy(bytecode, PLACE).Statement.filter(({ Effect }) => Effect === 'Allow');
  const lackedBy = (Statement: typeof own) =>
    createPolicyPermissions({ Version: '2012-10-17', Statement }, PLACE).missingPermissions('anyone', bytecode);

  it('is enough to run it', async () => {
    expect(await lackedBy(own)).toEqual([]);
  });

  it('is not enough without any one of its actions', async () => {
    for (const action of bytecode.required_permissions) {
      expect(await lackedBy(own.filter(({ Action }) => Action !== action))).toEqual([action]);
    }
  });
});
