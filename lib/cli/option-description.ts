import { isAbsolute, relative } from 'node:path';
import type { Option } from 'commander';

/** An option as `--help` shows it: folders as seen from here, and no default where the default is nothing. */
export function optionDescription({ description, argChoices: choices, defaultValue: given }: Option): string {
  const facts = [
    ...(choices === undefined ? [] : [`one of ${choices.join(', ')}`]),
    ...(typeof given === 'string' || typeof given === 'number' ? [`default: ${shown(given)}`] : []),
  ];
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`;
}

function shown(value: string | number): string | number {
  return typeof value === 'string' && isAbsolute(value) ? relative('', value) || '.' : value;
}
