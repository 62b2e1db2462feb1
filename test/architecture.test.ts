import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');

type Import = readonly [from: string, imported: string];

const FORBIDDEN: readonly Import[] = [
  ['lib/diagnostics/x.ts', '../catalog/catalog.ts'],
  ['lib/catalog/x.ts', '../compiler/compile.ts'],
  ['lib/catalog/x.ts', 'node:fs'],
  ['lib/language/x.ts', '../catalog/catalog.ts'],
  ['lib/language/x.ts', 'node:fs'],
  ['lib/compiler/x.ts', '../registry/compile-registry.ts'],
  ['lib/compiler/analyse/rules/x.ts', '../../../iam/to-policy.ts'],
  ['lib/compiler/x.ts', 'node:crypto'],
  ['lib/compiler/x.ts', '@aws-sdk/client-s3'],
  ['lib/asl/x.ts', 'node:fs'],
  ['lib/asl/x.ts', '../engine/execution.ts'],
  ['lib/iam/x.ts', 'aws-cdk-lib/aws-iam'],
  ['lib/search/x.ts', '../engine/execution.ts'],
  ['lib/registry/x.ts', '../infra/workflow.ts'],
  ['lib/engine/x.ts', '../mcp/create-mcp.ts'],
  ['lib/engine/x.ts', 'aws-cdk-lib'],
  ['lib/local/x.ts', '../mcp/create-mcp.ts'],
  ['lib/mcp/x.ts', '../infra/workflow.ts'],
  ['lib/infra/x.ts', '../mcp/create-mcp.ts'],
  ['lib/cli/x.ts', '../infra/workflow.ts'],
  ['lambdas/mcp/x.ts', '../../lib/infra/workflow.ts'],
  ['lambdas/mcp/x.ts', 'aws-cdk-lib'],
];

const ALLOWED: readonly Import[] = [
  ['lib/compiler/x.ts', '../catalog/catalog.ts'],
  ['lib/asl/x.ts', '../compiler/bytecode.ts'],
  ['lib/local/x.ts', '../asl/to-asl.ts'],
  ['lib/infra/x.ts', 'aws-cdk-lib'],
  ['lambdas/mcp/x.ts', '../../lib/mcp/create-mcp.ts'],
];

const fileOf = ([from]: Import, index: number): string => from.replace('x.ts', `file-${index}.ts`);

/** Runs the linter with our rules over files of one import each; gives the files whose import it refuses. */
function refusedFiles(imports: readonly Import[]): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    copyFileSync(join(ROOT, 'biome.json'), join(directory, 'biome.json'));
    imports.forEach((one, index) => {
      const file = join(directory, fileOf(one, index));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `import { x } from '${one[1]}';\n\nexport const y = x;\n`);
    });
    const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
    const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'];
    const { stdout, stderr } = spawnSync(process.execPath, [biome, ...args], { cwd: directory, encoding: 'utf8' });
    const lines = (stdout + stderr).split('\n').filter((line) => line.includes('noRestrictedImports'));
    return imports.map(fileOf).filter((file) => lines.some((line) => line.includes(`${file},`)));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('the linter keeps imports pointing one way', () => {
  const imports = [...FORBIDDEN, ...ALLOWED];
  const refused = new Set(refusedFiles(imports));
  const isRefused = (one: Import): boolean => refused.has(fileOf(one, imports.indexOf(one)));

  it.each(FORBIDDEN.map((one) => [...one, one] as const))('%s must not import %s', (_from, _imported, one) => {
    expect(isRefused(one)).toBe(true);
  });

  it.each(ALLOWED.map((one) => [...one, one] as const))('%s may import %s', (_from, _imported, one) => {
    expect(isRefused(one)).toBe(false);
  });
});
