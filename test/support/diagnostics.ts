import type { Diagnostic } from '../../lib/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../lib/diagnostics/sort-diagnostics.ts';
import { parseWorkflow } from '../../lib/language/parse-workflow.ts';

/** The seed sample, word for word. */
export const SEED = `name: rds_backup_simple
version: "1.0"
description: "Create RDS snapshot with basic validation"
author: "poc-demo"

parameters:
  - name: instance_id
    type: string
    required: true

steps:
  - id: validate_instance
    type: command
    intent: "describe RDS instance to verify it exists"
    context:
      service: rds
      instance_id: "\${params.instance_id}"
    
  - id: create_snapshot
    type: command
    intent: "create RDS snapshot for database instance"
    context:
      service: rds
      instance_id: "\${params.instance_id}"
      snapshot_id: "\${params.instance_id}-poc-\${timestamp}"
    depends_on: [validate_instance]

security:
  required_permissions:
    - "rds:DescribeDBInstances"
    - "rds:CreateDBSnapshot"
  max_duration: 600  # 10 minutes
`;

/** The seed with one part of it replaced; fails where the part is not there. */
export function seedWith(part: string, replacement: string): string {
  if (!SEED.includes(part)) throw new Error(`the seed has no ${JSON.stringify(part)}`);
  return SEED.replace(part, () => replacement);
}

/** A diagnostic in one line: `2:10-2:13 WF1004 the message | the hint`, with `warning` before the message of one. */
export function lineOf({ code, severity, message, span: { start, end }, hint }: Diagnostic): string {
  const words = severity === 'warning' ? `warning: ${message}` : message;
  const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
  return `${place} ${code} ${words}${hint === undefined ? '' : ` | ${hint}`}`;
}

/** Text in, exact diagnostics out: `expectDiagnostics(text).toEqual([…])`, in reading order. */
export function expectDiagnostics(text: string): jest.JestMatchers<string[]> {
  return expect(sortDiagnostics(parseWorkflow('workflow.yaml', text).diagnostics).diagnostics.map(lineOf));
}
