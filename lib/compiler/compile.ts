import type { Catalog } from '../catalog/catalog.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { parseWorkflow } from '../language/parse-workflow.ts';
import { type Analysis, reporter } from './analyse/analysis.ts';
import { resolveStep } from './analyse/resolve-step.ts';
import { rules } from './analyse/rules.ts';
import { readValue } from './analyse/value.ts';
import type { Bytecode, Origin, Tier } from './bytecode.ts';
import { emitBytecode } from './emit/emit-bytecode.ts';
import type { FlatWorkflow } from './flatten/flat-workflow.ts';
import { flattenWorkflow } from './flatten/flatten-workflow.ts';
import { EMPTY_LIBRARY, type Library } from './flatten/library.ts';
import { writtenElsewhere } from './flatten/locate-in.ts';
import type { LockedResolution, ResolutionLock, WorkflowLock } from './resolution-lock.ts';
import type { TierCeilings } from './tiers.ts';

export interface CompileOptions {
  readonly catalog: Catalog;
  readonly tier: Tier;
  readonly ceilings: TierCeilings;
  /** Decisions of earlier builds; none where it is left out. */
  readonly lock?: ResolutionLock;
  /** The workflows that earlier builds put in place of `workflow` steps; none where it is left out. */
  readonly workflowLock?: WorkflowLock;
  /** The workflows that a `workflow` step can name; none where it is left out. */
  readonly library?: Library;
}

export interface Compilation {
  /** Absent where there is an error. */
  readonly bytecode?: Bytecode;
  /** By step, the decisions this build rests on: what the lock file has to say. Given with bytecode only. */
  readonly decisions?: Readonly<Record<string, LockedResolution>>;
  /** By step, the workflows that were put in place: likewise for the lock file, and given with bytecode only. */
  readonly draws?: Readonly<Record<string, Origin>>;
  /** What another workflow draws in with a `workflow` step. Given with bytecode only. */
  readonly flat?: FlatWorkflow;
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
  const flat = flattenWorkflow(parsed, {
    library: options.library ?? EMPTY_LIBRARY,
    tier: options.tier,
    pinned: options.workflowLock?.[parsed.workflow.name] ?? {},
    report: reporter(parsed, found),
  });
  if (flat === undefined) return sortDiagnostics(found);
  const analysis = analyse(flat, options, found);
  const sorted = sortDiagnostics(found);
  if (found.some(({ severity }) => severity === 'error')) return sorted;
  const decided = analysis.steps.flatMap(({ id, call, from }) =>
    call?.decision === undefined ? [] : [{ id, from, decision: call.decision, wrapped: call.wrapped ?? [] }],
  );
  const own = decided.filter(({ from }) => from === undefined);
  return {
    bytecode: emitBytecode(analysis),
    decisions: Object.fromEntries(own.map(({ id, decision }) => [id, decision])),
    draws: flat.draws,
    flat: {
      ...flat,
      decided: Object.fromEntries(decided.map(({ id, decision, wrapped }) => [id, { ...decision, wrapped }])),
    },
    ...sorted,
  };
}

function analyse(
  flat: FlatWorkflow,
  { catalog, tier, ceilings, lock = {} }: CompileOptions,
  found: Diagnostic[],
): Analysis {
  const { parsed } = flat;
  const { workflow } = parsed;
  const report = reporter(parsed, found, (path) => writtenElsewhere(flat.steps, path));
  const parameters = workflow.parameters ?? [];
  const scope = {
    catalog,
    parameters,
    requiredPermissions: workflow.security.required_permissions,
    locked: lock[workflow.name] ?? {},
    decided: flat.decided,
  };
  const steps = flat.steps.flatMap(({ source, origin, holds }, index) =>
    resolveStep(source, index, scope, report).map((step) => ({
      ...step,
      ...(origin === undefined ? {} : { from: origin }),
      ...(holds === undefined ? {} : { holds }),
    })),
  );
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
    patterns: flat.patterns,
  };
  for (const rule of rules) rule(analysis, report);
  return analysis;
}
