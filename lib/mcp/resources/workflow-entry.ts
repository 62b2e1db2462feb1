import type { Bytecode } from '../../compiler/bytecode.ts';
import { cleanText } from '../untrusted-text.ts';

export const JSON_TYPE = 'application/json';

/** The address of a workflow in one version. */
export function workflowUri({ name, version }: Pick<Bytecode['metadata'], 'name' | 'version'>): string {
  return `workflow://${name}/${version}`;
}

/** How a workflow is listed: nothing of it but its name was written by its author. */
export function workflowEntry({ metadata }: Bytecode) {
  const { name, version, summary } = metadata;
  return {
    uri: workflowUri(metadata),
    name: `${name} ${version}`,
    description: cleanText(summary, 300),
    mimeType: JSON_TYPE,
  };
}
