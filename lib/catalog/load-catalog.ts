import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from './catalog.ts';
import { createCatalog } from './create-catalog.ts';
import type { CatalogIndex, IamData, ServiceData } from './service-data.ts';

/**
 * The catalog in a folder of generated files, read as far as it is used.
 * @param directory by default the `data` beside this source file; in a bundle, pass where the files were put
 * @throws when the folder or one of its files is missing or is not JSON: the installation is broken
 */
export function loadCatalog(directory: string = join(__dirname, 'data')): Catalog {
  return createCatalog({
    index: readJson<CatalogIndex>(directory, 'sources'),
    readService: (name) => readJson<ServiceData>(directory, name),
    readIam: () => readJson<IamData>(directory, 'iam-actions'),
  });
}

function readJson<T>(directory: string, name: string): T {
  const file = join(directory, `${name}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`the catalog's data cannot be read from ${file}`, { cause });
  }
}
