import { LIMITS } from '../limits.ts';
import type { ToolServices } from '../tool.ts';
import { descriptionOf } from '../tools/describe-workflow.ts';
import { cleanText } from '../untrusted-text.ts';
import { JSON_TYPE } from './workflow-entry.ts';
import { workflowMarkdown } from './workflow-markdown.ts';

export const WORKFLOW_TEMPLATE = 'workflow://{name}/{version}';

const ADDRESS = /^workflow:\/\/([A-Za-z0-9_-]{1,100})\/([0-9.]{1,32})$/;

export interface ResourceText {
  readonly uri: string;
  readonly mimeType: string;
  readonly text: string;
}

/** What an address stands for: the workflow as JSON, and for people as Markdown; `undefined` where there is none. */
export async function readWorkflow(
  uri: string,
  { engine, compiled }: Pick<ToolServices, 'engine' | 'compiled'>,
): Promise<readonly ResourceText[] | undefined> {
  const [, name, version] = ADDRESS.exec(uri) ?? [];
  if (name === undefined || version === undefined) return undefined;
  const bytecode = await engine.describe(name, version);
  if (!bytecode) return undefined;
  const description = descriptionOf(bytecode);
  const parts = {
    ...description,
    ...(compiled?.definition && { definition: compiled.definition(bytecode) }),
    ...(compiled && { policy: compiled.policy(bytecode) }),
  };
  return [
    { uri, mimeType: JSON_TYPE, text: JSON.stringify(fitting(parts)) },
    { uri, mimeType: 'text/markdown', text: cleanText(workflowMarkdown(description), MARKDOWN_CHARACTERS) },
  ];
}

const MARKDOWN_CHARACTERS = 16_000;

/** Leaves out the largest members, whole, until the rest is small enough; `truncated` names what is missing. */
function fitting(parts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const largestFirst = Object.entries(parts)
    .map(([name, value]) => ({ name, bytes: Buffer.byteLength(JSON.stringify(value)) }))
    .sort((a, b) => b.bytes - a.bytes);
  let size = largestFirst.reduce((sum, { bytes }) => sum + bytes, 0);
  const missing: string[] = [];
  for (const { name, bytes } of largestFirst) {
    if (size <= LIMITS.resourceBytes) break;
    missing.push(name);
    size -= bytes;
  }
  const kept = Object.entries(parts).filter(([name]) => !missing.includes(name));
  return { ...Object.fromEntries(kept), truncated: missing.length > 0, ...(missing.length > 0 && { missing }) };
}
