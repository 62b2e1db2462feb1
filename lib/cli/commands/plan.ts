import { loadCatalog } from '../../catalog/load-catalog.ts';
import type { Bytecode } from '../../compiler/bytecode.ts';
import { planWorkflow } from '../../engine/plan-workflow.ts';
import { validateParameters } from '../../engine/validate-parameters.ts';
import { planOutput } from '../../mcp/plan-schema.ts';
import { compileOrExplain } from '../compile-or-explain.ts';
import { noSuchWorkflow } from '../no-such-workflow.ts';
import { openLocalWorkflow } from '../open-local-workflow.ts';
import { parseParameters } from '../parse-parameters.ts';
import { planPicture } from '../plan-picture.ts';
import { refuse } from '../refuse.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';

export interface PlanCommandOptions {
  readonly registry: string;
  readonly param: Readonly<Record<string, string>>;
  readonly json: boolean;
}

/** `workflow plan <name>`: what a run in the simulated account would change, and what would stop it. Nothing changes. */
export async function plan(name: string, options: PlanCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const catalog = loadCatalog();
  const compiled = compileOrExplain(options.registry, catalog, terminal);
  if (compiled === undefined) return EXIT.failed;
  const { runtime, bytecode } = await openLocalWorkflow(name, compiled.bytecodes, catalog, 1);
  if (bytecode === undefined) return noSuchWorkflow(name, compiled.bytecodes, terminal);
  const checked = validateParameters(bytecode.parameters, parseParameters(options.param, bytecode.parameters));
  if (!checked.ok) return refuse(checked.problems, bytecode, options, terminal);
  const planning = await planWorkflow(bytecode, checked.values, runtime.executor);
  if (planning.outcome === 'failed') {
    const problem = { code: 'PLAN_FAILED', message: `${planning.error}: ${planning.cause}` };
    return refuse([problem], bytecode, options, terminal);
  }
  const shown = planOutput(planning.plan);
  if (options.json) terminal.out(JSON.stringify({ status: 'PLANNED', ...identityOf(bytecode), plan: shown }, null, 2));
  else terminal.out(planPicture(bytecode, shown, options.param, terminal));
  return EXIT.ok;
}

function identityOf({ metadata, checksum }: Bytecode): object {
  return { workflow: metadata.name, version: metadata.version, checksum };
}
