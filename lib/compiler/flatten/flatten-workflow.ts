import type { ParsedWorkflow, Path, StepSource } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import type { TakenOver } from '../resolution-lock.ts';
import { checkInnerNames } from './check-inner-names.ts';
import { checkOwnReferences } from './check-own-references.ts';
import { checkWorkflowStep } from './check-workflow-step.ts';
import { type Expansion, expandStep, innerName } from './expand-step.ts';
import { type Finding, findWorkflow } from './find-workflow.ts';
import type { FlatStep, FlatWorkflow } from './flat-workflow.ts';
import { inheritRules } from './inherit-rules.ts';
import type { LibraryWorkflow } from './library.ts';
import { locateIn } from './locate-in.ts';
import { orderPlaced, type Placed } from './order-placed.ts';
import { checkReads } from './reads-of-workflows.ts';
import { referencesOfStep, stepRead } from './step-references.ts';
import { PathIntoValue, type Replace, substituteText } from './substitute.ts';
import { substituteStep } from './substitute-step.ts';

/**
 * The workflow with every `workflow` step replaced by the steps of the workflow that it names, as if its author had
 * written them out. `undefined` where that cannot be done, which has been reported at the step.
 */
export function flattenWorkflow(parsed: ParsedWorkflow, finding: Omit<Finding, 'caller'>): FlatWorkflow | undefined {
  const { workflow } = parsed;
  const placed = workflow.steps.map((step, at): Placed => ({ step, path: ['steps', at] }));
  if (!workflow.steps.some(({ type }) => type === 'workflow')) return unchanged(parsed, placed);
  let failed = false;
  /** What is given to a parameter cannot be judged while it reads something that is not there. */
  let misread = false;
  const report: Report = (problem) => {
    failed ||= problem.severity !== 'warning';
    misread ||= /^WF[12]/.test(problem.code);
    finding.report(problem);
  };
  const found = new Map<string, LibraryWorkflow>();
  for (const { step, path } of placed) {
    if (step.type !== 'workflow') continue;
    checkWorkflowStep(step, path, report);
    checkOwnReferences(step, path, workflow, report);
    const other = findWorkflow(step, path, { ...finding, caller: workflow.name, report });
    if (other !== undefined) found.set(step.id, other);
  }
  checkReads(workflow, found, report);
  const complete = workflow.steps.every(({ id, type }) => type !== 'workflow' || found.has(id));
  if (!complete || misread) return undefined;
  const flat = putInPlace(parsed, placed, found, report);
  return failed ? undefined : flat;
}

function unchanged(parsed: ParsedWorkflow, placed: readonly Placed[]): FlatWorkflow {
  const steps = placed.map(({ step, path }) => ({ source: step, place: path, changed: false }));
  return { parsed, steps, decided: {}, patterns: new Map(), draws: {}, depth: 0 };
}

function putInPlace(
  parsed: ParsedWorkflow,
  placed: readonly Placed[],
  found: ReadonlyMap<string, LibraryWorkflow>,
  report: Report,
): FlatWorkflow | undefined {
  const { workflow } = parsed;
  const expansions = expandAll(workflow, placed, found, report);
  if (expansions === undefined) return undefined;
  const replace = outputsOf(expansions);
  const steps = placed.flatMap(({ step, path }): readonly FlatStep[] => {
    const expansion = expansions.get(step.id);
    if (expansion !== undefined) return expansion.steps;
    const own = tryAt(path, report, () => ownStep(step, path, expansions, replace));
    return own === undefined ? [] : [own];
  });
  checkInnerNames(steps, placed, report);
  const outputs = Object.entries(workflow.outputs ?? {}).map(([name, text]) => {
    return [name, tryAt(['outputs', name], report, () => substituteText(text, replace)) ?? text] as const;
  });
  const { parameters, patterns } = inheritRules(workflow.parameters ?? [], expansions, report);
  const flat = {
    ...workflow,
    ...(workflow.parameters === undefined ? {} : { parameters }),
    steps: steps.map(({ source }) => source),
    ...(workflow.outputs === undefined ? {} : { outputs: Object.fromEntries(outputs) }),
  };
  return {
    parsed: { ...parsed, workflow: flat, ...locateIn(parsed, steps, flat) },
    steps,
    decided: decidedIn(expansions),
    patterns,
    draws: Object.fromEntries([...expansions].map(([id, { origin }]) => [id, origin])),
    depth: 1 + Math.max(...[...expansions.values()].map((one) => one.workflow.flat.depth)),
  };
}

