import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { actionsOfCalls, type CallActions, type UnknownCall } from '../../compiler/permissions/actions-of-calls.ts';
import { EXIT, type ExitCode, paint, type Terminal } from '../terminal.ts';

export interface PermissionsOptions {
  readonly calls: string;
  readonly json: boolean;
}

/** Further keys, such as where a call was found, are of no concern here. */
const CASES = z.array(
  z.object({
    id: z.union([z.string(), z.number()]),
    calls: z.array(
      z.object({
        service: z.string().min(1),
        operation: z.string().min(1),
        members: z.array(z.string().min(1)).optional(),
      }),
    ),
  }),
);

type Case = z.infer<typeof CASES>[number];
type Answer = CallActions & { readonly id: string | number };

/** `workflow permissions --calls <file>`: the IAM actions that lists of AWS calls need. */
export function permissions(options: PermissionsOptions, terminal: Terminal): ExitCode {
  const cases = readCases(options.calls);
  if (typeof cases === 'string') {
    terminal.err(`${paint(terminal, 'red', 'error')}: ${cases}`);
    return EXIT.usage;
  }
  const catalog = loadCatalog();
  const answers = cases.map(({ id, calls }): Answer => {
    const named = calls.map(({ service, operation, members }) =>
      members === undefined ? { service, operation } : { service, operation, members },
    );
    return { id, ...actionsOfCalls(named, catalog) };
  });
  if (options.json) terminal.out(JSON.stringify(answers, null, 2));
  else terminal.out(answers.map((answer) => listing(answer, terminal)).join('\n\n'));
  return answers.every(({ unknown }) => unknown.length === 0) ? EXIT.ok : EXIT.failed;
}

/** The cases of a file, or what is wrong with it. */
function readCases(file: string): readonly Case[] | string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return `cannot read ${file}: ${messageOf(error)}`;
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return `${file} is not JSON: ${messageOf(error)}`;
  }
  const checked = CASES.safeParse(data);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  return `${file} is not a list of { id, calls: [{ service, operation, members? }] }: ${where}: ${issue?.message ?? ''}`;
}

function listing({ id, actions, unknown }: Answer, terminal: Terminal): string {
  return [
    paint(terminal, 'bold', String(id)),
    ...(actions.length === 0 ? ['  no action'] : actions.map((action) => `  ${action}`)),
    ...unknown.map((each) => `  ${paint(terminal, 'red', 'unknown')} ${sentence(each)}`),
  ].join('\n');
}

const sentence = ({ call, reason, hint }: UnknownCall): string =>
  `${call}: ${reason}${hint === undefined ? '' : `; ${hint}`}`;

const messageOf = (error: unknown): string => (error as Error).message;
