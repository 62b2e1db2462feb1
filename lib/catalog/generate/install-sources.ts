import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the pinned packages that the catalog is generated from into `directory`, unless they are there already.
 * They stay out of the root install: together they are some 200 MB that only this generation needs.
 * @returns each package and its version
 */
export function installSources(directory: string): Record<string, string> {
  const pins = readPackage(directory).dependencies ?? {};
  if (!isInstalled(directory, pins)) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status, error } = spawnSync(npm, options, {
      cwd: directory,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm ci failed in ${directory}`, { cause: error });
    if (!isInstalled(directory, pins)) throw new Error(`npm ci did not install the pinned versions in ${directory}`);
  }
  return pins;
}

interface PackageFile {
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
}

const readPackage = (directory: string): PackageFile =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as PackageFile;

/** An alias (`npm:@scope/name@1.2.3`) is pinned by what follows its last `@`. */
const isInstalled = (directory: string, pins: Readonly<Record<string, string>>): boolean =>
  Object.entries(pins).every(([name, pin]) => {
    const installed = join(directory, 'node_modules', name);
    return existsSync(installed) && readPackage(installed).version === pin.slice(pin.lastIndexOf('@') + 1);
  });
