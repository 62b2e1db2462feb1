import type { Catalog } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { parseWorkflow } from '../language/parse-workflow.ts';
import type { ParsedWorkflow } from '../language/source.ts';
import { type Analysis, reporter } from './analyse/analysis.ts';
import { resolveStep } from './analyse/resolve-step.ts';
import { rules } from './analyse/rules.ts';
import { readValue } from './analyse/value.ts';
import type { Bytecode, Tier } from './bytecode.ts';
import { emitBytecode } from './emit/emit-bytecode.ts';
import type { LockedResolution, ResolutionLock } from './resolution-lock.ts';
import type { TierCeilings } from './tiers.ts';

export interface CompileOptions {
  readonly catalog: Catalog;
  readonly tier: Tier;
  readonly ceilings: TierCeilings;
  /** Decisions of earlier builds; none where it is left out. */
  readonly lock?: ResolutionLock;
}

export interface Compilation {
  /** Absent where there is an error. */
  readonly bytecode?: Bytecode;
  /** By step, the decisions this build rests on: what the lock file has to say. Given with bytecode only. */
  readonly decisions?: Readonly<Record<string, LockedResolution>>;
  /** Sorted by place; at most 100. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more there were. */
  readonly more: number;
}

/**
 * Compiles one workflow. Never throws for what an author can write, reads no file and no clock: the same text,
 * catalog and tier give the same bytes anywhere.
 */
export function compile(file: string, text: string, options: CompileOptions): Compilation {
  const { parsed, diagnostics: syntax } = parseWorkflow(file, text);
  if (parsed === undefined) return sortDiagnostics(syntax);
  const found: Diagnostic[] = [...syntax];
  const analysis = analyse(parsed, options, found);
  const sorted = sortDiagnostics(found);
  if (found.some(({ severity }) => severity === 'error')) return sorted;
  const decisions = Object.fromEntries(
    analysis.steps.flatMap(({ id, call }) => (call?.decision === undefined ? [] : [[id, call.decision]])),
  );
  return { bytecode: emitBytecode(analysis), decisions, ...sorted };
}

function analyse(
  parsed: ParsedWorkflow,
  { catalog, tier, ceilings, lock = {} }: CompileOptions,
  found: Diagnostic[],
): Analysis {
  const { workflow } = parsed;
  const report = reporter(parsed, found);
  const parameters = workflow.parameters ?? [];
  const scope = {
    catalog,
    parameters,
    requiredPermissions: workflow.security.required_permissions,
    locked: lock[workflow.name] ?? {},
  };
  const steps = workflow.steps.flatMap((step, index) => resolveStep(step, index, scope, report));
  const written = steps.filter(({ undoOf }) => undoOf === undefined);
  const inverses = steps.filter(({ undoOf }) => undoOf !== undefined);
  const outputs = new Map(
    Object.entries(workflow.outputs ?? {}).map(([name, text]) => [name, readValue(text, ['outputs', name], report)]),
  );
  const analysis: Analysis = {
    parsed,
    catalog,
    tier,
    ceiling: ceilings[tier],
    steps: [...written, ...inverses],
    outputs,
  };
  for (const rule of rules) rule(analysis, report);
  return analysis;
}
