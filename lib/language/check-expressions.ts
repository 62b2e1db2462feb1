import { showValue } from '../diagnostics/show-value.ts';
import { nameOfPart } from './name-of-part.ts';
import { parseTemplate } from './parse-template.ts';
import type { ReportPath } from './problem.ts';
import type { Path, StepSource, WorkflowSource } from './source.ts';

/** Fields that are an expression as a whole: their value is no text but a truth, a list or a number. */
const EXPRESSION_FIELDS = ['when', 'for_each', 'until', 'fail_when', 'that', 'seconds'] as const;

/** Fields that are one expression hold exactly one `${…}`. What is wrong inside of it is left to the compiler. */
export function checkExpressions(workflow: WorkflowSource, report: ReportPath): void {
  for (const [index, step] of workflow.steps.entries()) {
    for (const field of EXPRESSION_FIELDS) {
      const value = (step as StepSource & Partial<Record<typeof field, unknown>>)[field];
      if (typeof value === 'string') checkExpression(value, ['steps', index, field], workflow, report);
    }
  }
}

function checkExpression(value: string, path: Path, workflow: WorkflowSource, report: ReportPath): void {
  const { template, problems } = parseTemplate(value);
  const [first, ...rest] = template;
  if (problems.length > 0 || (first?.kind === 'expression' && rest.length === 0)) return;
  const field = `${path.at(-1)}`;
  const orNumber = field === 'seconds' ? 'a number or ' : '';
  const message = `${nameOfPart(path, workflow)} must be ${orNumber}one expression in \${…} and nothing else, but is ${showValue(value)}`;
  report({ code: 'WF1004', message, hint: hintFor(value.trim(), field), path });
}

function hintFor(value: string, field: string): string {
  if (field === 'seconds' && /^\d+$/.test(value)) return `write it without quotes: seconds: ${value}`;
  if (!value.includes('${')) {
    const asExpression = parseTemplate(`\${${value}}`);
    const reads = asExpression.problems.length === 0 && asExpression.template.length === 1 && value.length <= 80;
    return reads ? `put it in \${…}: ${field}: '\${${value}}'` : `write ${field}: "\${…}"`;
  }
  const alone = parseTemplate(value).template;
  if (alone.length === 1 && alone[0]?.kind === 'expression') return 'remove the blanks around it';
  return 'write it as one: join texts with & and conditions with and, or';
}
