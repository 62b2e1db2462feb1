import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** Where it begins, for messages: `docs/clients.md:42`. */
  readonly at: string;
  /** The `##` heading that it stands under. */
  readonly section: string;
}

/** The fenced blocks of a page, in order. `file` is relative to the root of the repository. */
export function codeBlocks(file: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let section = '';
  let open: { readonly language: string; readonly line: number; readonly text: string[] } | undefined;
  for (const [index, line] of readGuide(file).split('\n').entries()) {
    const fence = /^```(\w*)$/.exec(line);
    if (open === undefined && fence) open = { language: fence[1] ?? '', line: index + 1, text: [] };
    else if (open !== undefined && fence) {
      blocks.push({ language: open.language, text: open.text.join('\n'), at: `${file}:${open.line}`, section });
      open = undefined;
    } else if (open !== undefined) open.text.push(line);
    else section = /^## (.+)$/.exec(line)?.[1] ?? section;
  }
  return blocks;
}

/** The command lines of a page's shell blocks, without comments. */
export function commandLines(file: string): readonly { readonly at: string; readonly line: string }[] {
  return codeBlocks(file)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text, at }) => text.split('\n').map((line) => ({ at, line: line.replace(/\s+#.*$/, '').trim() })))
    .flatMap(({ at, line }) => line.split(/\s+&&\s+/).map((one) => ({ at, line: one })))
    .filter(({ line }) => line !== '');
}

export function readGuide(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
