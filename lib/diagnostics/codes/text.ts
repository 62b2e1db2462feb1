import type { CodeEntry } from '../code-entry.ts';

/** The text of a workflow and its form. */
export const TEXT_CODES = {
  WF1001: {
    title: 'The file is not valid YAML',
    why: 'A workflow is one YAML 1.2 document without tags and directives. While it cannot be read, nothing else can be checked.',
    mend: 'Follow the hint; most often a quote or bracket is not closed, or a line is indented differently.',
    bad: 'description: "Looks up a database',
    good: 'description: "Looks up a database"',
  },
  WF1002: {
    title: 'A required field is missing',
    why: 'Every field that is required is there because something is made from it: a state machine, a role, or what people find the workflow by.',
    mend: 'Add the field.',
    bad: `steps:
  - id: find
    type: command`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
  },
  WF1003: {
    title: 'Unknown field',
    why: 'A field that nothing reads is a misspelt one, and what it was meant to say would be lost in silence.',
    mend: 'Correct the name, or remove the field.',
    bad: `security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 600
  maximum: 700`,
    good: `security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 600`,
  },
  WF1004: {
    title: 'A field has the wrong type or form',
    why: 'YAML reads 1.0 as a number and yes as a text. A value that is not what it looks like is refused rather than guessed.',
    mend: 'Write the value in the form that the message names; quotes make anything a text.',
    bad: 'version: 1.0',
    good: 'version: "1.0"',
  },
  WF1005: {
    title: 'An expression cannot be parsed',
    why: 'What stands in ${…} is a subset of JSONata. To write ${ itself, double the dollar: $${.',
    mend: 'Correct the expression at the mark.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.}"`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
  },
  WF1006: {
    title: 'An expression uses something that workflows do not allow',
    why: 'Expressions have no clock, no randomness, no variables and no functions of their own, so that the same input always makes the same calls.',
    mend: 'Use the function or root that the hint names, such as ${timestamp} for the start of the run.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBSnapshots
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
      DBSnapshotIdentifier: "nightly-\${$now()}"
security:
  required_permissions: ["rds:DescribeDBSnapshots"]
  max_duration: 600`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBSnapshots
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
      DBSnapshotIdentifier: "nightly-\${timestamp}"
security:
  required_permissions: ["rds:DescribeDBSnapshots"]
  max_duration: 600`,
  },
  WF1007: {
    title: 'A name is used twice',
    why: 'Expressions, dependencies and state names find things by name; with two of one name, one of them would be ignored.',
    mend: 'Give one of them another name, or remove it.',
    bad: `parameters:
  - name: instance_id
    type: string
    required: true
  - name: instance_id
    type: string
    required: true`,
    good: `parameters:
  - name: instance_id
    type: string
    required: true`,
  },
} as const satisfies Record<string, CodeEntry>;
