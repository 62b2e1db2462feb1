import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The version of this installation, as its package says. */
export function productVersion(): string {
  const text = readFileSync(resolve(__dirname, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
