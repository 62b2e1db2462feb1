import { type CodeEntry, EXAMPLE_OTHER } from '../code-entry.ts';

/** Draws in the other workflow of an example. */
const DRAWN = `steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters:
      instance_id: "\${params.instance_id}"`;

/** What a file may cost to read. */
export const LIMIT_CODES = {
  WF5001: {
    title: 'The file is too large',
    why: 'A workflow of 300 steps has about 60 KiB; more than 256 KiB is no workflow.',
    mend: 'Split it into several workflows.',
    bad: '<a file of more than 256 KiB>',
    good: 'description: "Looks up a database"',
    raisedBy: 'test/language/parse-workflow.test.ts',
  },
  WF5002: {
    title: 'YAML aliases expand too far',
    why: 'Aliases of aliases grow without limit: ten lines of them can fill any memory.',
    mend: 'Write the values out.',
    bad: `description: &text "Looks up a database"
tags: &tags [*tags]`,
    good: `description: &text "Looks up a database"
tags: ["rds"]`,
  },
  WF5003: {
    title: 'The workflow is too large',
    why: 'Step Functions takes a definition of 1 MB and 25,000 events a run; lists and nesting are limited far below that.',
    mend: 'Split it into several workflows, or make it flatter.',
    bad: '<more than 500 steps, 100 parameters or 20,000 values, or 64 levels of nesting>',
    good: 'description: "Looks up a database"',
    raisedBy: 'test/language/parse-workflow.test.ts',
  },
  WF5005: {
    title: 'An answer may take longer than the run',
    why: 'A run is stopped after max_duration, and nothing is undone then: a question that outlasts the run would leave it half done. An approval waits a day where it has no timeout.',
    mend: 'Raise max_duration, which counts the time for answers too, or give the approval a shorter timeout.',
    bad: `steps:
  - id: ask
    type: approval
    message: "Look at \${params.instance_id}?"
  - id: find
    type: command
    depends_on: [ask]
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
    good: `steps:
  - id: ask
    type: approval
    message: "Look at \${params.instance_id}?"
    timeout: 300
  - id: find
    type: command
    depends_on: [ask]
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
  },
  WF5006: {
    title: 'Too many workflows stand in one another',
    why: 'Nobody can tell any more what runs where five workflows stand in one another.',
    mend: 'Write the steps of one of them out.',
    bad: '<a workflow step whose workflow goes five deep already>',
    good: DRAWN,
    other: EXAMPLE_OTHER,
    raisedBy: 'test/compiler/flatten/flatten-workflow.test.ts',
  },
  WF5007: {
    title: 'The waits may look too often for one run',
    why: 'Step Functions ends a run at its 25,000th event, and nothing is undone then. Each look of a wait is nine of them.',
    mend: 'Raise the interval of the waits, and lower their max_attempts.',
    tier: 'enterprise',
    bad: `steps:
  - id: first
    type: wait_for
    waiter: rds:DBInstanceAvailable
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    interval: 2
    max_attempts: 1000
  - id: second
    type: wait_for
    depends_on: [first]
    waiter: rds:DBInstanceAvailable
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    interval: 2
    max_attempts: 1000
  - id: third
    type: wait_for
    depends_on: [second]
    waiter: rds:DBInstanceAvailable
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    interval: 2
    max_attempts: 1000
security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 14400`,
    good: `steps:
  - id: first
    type: wait_for
    waiter: rds:DBInstanceAvailable
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    interval: 30
    max_attempts: 100
  - id: second
    type: wait_for
    depends_on: [first]
    waiter: rds:DBInstanceAvailable
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    interval: 30
    max_attempts: 100
  - id: third
    type: wait_for
    depends_on: [second]
    waiter: rds:DBInstanceAvailable
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    interval: 30
    max_attempts: 100
security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 14400`,
  },
  WF5008: {
    title: 'Every run pauses for longer than it may take',
    why: 'A run is stopped after max_duration, and nothing is undone then: with pauses that are longer, none can succeed.',
    mend: 'Raise max_duration, or pause for less.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
  - id: settle
    type: sleep
    depends_on: [find]
    seconds: 600
security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 600`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
  - id: settle
    type: sleep
    depends_on: [find]
    seconds: 60
security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 600`,
  },
  WF5009: {
    title: 'No input of a run can be large enough',
    why: 'Step Functions takes an input of 256 KiB. Where the parameters have to be longer than that together, no run can be started.',
    mend: 'Lower the min_length of the parameters, or pass the name of an object in S3 in place of its content.',
    bad: `parameters:
  - name: instance_id
    type: string
    required: true
  - name: report
    type: string
    required: true
    min_length: 300000
steps:
  - id: tell
    type: command
    action: sns:Publish
    parameters:
      TopicArn: "arn:\${partition}:sns:\${region}:\${account}:\${params.instance_id}"
      Message: "\${params.report}"
security:
  required_permissions: ["sns:Publish"]
  max_duration: 600`,
    good: `parameters:
  - name: instance_id
    type: string
    required: true
  - name: report
    type: string
    required: true
    min_length: 3
steps:
  - id: tell
    type: command
    action: sns:Publish
    parameters:
      TopicArn: "arn:\${partition}:sns:\${region}:\${account}:\${params.instance_id}"
      Message: "\${params.report}"
security:
  required_permissions: ["sns:Publish"]
  max_duration: 600`,
  },
} as const satisfies Record<string, CodeEntry>;