/** What each workflow step becomes, by id; `undefined` where one cannot be put in place. */
function expandAll(
  { steps, parameters = [] }: ParsedWorkflow['workflow'],
  placed: readonly Placed[],
  found: ReadonlyMap<string, LibraryWorkflow>,
  report: Report,
): ReadonlyMap<string, Expansion> | undefined {
  const lists = new Set(steps.flatMap((step) => (step.for_each === undefined ? [] : [step.id])));
  const expansions = new Map<string, Expansion>();
  const replace = outputsOf(expansions);
  for (const { step, path } of orderPlaced(placed, report)) {
    const workflow = found.get(step.id);
    if (step.type !== 'workflow' || workflow === undefined) continue;
    const after = waitsFor(step, path, expansions, true);
    const expanded = tryAt(path, report, () =>
      expandStep({ step, path, workflow, parameters, replace, after, lists, report }),
    );
    if (expanded === undefined) return undefined;
    expansions.set(step.id, expanded);
  }
  return expansions;
}

/** `steps.<id>.<output>` of a workflow step is what the other workflow returns under that name. */
function outputsOf(expansions: ReadonlyMap<string, Expansion>): Replace {
  return (node) => {
    const [step, output] = node.path;
    if (node.root !== 'steps' || step?.kind !== 'field' || output?.kind !== 'field') return undefined;
    return expansions.get(step.name)?.outputs.get(output.name);
  };
}

/** A step of the workflow's own; who reads or names a workflow step waits for all of its steps. */
function ownStep(step: StepSource, path: Path, expansions: ReadonlyMap<string, Expansion>, replace: Replace): FlatStep {
  const needs = waitsFor(step, path, expansions, false);
  const { depends_on: _, ...rest } = substituteStep(step, path, replace);
  const source: StepSource = { ...rest, ...(needs.length === 0 ? {} : { depends_on: needs }) };
  const changed = JSON.stringify(rest) !== JSON.stringify({ ...step, depends_on: undefined });
  return { source: changed || !sameList(needs, step.depends_on ?? []) ? source : step, place: path, changed };
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.join(' ') === right.join(' ');
}

/** What a step names in `depends_on`, each name at its place, and what else it has to wait for behind them. */
function waitsFor(
  step: StepSource,
  path: Path,
  expansions: ReadonlyMap<string, Expansion>,
  whatItReads: boolean,
): readonly string[] {
  const named = step.depends_on ?? [];
  const read = referencesOfStep(step, path).flatMap((reference) => stepRead(reference) ?? []);
  const first = named.map((id) => expansions.get(id)?.last[0] ?? id);
  const others = [...named, ...read].flatMap((id) => expansions.get(id)?.last ?? (whatItReads ? [id] : []));
  return [...first, ...new Set(others.filter((id) => !first.includes(id)))];
}

function tryAt<T>(path: Path, report: Report, make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof PathIntoValue)) throw error;
    const message = `the path of "${error.reference}" cannot be followed into the value that stands for it`;
    const hint = 'let the other workflow return, or the step give, the value itself';
    report({ code: 'WF2012', path, message, hint });
    return undefined;
  }
}

function decidedIn(expansions: ReadonlyMap<string, Expansion>): Readonly<Record<string, TakenOver>> {
  return Object.fromEntries(
    [...expansions].flatMap(([id, { workflow }]) =>
      Object.entries(workflow.flat.decided).map(([inner, decision]) => [innerName(id, inner), decision] as const),
    ),
  );
}
