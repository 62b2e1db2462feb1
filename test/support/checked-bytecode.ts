import type { Bytecode, Effect, PlanEntry } from '../../lib/compiler/bytecode.ts';
import { checksumOf } from '../../lib/compiler/checksum.ts';

type Content = Omit<Bytecode, 'checksum'>;

/** A bytecode with its true checksum: every reader takes it. `change` gets the seed sample's content to start from. */
export function checkedBytecode(change: (content: Content) => Content = (content) => content): Bytecode {
  const content = change(SEED);
  return { ...content, checksum: checksumOf(content) };
}

/** The same, with one step that only reads. */
export function readOnlyBytecode(): Bytecode {
  return checkedBytecode((content) => ({
    ...content,
    workflow_id: 'rds_inspect',
    metadata: { ...content.metadata, name: 'rds_inspect', summary: 'Reads only: rds:DescribeDBInstances.' },
    execution_plan: content.execution_plan.slice(0, 1).map((entry) => ({ ...entry, next_step: null })),
    required_permissions: ['rds:DescribeDBInstances'],
    security: { ...content.security, risk_score: 0.75, effect: 'read' },
  }));
}

const INSTANCE = { kind: 'expression', source: '${params.instance_id}', jsonata: '$params.instance_id' } as const;
const SNAPSHOT = {
  kind: 'expression',
  source: '${params.instance_id}-poc-${timestamp}',
  jsonata: "$params.instance_id & '-poc-' & $timestamp",
} as const;

interface StepOptions {
  readonly id: string;
  readonly operation: string;
  readonly effect: Effect;
  readonly needs: readonly string[];
  readonly next: string | null;
}

function step({ id, operation, effect, needs, next }: StepOptions): PlanEntry {
  const snapshot = effect === 'write';
  return {
    step_id: id,
    type: 'aws_command',
    intent: `words of the author about ${id}`,
    context: { service: 'rds', instance_id: '${params.instance_id}' },
    depends_on: needs,
    next_step: next,
    call: {
      service: 'rds',
      operation,
      state_machine_service: 'rds',
      state_machine_action: `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`,
      arguments: { DBInstanceIdentifier: INSTANCE, ...(snapshot && { DBSnapshotIdentifier: SNAPSHOT }) },
      state_machine_arguments: { DbInstanceIdentifier: INSTANCE, ...(snapshot && { DbSnapshotIdentifier: SNAPSHOT }) },
      permissions: [
        {
          action: `rds:${operation}`,
          resources: ['arn:${Partition}:rds:${Region}:${Account}:db:*'],
          reason: `Step ${id} calls rds:${operation}`,
        },
      ],
      effect,
      cli: `aws rds ${operation} --db-instance-identifier \${params.instance_id}`,
    },
    resolution: { how: 'matched', score: 0.93, margin: 0.4, runner_up: null },
    result_used: false,
  };
}

const SEED: Content = {
  version: '1.0',
  format: 'aws-mcp-bytecode',
  workflow_id: 'rds_backup_simple',
  metadata: {
    name: 'rds_backup_simple',
    version: '1.0',
    description: 'Create RDS snapshot with basic validation',
    author: 'poc-demo',
    tier: 'community',
    tags: [],
    use_cases: [],
    summary: 'Changes AWS: rds:DescribeDBInstances, then rds:CreateDBSnapshot.',
    services: ['rds'],
  },
  parameters: [
    {
      name: 'instance_id',
      type: 'string',
      required: true,
      patterns: [
        { pattern: '^[A-Za-z][A-Za-z0-9-]*$', description: 'letters, digits and hyphens, first a letter' },
        { pattern: '^(?!.*--)(?!.*-$).*$', description: 'no two hyphens in a row, none at the end' },
      ],
      min_length: 1,
      max_length: 63,
    },
  ],
  execution_plan: [
    step({
      id: 'validate_instance',
      operation: 'DescribeDBInstances',
      effect: 'read',
      needs: [],
      next: 'create_snapshot',
    }),
    step({
      id: 'create_snapshot',
      operation: 'CreateDBSnapshot',
      effect: 'write',
      needs: ['validate_instance'],
      next: null,
    }),
  ],
  required_permissions: ['rds:CreateDBSnapshot', 'rds:DescribeDBInstances'],
  security: { risk_score: 2.5, risk_reasons: ['rds:CreateDBSnapshot writes'], max_duration: 600, effect: 'write' },
};
