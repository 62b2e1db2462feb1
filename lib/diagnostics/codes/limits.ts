import type { CodeEntry } from '../code-entry.ts';

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
  WF5004: {
    title: 'A kind of step that cannot be compiled yet',
    why: 'The language has the step, but this version of the compiler does not build it; nothing else is put in its place.',
    mend: 'Do without it for now, as the hint says.',
    bad: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
  - id: ask
    type: approval
    message: "Go on?"`,
    good: `steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"`,
  },
} as const satisfies Record<string, CodeEntry>;
