import type { Rule } from '../analysis.ts';

/** People find a workflow by three or more ways to ask for it: the least that makes a search reliable. */
const MIN_USE_CASES = 3;

/**
 * A verified workflow says what its parameters mean and how people would ask for it, since others than its author run
 * it. That it has two signatures and that its undo was proven is checked where it is published.
 */
export const verifiedTier: Rule = ({ parsed, tier }, report) => {
  if (tier !== 'verified') return;
  const at = { code: 'WF4005', severity: 'warning' } as const;
  const { use_cases: useCases = [], parameters = [] } = parsed.workflow;
  if (useCases.length < MIN_USE_CASES) {
    const message = `a verified workflow has at least ${MIN_USE_CASES} use cases, this one has ${useCases.length}`;
    const path = useCases.length === 0 ? ['name'] : ['use_cases'];
    report({ ...at, path, atKey: true, message, hint: 'write under use_cases how people would ask for it' });
  }
  for (const [index, { name, description }] of parameters.entries()) {
    if (description !== undefined) continue;
    const message = `parameter "${name}" has no description, which the verified tier asks for`;
    report({ ...at, path: ['parameters', index, 'name'], message, hint: 'add what it means, for people' });
  }
};
