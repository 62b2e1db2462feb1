import { type McpServer, ProtocolError } from '@modelcontextprotocol/server';
import type { Bytecode } from '../../compiler/bytecode.ts';
import { WORKFLOW_TEMPLATE } from '../resources/workflow-resource.ts';
import type { ServeMethod } from '../serve-method.ts';
import type { Engine } from '../tool.ts';
import { cleanText } from '../untrusted-text.ts';

const INVALID_PARAMS = -32_602;
const MAX_COMPLETIONS = 100;
const MAX_WORDS = 500;

const RUN_WORKFLOW = {
  name: 'run_workflow',
  title: 'Run an AWS workflow',
  description: 'Describes a workflow, shows what it would change, and runs it once you agree',
  arguments: [
    { name: 'workflow', description: 'Its name', required: true },
    { name: 'parameters', description: 'What you know of them, in plain words', required: false },
  ],
};

const UNKNOWN_PROMPT = 'There is no such prompt';

/** The prompts of the server, and what completes their arguments and the variables of resource templates. */
export function servePrompts({ server }: McpServer, engine: Engine, serve: ServeMethod): void {
  server.setRequestHandler('prompts/list', () => ({ prompts: [RUN_WORKFLOW] }));
  server.setRequestHandler('prompts/get', ({ params: { name, arguments: given = {} } }) =>
    serve(async () => {
      if (name !== RUN_WORKFLOW.name) throw new ProtocolError(INVALID_PARAMS, UNKNOWN_PROMPT);
      const bytecode = await engine.describe(given.workflow ?? '');
      if (!bytecode) throw new ProtocolError(INVALID_PARAMS, 'There is no such workflow');
      const text = promptText(bytecode, given.parameters ?? '');
      return {
        description: cleanText(bytecode.metadata.summary, 300),
        messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
      };
    }),
  );
  server.setRequestHandler('completion/complete', ({ params: { ref, argument, context } }) =>
    serve(async () => {
      const all = await candidates(ref, argument.name, context?.arguments?.name, engine);
      const fitting = all.filter((value) => value.startsWith(argument.value));
      const values = fitting.slice(0, MAX_COMPLETIONS);
      return { completion: { values, total: fitting.length, hasMore: fitting.length > values.length } };
    }),
  );
}

/** Only names of the registry and the person's own words: a prompt is read as if the person had written it. */
function promptText({ metadata: { name }, parameters }: Bytecode, words: string): string {
  const asked = parameters.map((parameter) => `${parameter.name}${parameter.required ? '' : ' (optional)'}`);
  return [
    `Run the AWS workflow ${name}.`,
    `1. Call describe_workflow and tell me what it will do. Its parameters: ${asked.join(', ') || 'none'}. Ask me for those that are missing.`,
    '2. Call execute_workflow with dry_run and the checksum as expected_checksum, and show me what would change.',
    '3. Run it with plan_id once I agree, then follow it with get_execution until it has ended.',
    ...(words ? [`What I know of the parameters: ${cleanText(words, MAX_WORDS)}`] : []),
  ].join('\n');
}

type Reference = { readonly type: string; readonly name?: string; readonly uri?: string };

async function candidates(
  ref: Reference,
  argument: string,
  workflow: string | undefined,
  engine: Engine,
): Promise<readonly string[]> {
  const names = async () => (await engine.list()).map(({ metadata }) => metadata.name);
  if (ref.type === 'ref/prompt') {
    if (ref.name !== RUN_WORKFLOW.name) throw new ProtocolError(INVALID_PARAMS, UNKNOWN_PROMPT);
    return argument === 'workflow' ? names() : [];
  }
  if (ref.uri !== WORKFLOW_TEMPLATE) return [];
  if (argument === 'name') return names();
  const known = argument === 'version' && workflow !== undefined ? await engine.describe(workflow) : undefined;
  return known ? [known.metadata.version] : [];
}
