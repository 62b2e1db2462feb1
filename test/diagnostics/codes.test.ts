import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_OTHER, EXAMPLE_WORKFLOW, exampleWith } from '../../lib/diagnostics/code-entry.ts';
import { CODES, codeEntry, type DiagnosticCode } from '../../lib/diagnostics/codes.ts';
import { compileText, diagnosticsText } from '../support/compile.ts';

const ROOT = join(__dirname, '../..');
const GOLDEN = join(ROOT, 'test/golden/diagnostics');

const codes = Object.keys(CODES) as DiagnosticCode[];
const golden = readdirSync(GOLDEN)
  .map((folder) => readFileSync(join(GOLDEN, folder, 'diagnostics.txt'), 'utf8'))
  .join('\n');

describe('codes', () => {
  it('are well formed, in order, and each says something else', () => {
    for (const code of codes) expect(code).toMatch(/^WF[1-5]\d{3}$/);
    expect([...codes].sort()).toEqual(codes);
    expect(new Set(codes.map((code) => codeEntry(code).title)).size).toBe(codes.length);
  });

  it('are written as sentences', () => {
    for (const code of codes) {
      const { title, why, mend } = codeEntry(code);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(why).toMatch(/^[A-Z].*\.$/s);
      expect(mend).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it.each(codes)('%s is raised by a golden workflow, or by the test that its entry names', (code) => {
    const { raisedBy } = codeEntry(code);
    if (raisedBy === undefined) {
      expect(golden.includes(` error ${code}: `) || golden.includes(` warning ${code}: `)).toBe(true);
    } else {
      expect(existsSync(join(ROOT, raisedBy))).toBe(true);
      expect(readFileSync(join(ROOT, raisedBy), 'utf8')).toContain(code);
    }
  });
});

describe('the examples of a code', () => {
  it('change a workflow that compiles', () => {
    expect(compileText(EXAMPLE_WORKFLOW).diagnostics).toEqual([]);
    expect(exampleWith('tags: [rds]\nversion: "2.0"')).toBe(
      `${EXAMPLE_WORKFLOW.replace('version: "1.0"', 'version: "2.0"')}tags: [rds]\n`,
    );
  });

  it.each(codes.filter((code) => !codeEntry(code).bad.startsWith('<')))('%s: the bad one raises it', (code) => {
    const { bad, tier, other } = codeEntry(code);
    const { diagnostics } = compileText(exampleWith(bad), tier, 'workflow.yaml', othersOf(other));
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });

  it.each(codes)('%s: the good one compiles', (code) => {
    const { good, tier, other } = codeEntry(code);
    const text = exampleWith(good);
    const { diagnostics } = compileText(text, tier, 'workflow.yaml', othersOf(other));
    expect(diagnosticsText(text, diagnostics)).toBe('');
  });

  it('draw in a workflow that compiles', () => {
    expect(compileText(EXAMPLE_OTHER).diagnostics).toEqual([]);
  });
});

/** The other workflow of an example stands in the community tier. */
function othersOf(other: string | undefined): readonly { readonly text: string; readonly tier: 'community' }[] {
  return other === undefined ? [] : [{ text: other, tier: 'community' }];
}
