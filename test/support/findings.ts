import type { Tier } from '../../lib/compiler/bytecode.ts';
import { exampleWith } from '../../lib/diagnostics/code-entry.ts';
import { compileText } from './compile.ts';

/** What is said of the example workflow with some fields other: `WF4203 the message`, in the order of the text. */
export function findingsOf(fields: string, tier: Tier = 'enterprise'): readonly string[] {
  return compileText(exampleWith(fields), tier).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

/** A step that makes one pinned call, which a person approves, as fields of the example workflow; `input` is YAML in one line. */
export function callOf(action: string, input: string, permission: string, parameters: readonly string[] = []): string {
  const declared = parameters.map((one) => `  - {${one}}`).join('\n');
  return `parameters:${declared === '' ? ' []' : `\n${declared}`}
steps:
  - id: find
    type: command
    action: rds:DescribeDBInstances
  - id: ask
    type: approval
    message: "Go on?"
    timeout: 60
  - id: call
    type: command
    depends_on: [ask]
    irreversible: true
    action: ${action}
    parameters: ${input}
security:
  required_permissions: [${['rds:DescribeDBInstances', ...permission.split(' ')].map((one) => `"${one}"`).join(', ')}]
  max_duration: 600`;
}
