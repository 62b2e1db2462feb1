import type { Catalog, CatalogService } from './catalog.ts';
import { decodeIam } from './decode-iam.ts';
import { decodeService } from './decode-service.ts';
import type { CatalogIndex, IamData, ServiceData, ServiceEntry } from './service-data.ts';
import { toStateMachineService } from './step-functions-names.ts';

/** Where the generated data comes from. Each is asked for once, and only when needed. */
export interface CatalogSource {
  readonly index: CatalogIndex;
  readonly readService: (name: string) => ServiceData;
  readonly readIam: () => IamData;
}

/** A catalog over its data, reading and decoding services and IAM on first use. */
export function createCatalog({ index, readService, readIam }: CatalogSource): Catalog {
  const entries = findEntries(index.services);
  const services = new Map<string, CatalogService>();
  let iam: ReturnType<typeof decodeIam> | undefined;
  const iamData = (): ReturnType<typeof decodeIam> => {
    iam ??= decodeIam(readIam());
    return iam;
  };
  return {
    digest: index.digest,
    services: index.services.map(({ name }) => name).sort(),
    service: (name) => {
      const entry = entries.get(foldName(name));
      if (entry === undefined) return undefined;
      const known = services.get(entry.name) ?? decodeService(entry, readService(entry.name));
      services.set(entry.name, known);
      return known;
    },
    iamAction: (name) => iamData().iamAction(name),
    iamActionNames: (prefix) => iamData().iamActionNames(prefix),
    resourceType: (prefix, name) => iamData().resourceType(prefix, name),
  };
}

/**
 * Every name that a service goes by. A better kind of name wins over a worse one; a name that two services
 * share (two of them are called `apigateway` by IAM) finds neither, rather than one by chance.
 */
function findEntries(services: readonly ServiceEntry[]): ReadonlyMap<string, ServiceEntry> {
  const kinds: readonly ((entry: ServiceEntry) => string)[] = [
    ({ name }) => name,
    ({ cliName }) => cliName,
    ({ sdkName }) => sdkName,
    ({ serviceId }) => serviceId,
    ({ serviceId }) => toStateMachineService(serviceId),
    ({ className }) => className ?? '',
    ({ iamPrefix }) => iamPrefix,
  ];
  const found = new Map<string, ServiceEntry>();
  for (const kind of kinds) {
    const aliases = services.map((entry) => foldName(kind(entry)));
    services.forEach((entry, index) => {
      const alias = aliases[index] ?? '';
      const shared = aliases.indexOf(alias) !== aliases.lastIndexOf(alias);
      if (alias !== '' && !shared && !found.has(alias)) found.set(alias, entry);
    });
  }
  return found;
}

/** Case, hyphens and spaces tell no two services apart: `Secrets Manager`, `secrets-manager`, `secretsmanager`. */
const foldName = (name: string): string => name.toLowerCase().replace(/[ _-]/g, '');
