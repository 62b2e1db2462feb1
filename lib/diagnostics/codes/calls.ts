import { type CodeEntry, EXAMPLE_OTHER } from '../code-entry.ts';

const FOUND = `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`;

/** Draws in the other workflow of an example. */
const DRAWN = `steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters:
      instance_id: "\${params.instance_id}"`;

/** AWS calls, what they take, and how words become one. */
export const CALL_CODES = {
  WF3001: {
    title: 'No such service',
    why: 'A step calls a service of the catalog, by its own name, its AWS CLI name or its IAM prefix.',
    mend: 'Use the name that the hint gives.',
    bad: `steps:
  - id: find
    type: command
    action: rdss:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
    good: FOUND,
  },
  WF3002: {
    title: 'No such operation',
    why: 'A pinned action is the exact name of an operation in the API reference of the service.',
    mend: 'Use the name that the hint gives.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstance
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
    good: FOUND,
  },
  WF3003: {
    title: 'The intent does not name one operation clearly',
    why: 'The build takes a call only where the words can mean nothing else; a guess would one day make the wrong call in somebody’s account.',
    mend: 'Say it more precisely, beginning with a verb, or pin the call with the action that the hint gives.',
    bad: `steps:
  - id: find
    type: command
    intent: "take care of the database"
    context:
      service: rds
      instance_id: "\${params.instance_id}"`,
    good: `steps:
  - id: find
    type: command
    intent: "describe the RDS instance"
    context:
      service: rds
      instance_id: "\${params.instance_id}"`,
  },
  WF3004: {
    title: 'A context key fits no member of the call',
    why: 'A value that goes nowhere would be left out of the call in silence.',
    mend: 'Name the key after the member that is meant, or pin the call.',
    bad: `steps:
  - id: find
    type: command
    intent: "describe the RDS instance"
    context:
      service: rds
      colour: "\${params.instance_id}"`,
    good: `steps:
  - id: find
    type: command
    intent: "describe the RDS instance"
    context:
      service: rds
      instance_id: "\${params.instance_id}"`,
  },
  WF3005: {
    title: 'A context key fits several members of the call',
    why: 'Source and target, or name and id, are easily mixed up; the build does not choose between them.',
    mend: 'Name the key after the one member that is meant, or pin the call.',
    bad: `parameters:
  - name: snapshot_id
    type: string
steps:
  - id: copy
    type: command
    intent: "copy DB snapshot"
    context:
      service: rds
      snapshot_id: "\${params.snapshot_id}"
security:
  required_permissions: ["rds:CopyDBSnapshot"]
  max_duration: 600`,
    good: `parameters:
  - name: snapshot_id
    type: string
steps:
  - id: copy
    type: command
    intent: "copy DB snapshot"
    context:
      service: rds
      source_snapshot_id: "\${params.snapshot_id}"
      target_snapshot_id: "copy-\${timestamp}"
security:
  required_permissions: ["rds:CopyDBSnapshot"]
  max_duration: 600`,
  },
  WF3006: {
    title: 'The call lacks a required member',
    why: 'AWS would refuse the call at run time, after the steps before it have changed something.',
    mend: 'Add the member that the message names.',
    bad: `steps:
  - id: find
    type: command
    action: rds:ListTagsForResource
security:
  required_permissions: ["rds:ListTagsForResource"]
  max_duration: 600`,
    good: `steps:
  - id: find
    type: command
    action: rds:ListTagsForResource
    parameters:
      ResourceName: "arn:\${partition}:rds:\${region}:\${account}:db:\${params.instance_id}"
security:
  required_permissions: ["rds:ListTagsForResource"]
  max_duration: 600`,
  },
  WF3007: {
    title: 'A value has the wrong type',
    why: 'Step Functions sends values as they are; AWS refuses a text where it takes a number.',
    mend: 'Give the value in the type that the message names.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
      MaxRecords: "20"`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
      MaxRecords: 20`,
  },
  WF3008: {
    title: 'No such member',
    why: 'Members have the names of the API reference. A misspelt one would be refused by AWS, or ignored.',
    mend: 'Use the name that the hint gives.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      InstanceIdentifier: "\${params.instance_id}"`,
    good: FOUND,
  },
  WF3009: {
    title: 'A value is not one of those allowed',
    why: 'The API lists the values of this member.',
    mend: 'Use one of the values that the hint lists.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeEvents
    parameters:
      SourceIdentifier: "\${params.instance_id}"
      SourceType: "instance"
security:
  required_permissions: ["rds:DescribeEvents"]
  max_duration: 600`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeEvents
    parameters:
      SourceIdentifier: "\${params.instance_id}"
      SourceType: "db-instance"
security:
  required_permissions: ["rds:DescribeEvents"]
  max_duration: 600`,
  },
  WF3010: {
    title: 'Step Functions cannot make this call',
    why: 'Calls that answer with a stream, and a few others, are not offered by the AWS SDK integrations of Step Functions.',
    mend: 'Use another operation.',
    bad: `steps:
  - id: find
    type: command
    action: cloudwatch-logs:StartLiveTail
    parameters:
      logGroupIdentifiers: ["\${params.instance_id}"]
security:
  required_permissions: ["logs:StartLiveTail"]
  max_duration: 600`,
    good: `steps:
  - id: find
    type: command
    action: cloudwatch-logs:FilterLogEvents
    parameters:
      logGroupName: "\${params.instance_id}"
security:
  required_permissions: ["logs:FilterLogEvents"]
  max_duration: 600`,
  },
  WF3011: {
    title: 'The IAM action of this call is not known',
    why: 'Without it the role cannot be derived, and a run would fail with AccessDenied.',
    mend: 'Use another operation.',
    bad: `parameters: []
steps:
  - id: find
    type: command
    action: rds:DescribeServerlessV2PlatformVersions`,
    good: FOUND,
  },
  WF3012: {
    title: 'A default or literal value breaks the rules for it',
    why: 'AWS documents what identifiers look like; a value that breaks it makes every run fail.',
    mend: 'Write a value that the hint describes.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "my_database"
parameters: []`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "my-database"
parameters: []`,
  },
  WF3013: {
    title: 'The intent resolves to another call than the lock file says',
    why: 'A new version of the catalog or of the dictionary must not change what a workflow does unnoticed. registry/workflows.lock.json holds what was decided.',
    mend: 'Pin the call, or take the new decision on purpose with workflow compile --update-lock.',
    bad: '<an intent for which registry/workflows.lock.json names another operation>',
    good: FOUND,
    raisedBy: 'test/cli/compile.test.ts',
  },
  WF3014: {
    title: 'IAM actions are stated for a call whose actions are known',
    why: 'What an author states is not proven. It is only taken for the few calls whose IAM actions nobody has published.',
    mend: 'Remove the field iam_actions.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    iam_actions: ["rds:DescribeDBInstances"]`,
    good: FOUND,
  },
  WF3015: {
    title: 'No such waiter',
    why: 'A wait names a waiter of the AWS SDKs as service:Waiter; it says what is polled and what ends the wait.',
    mend: 'Use the name that the hint gives, or write the call with until.',
    bad: `steps:
  - id: find
    type: wait_for
    waiter: rds:DBInstanceReady
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
    good: `steps:
  - id: find
    type: wait_for
    waiter: rds:DBInstanceAvailable
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
  },
  WF3016: {
    title: 'Two things a step says do not go together',
    why: 'Some fields of a step exclude each other, because together they would promise what no run can keep.',
    mend: 'Leave out one of the two.',
    bad: `steps:
  - id: ask
    type: approval
    message: "Look up \${params.instance_id}?"
    timeout: 300
    on_error: continue
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    depends_on: [ask]`,
    good: `steps:
  - id: ask
    type: approval
    message: "Look up \${params.instance_id}?"
    timeout: 300
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    depends_on: [ask]`,
  },
  WF3017: {
    title: 'What another workflow is given does not fit its parameters',
    why: 'The rules on the parameters of the other workflow hold for whoever draws it in: a fixed value is checked when this workflow is built, a parameter takes over the rules, and a value that is known in a run only is checked in it.',
    mend: 'Give each parameter that is needed a value of its type that obeys its rules.',
    bad: `steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters:
      instance_id: "Orders"`,
    good: DRAWN,
    other: EXAMPLE_OTHER,
  },
  WF3018: {
    title: 'Another workflow is not the one of the lock file',
    why: 'What a workflow does must not change because another one did. registry/workflows.lock.json holds the version and the checksum of what was put in place.',
    mend: 'See what is new in the other workflow, then take it on purpose with workflow compile --update-lock.',
    bad: '<a workflow step whose workflow has changed since the lock file was written>',
    good: DRAWN,
    other: EXAMPLE_OTHER,
    raisedBy: 'test/registry/nested-workflows.test.ts',
  },
  WF3019: {
    title: 'What is only begun is used as if it were finished',
    why: 'Many calls answer when AWS has begun: the snapshot is being made, the instance is starting. A step that goes on with it is refused by the API or meets it half-way, and its status in that answer is the one at the beginning. This is a warning.',
    mend: 'Put a step of type wait_for in between; the hint names the waiter.',
    bad: `steps:
  - id: stop
    type: command
    action: rds:StopDBInstance
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    undo:
      action: rds:StartDBInstance
      parameters:
        DBInstanceIdentifier: "\${params.instance_id}"
outputs:
  status: "\${steps.stop.DBInstance.DBInstanceStatus}"
security:
  required_permissions: ["rds:StopDBInstance", "rds:StartDBInstance"]
  max_duration: 600`,
    good: `steps:
  - id: stop
    type: command
    action: rds:StopDBInstance
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    undo:
      action: rds:StartDBInstance
      parameters:
        DBInstanceIdentifier: "\${params.instance_id}"
  - id: stopped
    type: wait_for
    depends_on: [stop]
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
    until: "\${result.DBInstances[0].DBInstanceStatus = 'stopped'}"
outputs:
  status: "\${steps.stopped.DBInstances[0].DBInstanceStatus}"
security:
  required_permissions: ["rds:StopDBInstance", "rds:StartDBInstance", "rds:DescribeDBInstances"]
  max_duration: 1200`,
    tier: 'enterprise',
  },
} as const satisfies Record<string, CodeEntry>;
