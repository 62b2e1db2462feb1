import type { ExpressionNode } from '../../language/expression.ts';
import { parseTemplate } from '../../language/parse-template.ts';
import type { ParameterSource, Path, StepSource, WorkflowStepSource } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import { soleExpression } from '../analyse/value.ts';
import type { Origin } from '../bytecode.ts';
import type { FlatStep } from './flat-workflow.ts';
import { type Given, givenParameters } from './given-parameters.ts';
import type { LibraryWorkflow } from './library.ts';
import { needsOf } from './step-references.ts';
import { condition, type Replace, type Replacement, substituteText, toNode, toPart } from './substitute.ts';
import { substituteStep, substituteValue } from './substitute-step.ts';

/** What a `workflow` step becomes. */
export interface Expansion {
  readonly steps: readonly FlatStep[];
  /** Steps that no other of them waits for: who waits for all of them waits for these. */
  readonly last: readonly string[];
  /** What the other workflow returns, by name. */
  readonly outputs: ReadonlyMap<string, Replacement>;
  readonly given: ReadonlyMap<string, Given>;
  readonly origin: Origin;
  readonly workflow: LibraryWorkflow;
}

export interface Expanding {
  readonly step: WorkflowStepSource;
  readonly path: Path;
  readonly workflow: LibraryWorkflow;
  readonly parameters: readonly ParameterSource[];
  /** What the references of the step itself stand for. */
  readonly replace: Replace;
  /** The steps that all of the steps have to wait for. */
  readonly after: readonly string[];
  /** Steps whose result is a list; those of the other workflow are added. */
  readonly lists: Set<string>;
  readonly report: Report;
}

/** The name that a step of another workflow gets. */
export const innerName = (step: string, inner: string): string => `${step}_${inner}`;

/**
 * The steps of another workflow in place of the step that names it: with names of their own, the values that the step
 * gives for its parameters, and its `when`.
 * @throws {PathIntoValue} where a path goes on into a value that is none
 */
export function expandStep(expanding: Expanding): Expansion {
  const { step, path, workflow, replace, lists } = expanding;
  const { flat, bytecode } = workflow;
  const { name, version } = bytecode.metadata;
  const origin: Origin = { workflow: name, version, checksum: bytecode.checksum };
  const values = substituteValue(step.parameters ?? {}, replace) as Readonly<Record<string, unknown>>;
  const given = givenParameters({ ...expanding, values });
  for (const { source } of flat.steps) {
    if (source.for_each !== undefined) lists.add(innerName(step.id, source.id));
  }
  const inside = replaceInside(step.id, given, lists);
  const when = step.when === undefined ? undefined : substituteText(step.when, replace);
  const assertions = assertionsOn(given, when, origin, expanding);
  const after = assertions.length === 0 ? expanding.after : assertions.map(({ source }) => source.id);
  const needs = new Map(flat.steps.map(({ source }) => [source.id, needsOf(source)]));
  const steps = flat.steps.map(
    (inner): FlatStep => ({
      ...inner,
      source: innerStep(inner.source, needs.get(inner.source.id)?.size === 0 ? after : [], when, expanding, inside),
      place: [...path, 'workflow'],
      changed: true,
      origin,
      innerId: inner.source.id,
    }),
  );
  const last = flat.steps
    .map(({ source }) => source.id)
    .filter((id) => ![...needs.values()].some((needed) => needed.has(id)))
    .map((id) => innerName(step.id, id));
  const outputs = Object.entries(flat.parsed.workflow.outputs ?? {}).map(([output, text]) => {
    const plain = substituteText(text, inside);
    return [output, { template: parseTemplate(plain).template, plain, takes: 2, lists }] as const;
  });
  return { steps: [...assertions, ...steps], last, outputs: new Map(outputs), given, origin, workflow };
}

/** Inside the other workflow, parameters are what the step gives, and steps have longer names. */
function replaceInside(step: string, given: ReadonlyMap<string, Given>, lists: ReadonlySet<string>): Replace {
  return (node) => {
    const [field, ...rest] = node.path;
    if (field?.kind !== 'field') return undefined;
    if (node.root === 'steps') return { ...node, path: [{ ...field, name: innerName(step, field.name) }, ...rest] };
    const value = node.root === 'params' ? given.get(field.name) : undefined;
    if (value === undefined) return undefined;
    return { template: value.template, ...('plain' in value ? { plain: value.plain } : {}), takes: 1, lists };
  };
}

function innerStep(
  source: StepSource,
  after: readonly string[],
  when: string | undefined,
  { step }: Expanding,
  inside: Replace,
): StepSource {
  const changed = substituteStep(source, [], inside);
  const needs = [...(source.depends_on ?? []).map((id) => innerName(step.id, id)), ...after];
  const condition = bothHold(when, changed.when);
  const fails = step.on_error === 'fail' && changed.on_error !== 'continue';
  return {
    ...changed,
    id: innerName(step.id, source.id),
    ...(needs.length === 0 ? {} : { depends_on: needs }),
    ...(condition === undefined ? {} : { when: condition }),
    ...(fails ? { on_error: 'fail' } : {}),
  };
}

/**
 * Two conditions as one. The second is looked at only where the first holds: it may read steps that run only then.
 */
function bothHold(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const never: ExpressionNode = { kind: 'literal', value: false, from: 0, to: 0 };
  return `\${${toPart(condition(nodeOf(first), nodeOf(second), never)).source}}`;
}

function nodeOf(text: string): ExpressionNode {
  const { template } = parseTemplate(text);
  return soleExpression(template)?.node ?? toNode(template);
}

/** Values that are known in a run only are held to the rules of their parameters before the first step. */
function assertionsOn(
  given: ReadonlyMap<string, Given>,
  when: string | undefined,
  origin: Origin,
  { step, path, after }: Expanding,
): readonly FlatStep[] {
  return [...given].flatMap(([name, { template, holds }]): readonly FlatStep[] => {
    if (holds === undefined) return [];
    const source: StepSource = {
      id: innerName(step.id, `${name}_fits`),
      type: 'assert',
      that: `\${${toPart(toNode(template)).source}}`,
      message: `Parameter ${name} of workflow ${origin.workflow} breaks its rules`,
      ...(after.length === 0 ? {} : { depends_on: after }),
      ...(when === undefined ? {} : { when }),
      ...(step.on_error === undefined ? {} : { on_error: step.on_error }),
    };
    return [{ source, place: [...path, 'parameters', name], changed: true, origin, holds }];
  });
}
