import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalog } from '../../lib/catalog/load-catalog.ts';
import { compileFigures } from './compile-figures.ts';
import { printFigures } from './figure.ts';
import { permissionFigures } from './permissions-figures.ts';
import { resolveFigures } from './resolve-figures.ts';

/**
 * `npm run bench:compiler [-- folder]`: what the compiler reaches on the development cases, beside what it has to
 * reach. Exits with 1 where a figure falls short.
 */
const folder = process.argv[2] ?? join(__dirname, 'cases');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

const catalog = loadCatalog();
const figures = [...resolveFigures(catalog, read), ...permissionFigures(catalog), ...compileFigures(catalog)];
process.exitCode = printFigures(figures) ? 0 : 1;
