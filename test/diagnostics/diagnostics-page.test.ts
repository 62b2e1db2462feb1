import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosticsPage } from '../../lib/diagnostics/diagnostics-page.ts';

describe('docs/diagnostics.md', () => {
  it('is what lib/cli/generate-docs.ts makes from the table of codes', () => {
    expect(readFileSync(join(__dirname, '../../docs/diagnostics.md'), 'utf8')).toBe(diagnosticsPage());
  });
});
