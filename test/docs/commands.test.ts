import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeBlocks, commandLines, readGuide } from '../support/read-guide.ts';
import { runCommand } from '../support/terminal.ts';

const ROOT = join(__dirname, '../..');
const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const GUIDES = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', ...DOCS.map((name) => `docs/${name}`)];

/** Of one `workflow` command, or of all: what `--help` prints. */
const helps = new Map<string, Promise<string>>();
function helpOf(...command: readonly string[]): Promise<string> {
  const key = command.join(' ');
  const known = helps.get(key) ?? runCommand(...command, '--help').then(({ out }) => out);
  helps.set(key, known);
  return known;
}

async function unknownParts(line: string): Promise<readonly string[]> {
  const words = line.split(/\s+/);
  const start = words.indexOf('workflow') + 1;
  const command = words[start];
  if (command === undefined || command.startsWith('-')) return [];
  if (!new RegExp(`^  ${command}\\b`, 'm').test(await helpOf())) return [`no command ${command}`];
  const help = await helpOf(command);
  const options = words.slice(start + 1).filter((word) => /^--?[a-z]/.test(word));
  return options
    .filter((option) => !new RegExp(`(^|[ ,])${option}\\b`, 'm').test(help))
    .map((one) => `${command} ${one}`);
}

describe.each(GUIDES)('%s', (file) => {
  it('names only commands and options of workflow that there are', async () => {
    const inText = [...readGuide(file).matchAll(/`((?:npx )?workflow [a-z][^`]*|npm start -- [^`]*)`/g)].map(
      ([, line = '']) => line,
    );
    const inBlocks = commandLines(file).map(({ line }) => line);
    const lines = [...inText, ...inBlocks]
      .map((line) => line.replace(/^npm start -- /, 'workflow serve '))
      .filter((line) => /^(npx )?workflow /.test(line));
    const unknown = await Promise.all(lines.map(unknownParts));
    expect(unknown.flat()).toEqual([]);
  });

  it('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly scripts: object };
    const named = [...readGuide(file).matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)];
    const unknown = named
      .map(([, script, short]) => script ?? short ?? '')
      .filter((name) => !Object.hasOwn(scripts, name));
    expect(unknown).toEqual([]);
  });

  it('holds JSON that can be read', () => {
    for (const { text, at } of codeBlocks(file).filter(({ language }) => language === 'json')) {
      expect({ at, parsed: JSON.parse(text) as unknown }).toEqual({ at, parsed: expect.anything() });
    }
  });

  it('links to files and headings that there are', () => {
    const links = [...readGuide(file).matchAll(/\]\((?!https?:)([^)#\s]*)(#[^)\s]+)?\)/g)];
    const broken = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !headings(target).includes(anchor.slice(1));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

/** As GitHub makes anchors of headings. */
function headings(file: string): readonly string[] {
  return [...readGuide(file).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
