/** What there is to know of one diagnostic code. `docs/diagnostics.md` and SARIF's help are made from it. */
export interface CodeEntry {
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What it means and why it matters, in a sentence or three. */
  readonly why: string;
  /** How to mend it. */
  readonly mend: string;
  /**
   * What of {@link EXAMPLE_WORKFLOW} is other in a workflow that raises the code: top-level fields with all below
   * them. Words in angle brackets where no text of a readable length raises it.
   */
  readonly bad: string;
  /** The same, mended. */
  readonly good: string;
  /** The tier that the examples are compiled in; community where it is left out. */
  readonly tier?: 'verified' | 'enterprise';
  /** Another workflow of the registry, which the examples draw in: the whole file. */
  readonly other?: string;
  /** The test that raises the code, where the bad example cannot. */
  readonly raisedBy?: string;
}

/** The workflow that the examples of the codes change. */
export const EXAMPLE_WORKFLOW = `name: look_at_database
version: "1.0"
description: "Looks up a database"
author: "database-team"
parameters:
  - name: instance_id
    type: string
    required: true
steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
    parameters:
      DBInstanceIdentifier: "\${params.instance_id}"
security:
  required_permissions: ["rds:DescribeDBInstances"]
  max_duration: 600
`;

/** A whole workflow: the example with some of its top-level fields replaced, others added. */
export function exampleWith(fields: string): string {
  const changed = blocksOf(fields);
  const names = new Set(changed.map(({ name }) => name));
  const kept = blocksOf(EXAMPLE_WORKFLOW).map((block) =>
    names.has(block.name) ? changed.filter(({ name }) => name === block.name) : [block],
  );
  const known = new Set(blocksOf(EXAMPLE_WORKFLOW).map(({ name }) => name));
  return [...kept.flat(), ...changed.filter(({ name }) => !known.has(name))].map(({ text }) => text).join('');
}

function blocksOf(text: string): readonly { readonly name: string; readonly text: string }[] {
  return text
    .split(/^(?=\w+:)/m)
    .filter((block) => block.trim() !== '')
    .map((block) => ({ name: block.slice(0, block.indexOf(':')), text: `${block.trimEnd()}\n` }));
}

/** A workflow for others to draw in: what {@link EXAMPLE_WORKFLOW} does, with a rule on its parameter. */
export const EXAMPLE_OTHER = exampleWith(`name: find_database
parameters:
  - name: instance_id
    type: string
    required: true
    pattern: "[a-z][a-z0-9-]{0,62}"
outputs:
  arn: "\${steps.find.DBInstances[0].DBInstanceArn}"`);
