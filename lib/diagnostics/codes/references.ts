import { type CodeEntry, EXAMPLE_OTHER } from '../code-entry.ts';

/** Draws in the other workflow of an example. */
const DRAWN = `steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters:
      instance_id: "\${params.instance_id}"`;

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
    why: 'A step with when, or with on_error: continue, may leave no result; what is read from it may be nothing.',
    mend: 'Ask first, as in $exists(steps.find) ? steps.find.DBInstances[0].DBInstanceStatus : "unknown", give the reading step the same when, or read another step.',
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
  WF2009: {
    title: 'An optional parameter is read that may not be given',
    why: 'A parameter with required: false and no default is not there in every run. An argument of a call that is exactly the parameter is left out with it; anything else would be made from nothing.',
    mend: 'Ask first, as in $exists(params.suffix) ? params.suffix : "none", or in the when of the step; or give the parameter a default.',
    bad: `parameters:
  - name: instance_id
    type: string
    required: true
  - name: suffix
    type: string
    required: false
steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}-\${params.suffix}"`,
    good: `parameters:
  - name: instance_id
    type: string
    required: true
  - name: suffix
    type: string
    required: false
steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${$exists(params.suffix) ? params.instance_id & '-' & params.suffix : params.instance_id}"`,
  },
  WF2010: {
    title: 'Workflows stand in each other in a circle',
    why: 'Each of them would have to be put in place inside of the other, without an end. The message names the workflows on the way.',
    mend: 'Write the steps of one of them out in the other.',
    bad: `steps:
  - id: look
    type: workflow
    workflow: look_at_database
    parameters:
      instance_id: "\${params.instance_id}"`,
    good: `description: "Looks up a database"`,
  },
  WF2011: {
    title: 'The other workflow has errors of its own',
    why: 'Its steps can be put in place only where it can be compiled.',
    mend: 'Mend the other workflow first.',
    bad: '<a workflow step that names a workflow with an error>',
    good: DRAWN,
    other: EXAMPLE_OTHER,
    raisedBy: 'test/compiler/flatten/flatten-workflow.test.ts',
  },
  WF2012: {
    title: 'This cannot be read of another workflow',
    why: 'The steps of another workflow are its own affair and may change with its next version. What it returns are its outputs.',
    mend: 'Read an output of it; give it one where it lacks what you need.',
    bad: `steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters:
      instance_id: "\${params.instance_id}"
outputs:
  arn: "\${steps.look.DBInstances}"`,
    good: `steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters:
      instance_id: "\${params.instance_id}"
outputs:
  arn: "\${steps.look.arn}"`,
    other: EXAMPLE_OTHER,
  },
  WF2013: {
    title: 'The steps of another workflow get a name that cannot be',
    why: 'A step that is put in place is called after the step that names its workflow: step find in the place of step look becomes look_find. That name has to be free, and at most 64 characters long.',
    mend: 'Give the step another id.',
    bad: `steps:
  - id: look
    type: workflow
    workflow: find_database
    parameters:
      instance_id: "\${params.instance_id}"
  - id: look_find
    type: sleep
    seconds: 1`,
    good: DRAWN,
    other: EXAMPLE_OTHER,
  },
  WF2014: {
    title: 'No such workflow, or not in this version',
    why: 'What stands in place of a workflow step is found in the same registry when this workflow is built. A registry holds one version of a workflow.',
    mend: 'Correct the name or the version; the hint says what there is.',
    bad: `steps:
  - id: look
    type: workflow
    workflow: find_databases
    parameters:
      instance_id: "\${params.instance_id}"`,
    good: DRAWN,
    other: EXAMPLE_OTHER,
  },
} as const satisfies Record<string, CodeEntry>;
