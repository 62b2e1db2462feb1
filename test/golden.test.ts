import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAsl } from '../lib/asl/to-asl.ts';
import type { Tier } from '../lib/compiler/bytecode.ts';
import { toPolicy } from '../lib/iam/to-policy.ts';
import { compileText, diagnosticsText } from './support/compile.ts';
import { expectGolden } from './support/golden.ts';

const ROOT = join(__dirname, 'golden');
const PLACE = { partition: 'aws', region: 'us-east-1', account: '123456789012' } as const;

const folders = (directory: string): readonly string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The workflows that the one of a folder can draw in: those in its folder `others`. */
function othersIn(folder: string, tier: Tier): readonly { readonly text: string; readonly tier: Tier }[] {
  const directory = join(folder, 'others');
  const names = existsSync(directory) ? readdirSync(directory).sort() : [];
  return names.map((name) => ({ text: readFileSync(join(directory, name), 'utf8'), tier }));
}

describe('a workflow that compiles gives exactly this', () => {
  it.each(folders(join(ROOT, 'workflows')))('%s', (name) => {
    const folder = join(ROOT, 'workflows', name);
    const text = readFileSync(join(folder, 'workflow.yaml'), 'utf8');
    const { bytecode, diagnostics } = compileText(text, 'enterprise', 'workflow.yaml', othersIn(folder, 'enterprise'));
    expect(diagnosticsText(text, diagnostics)).toBe('');
    if (bytecode === undefined) throw new Error('no bytecode and no diagnostic');
    expectGolden(join(folder, 'bytecode.json'), pretty(bytecode));
    expectGolden(join(folder, 'definition.json'), pretty(toAsl(bytecode)));
    expectGolden(join(folder, 'policy.json'), pretty(toPolicy(bytecode, PLACE)));
  });
});

describe('a workflow that does not compile says exactly why', () => {
  it.each(folders(join(ROOT, 'diagnostics')))('%s', (name) => {
    const folder = join(ROOT, 'diagnostics', name);
    const text = readFileSync(join(folder, 'workflow.yaml'), 'utf8');
    const { diagnostics } = compileText(text, 'community', 'workflow.yaml', othersIn(folder, 'community'));
    expectGolden(join(folder, 'diagnostics.txt'), diagnosticsText(text, diagnostics));
  });
});
