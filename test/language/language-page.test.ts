import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOTS } from '../../lib/language/expression.ts';
import { FUNCTIONS } from '../../lib/language/functions.ts';
import { parseTemplate } from '../../lib/language/parse-template.ts';
import { parseWorkflow } from '../../lib/language/parse-workflow.ts';
import { STEP } from '../../lib/language/step-schemas.ts';

const PAGE = readFileSync(join(__dirname, '../../docs/language.md'), 'utf8');
const blocks = [...PAGE.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = '']) => yaml);

const HEAD = `name: example
version: "1.0"
description: "d"
author: "a"
security: {required_permissions: [], max_duration: 60}
`;
const asWorkflow = (yaml: string): string => {
  if (yaml.startsWith('name:')) return yaml;
  return yaml.startsWith('- id:')
    ? `${HEAD}steps:\n${yaml.replace(/^/gm, '  ')}`
    : `${yaml}${HEAD}steps: [{id: a, type: sleep, seconds: 1}]\n`;
};

describe('docs/language.md', () => {
  it.each(blocks.map((yaml) => [yaml]))('%s', (yaml) => {
    expect(parseWorkflow('language.md', asWorkflow(yaml)).diagnostics).toEqual([]);
    for (const [scalar] of yaml.matchAll(/\$\{.*\}/g)) expect(parseTemplate(scalar).problems).toEqual([]);
  });

  it('lists the functions that there are', () => {
    const [list = ''] = /<!-- functions.*<!-- end of functions -->/s.exec(PAGE) ?? [];
    const listed = [...list.matchAll(/`\$(\w+)`/g)].map(([, name]) => name);
    expect(listed).toEqual([...FUNCTIONS.keys()]);
  });

  it('lists the roots that there are', () => {
    const [table = ''] = /\| root \|.*?\n\n/s.exec(PAGE) ?? [];
    const listed = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/\w+/g)].map(String),
    );
    expect(listed.sort()).toEqual([...ROOTS].sort());
  });

  it('shows every field of every type of step', () => {
    const fields = STEP.allOf.flatMap((branch) => Object.keys(branch.then.properties));
    for (const field of new Set(fields)) expect(PAGE).toMatch(new RegExp(`(\`|^ *|- )${field}(\`|:)`, 'm'));
  });
});
