import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadMiniLm } from '../../lib/search/minilm-embedder.ts';
import { type Figure, printFigures } from './figure.ts';
import { readSearchCases } from './search-cases.ts';
import { ask, foundFigures, isFitted, misses, SEEN, scopeFigures, UNSEEN } from './search-quality.ts';
import { ownWorkflows, registryFigures } from './search-registry.ts';
import { coldStartFigures, warmFigures } from './search-speed.ts';

/**
 * `npm run bench:search [-- --cases file.json] [--misses] [--no-speed]`: what the search reaches. Exits with 1 where a
 * figure falls short. With a file of cases, only those are asked.
 */
async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { cases: { type: 'string' }, misses: { type: 'boolean' }, 'no-speed': { type: 'boolean' } },
  });
  const embedder = await loadMiniLm(join(__dirname, '../../models'));
  const tell = (lines: readonly string[]) => values.misses && console.log(lines.join('\n'));
  if (values.cases !== undefined) {
    const asked = await ask(readSearchCases(values.cases), embedder);
    tell(misses(asked));
    return printFigures([...foundFigures('cases', asked, UNSEEN), ...scopeFigures('cases', asked)]);
  }
  const discovery = readSearchCases('discovery.json');
  const library = readSearchCases('discovery-library.json');
  const known = await ask(discovery, embedder);
  const own = [...(await ask(readSearchCases('discovery-own.json'), embedder)), ...(await ask(library, embedder))];
  const later = [
    ...(await ask(readSearchCases('discovery-later.json'), embedder)),
    ...(await ask(readSearchCases('discovery-library-later.json'), embedder)),
  ];
  tell(misses([...known, ...own, ...later]));
  const workflows = ownWorkflows();
  const figures: Figure[] = [
    ...foundFigures('discovery', known, SEEN),
    ...scopeFigures('discovery', known),
    ...foundFigures('own, half that was fitted on', own.filter(isFitted)),
    ...foundFigures(
      'own, other half',
      own.filter((each) => !isFitted(each)),
      UNSEEN,
    ),
    ...foundFigures('own, written after the fit', later, UNSEEN),
    ...scopeFigures('own, all', [...own, ...later]),
    ...(await registryFigures(workflows, embedder)),
  ];
  if (!values['no-speed']) {
    const texts = [...known, ...own, ...later].map(({ query }) => query);
    figures.push(...(await warmFigures([...discovery.workflows, ...library.workflows], texts, embedder)));
    figures.push(...(await coldStartFigures(workflows, embedder)));
  }
  return printFigures(figures);
}

main().then((reached) => {
  process.exitCode = reached ? 0 : 1;
});
