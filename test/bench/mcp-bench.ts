import { type Figure, printFigures } from './figure.ts';
import { hostileFigures } from './mcp-hostile.ts';
import { loadFigures } from './mcp-load.ts';
import { startFigures } from './mcp-start.ts';

const PARTS: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  start: startFigures,
  load: loadFigures,
  hostile: hostileFigures,
};

/** `npm run bench:mcp [-- start|load|hostile]`: what the MCP server reaches. Exits with 1 where a figure falls short. */
async function main(only: readonly string[]): Promise<boolean> {
  const figures: Figure[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (only.length === 0 || only.includes(name)) figures.push(...(await part()));
  }
  return printFigures(figures);
}

main(process.argv.slice(2)).then((reached) => {
  process.exitCode = reached ? 0 : 1;
});
