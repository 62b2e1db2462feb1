import type { CatalogIndex, IamData, ServiceData } from '../service-data.ts';

/** JSON with each entry of each table on a line of its own, so that a new SDK shows as a diff one can read. */
export function formatService(data: ServiceData): string {
  const tables = [
    formatTable('enums', data.enums),
    formatTable('constraints', data.constraints),
    formatTable('errors', data.errors),
    formatTable('operations', data.operations),
    formatTable('structures', data.structures),
    `"waiters": [${data.waiters.length === 0 ? '' : '\n'}${data.waiters.map((waiter) => JSON.stringify(waiter)).join(',\n')}\n]`,
  ];
  return `{\n${tables.join(',\n')}\n}\n`;
}

/** One line an action and a resource type. */
export function formatIam(data: IamData): string {
  const prefixes = Object.entries(data).map(
    ([prefix, { actions, resourceTypes }]) =>
      `${JSON.stringify(prefix)}: {\n${formatTable('actions', actions)},\n${formatTable('resourceTypes', resourceTypes)}\n}`,
  );
  return `{\n${prefixes.join(',\n')}\n}\n`;
}

export const formatIndex = (index: CatalogIndex): string => `${JSON.stringify(index, null, 2)}\n`;

function formatTable(name: string, table: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(table).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `${JSON.stringify(name)}: {${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`}}`;
}
