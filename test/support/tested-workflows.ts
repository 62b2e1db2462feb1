/** A snapshot that is taken back when what follows fails: a retry, a wait, an inverse and an assertion. */
export const SNAPSHOT = `
name: take_snapshot
version: "1.0"
description: "Snapshots a database"
author: test
parameters:
  - { name: instance_id, type: string, required: true, pattern: "[a-z][a-z-]{0,30}" }
  - { name: count, type: integer, default: 1, min: 1, max: 5 }
steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters: { DBInstanceIdentifier: "\${params.instance_id}" }
  - id: guard
    type: assert
    that: '\${params.count > 0 and steps.find.DBInstances[0].DBInstanceStatus = "available"}'
    message: "It is not available"
  - id: snapshot
    type: command
    depends_on: [guard]
    action: rds:CreateDBSnapshot
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
      DBSnapshotIdentifier: "\${params.instance_id}-\${timestamp}"
    retry: { errors: [throttling], max_attempts: 2 }
    undo:
      action: rds:DeleteDBSnapshot
      parameters: { DBSnapshotIdentifier: "\${result.DBSnapshot.DBSnapshotIdentifier}" }
  - id: available
    type: wait_for
    action: rds:DescribeDBSnapshots
    parameters: { DBSnapshotIdentifier: "\${steps.snapshot.DBSnapshot.DBSnapshotIdentifier}" }
    until: '\${result.DBSnapshots[0].Status = "available"}'
    interval: 30
    max_attempts: 5
security:
  required_permissions:
    ["rds:DescribeDBInstances", "rds:CreateDBSnapshot", "rds:DeleteDBSnapshot", "rds:DescribeDBSnapshots"]
  max_duration: 3600
`;

/** A first step that may fail, and a second one that cannot do without it. */
export const PASSED_OVER = `
name: passed_over
version: "1.0"
description: "Makes a snapshot if it can, then looks for it"
author: test
parameters:
  - { name: instance_id, type: string, required: true }
steps:
  - id: snapshot
    type: command
    action: rds:CreateDBSnapshot
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
      DBSnapshotIdentifier: "\${params.instance_id}-copy"
    on_error: continue
  - id: look
    type: command
    depends_on: [snapshot]
    action: rds:DescribeDBSnapshots
    parameters: { DBSnapshotIdentifier: "\${params.instance_id}-copy" }
security:
  required_permissions: ["rds:CreateDBSnapshot", "rds:DescribeDBSnapshots"]
  max_duration: 3600
`;

/** A snapshot that somebody has to approve. */
export const APPROVED = `
name: approved
version: "1.0"
description: "Snapshots a database when somebody says so"
author: test
parameters:
  - { name: instance_id, type: string, required: true }
steps:
  - id: ask
    type: approval
    message: "Snapshot \${params.instance_id}?"
    timeout: 600
  - id: snapshot
    type: command
    depends_on: [ask]
    action: rds:CreateDBSnapshot
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
      DBSnapshotIdentifier: "\${params.instance_id}-copy"
security:
  required_permissions: ["rds:CreateDBSnapshot"]
  max_duration: 3600
`;

/** A list of volumes, tagged one after the other; the tag is taken off again. */
export const TAGGED = `
name: tagged
version: "1.0"
description: "Tags volumes, then looks at one"
author: test
parameters:
  - { name: volume_ids, type: string_list, required: true, min_length: 1 }
steps:
  - id: tag
    type: command
    action: ec2:CreateTags
    for_each: "\${params.volume_ids}"
    parameters: { Resources: ["\${item}"], Tags: [{ Key: checked, Value: "yes" }] }
    undo:
      action: ec2:DeleteTags
      parameters: { Resources: ["\${item}"], Tags: [{ Key: checked }] }
  - id: look
    type: command
    depends_on: [tag]
    action: ec2:DescribeVolumes
    parameters: { VolumeIds: "\${params.volume_ids}" }
security:
  required_permissions: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:DescribeVolumes"]
  max_duration: 3600
`;

/** Looks at each database of a list. */
export const LISTED = JSON.stringify({
  name: 'listed',
  version: '1.0',
  description: 'Looks at databases',
  author: 'test',
  parameters: [{ name: 'instance_ids', type: 'string_list', required: true }],
  steps: [
    {
      id: 'find',
      type: 'command',
      action: 'rds:DescribeDBInstances',
      for_each: '${params.instance_ids}',
      parameters: { DBInstanceIdentifier: '${item}' },
    },
  ],
  security: { required_permissions: ['rds:DescribeDBInstances'], max_duration: 600 },
});
