import type { Rule } from '../analysis.ts';
import { referencesIn } from '../value.ts';

/** A parameter that nothing reads is asked of the caller for nothing. */
export const unusedParameters: Rule = ({ parsed, steps, outputs }, report) => {
  const used = new Set(
    [...steps.flatMap((step) => step.values), ...outputs.values()].flatMap(referencesIn).flatMap(({ node }) => {
      const [field] = node.path;
      return node.root === 'params' && field?.kind === 'field' ? [field.name] : [];
    }),
  );
  for (const [index, { name }] of (parsed.workflow.parameters ?? []).entries()) {
    if (used.has(name)) continue;
    report({
      code: 'WF2006',
      severity: 'warning',
      path: ['parameters', index, 'name'],
      message: `parameter "${name}" is never used`,
      hint: `read it as \${params.${name}} in a step, or remove it`,
    });
  }
};
