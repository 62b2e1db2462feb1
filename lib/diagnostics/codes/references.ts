import type { CodeEntry } from '../code-entry.ts';

/** References and the graph of steps. */
export const REFERENCE_CODES = {
  WF2001: {
    title: 'No such step',
    why: 'A dependency on a step that does not exist would never be met.',
    mend: 'Correct the name; the hint lists the steps.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    depends_on: [prepare]`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
  },
  WF2002: {
    title: 'No such parameter',
    why: 'A parameter that is not declared is checked by nothing and given by nobody.',
    mend: 'Correct the name, or declare the parameter.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance}"`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
  },
  WF2003: {
    title: 'Unknown root in an expression',
    why: 'An expression starts with what a run knows: params, steps, execution, timestamp, region, account or partition.',
    mend: 'Start with one of these.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${input.instance_id}"`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
  },
  WF2004: {
    title: 'Steps depend on each other in a circle',
    why: 'Each of them would wait for the others for ever.',
    mend: 'Take one of the dependencies away; reading a step with ${steps.…} is a dependency too.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    depends_on: [find_again]
  - id: find_again
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    depends_on: [find]`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
  - id: find_again
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    depends_on: [find]`,
  },
  WF2005: {
    title: 'The result of this call has no such field',
    why: 'Results are read by the names of the AWS API reference. A name that the result does not have gives nothing at run time, and the next call would be made without it.',
    mend: 'Use the field that the hint names.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
  - id: list_snapshots
    type: command
    action: rds:DescribeDBSnapshots
    parameters:
      DBInstanceIdentifier: "\${steps.find.DBInstances[0].InstanceIdentifier}"
security:
  required_permissions: ["rds:DescribeDBInstances", "rds:DescribeDBSnapshots"]
  max_duration: 600`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
  - id: list_snapshots
    type: command
    action: rds:DescribeDBSnapshots
    parameters:
      DBInstanceIdentifier: "\${steps.find.DBInstances[0].DBInstanceIdentifier}"
security:
  required_permissions: ["rds:DescribeDBInstances", "rds:DescribeDBSnapshots"]
  max_duration: 600`,
  },
  WF2006: {
    title: 'A parameter is never used',
    why: 'Whoever starts the workflow would be asked for something that changes nothing. This is a warning.',
    mend: 'Use it, or remove it.',
    bad: `parameters:
  - name: instance_id
    type: string
    required: true
  - name: colour
    type: string`,
    good: `parameters:
  - name: instance_id
    type: string
    required: true`,
  },
  WF2007: {
    title: 'A step is read that may not have run',
    why: 'A step with when, or with on_error: continue, may leave no result; reading it would fail the run.',
    mend: 'Give the reading step the same when, or read another step.',
    bad: `steps:
  - id: find
    type: command
    when: "\${params.instance_id != 'none'}"
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
  - id: again
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${steps.find.DBInstances[0].DBInstanceIdentifier}"`,
    good: `steps:
  - id: find
    type: command
    when: "\${params.instance_id != 'none'}"
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
  - id: again
    type: command
    when: "\${params.instance_id != 'none'}"
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${steps.find.DBInstances[0].DBInstanceIdentifier}"`,
  },
  WF2008: {
    title: 'A root of an expression does not exist here',
    why: 'The root item is the element that for_each is at; result is what a call gave, and only output, until, fail_when and undo see it.',
    mend: 'Use it where it exists, or read a parameter or a step.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${item}"`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    for_each: "\${[params.instance_id]}"
    parameters:
      DBInstanceIdentifier: "\${item}"`,
  },
} as const satisfies Record<string, CodeEntry>;
