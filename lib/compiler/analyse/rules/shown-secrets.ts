import type { PathPart } from '../../../language/expression.ts';
import type { AnalysedStep, Analysis, Report, Rule } from '../analysis.ts';
import { argumentPlaces } from '../safety/argument-places.ts';
import { isSecret } from '../safety/is-secret.ts';
import { secretAt } from '../safety/secret-results.ts';
import { shownReferences } from '../safety/shown-references.ts';
import { type ReferenceNode, referencesIn, soleExpression, type Value } from '../value.ts';

/**
 * No secret is shown: no parameter that is one and no result that holds one stands in a question, in what an assertion
 * says, or in what a run returns, which agents read.
 */
export const shownSecrets: Rule = (analysis, report) => {
  const { steps, outputs } = analysis;
  const scope = { analysis, secrets: secretParameters(steps) };
  for (const { source, fields } of steps) {
    const message = fields.get('message');
    if (message === undefined) continue;
    const approval = source.type === 'approval';
    const who = approval ? 'everyone who is asked would read it' : 'everyone who may see the run would read it';
    check(message, who, approval ? 'leave it out of the question' : 'leave it out of the message', scope, report);
  }
  for (const value of outputs.values()) {
    check(
      value,
      'what a run returns is read by whoever started it, agents too',
      'leave it out of outputs',
      scope,
      report,
    );
  }
  if (outputs.size === 0) checkResults(analysis, report);
};

interface Scope {
  readonly analysis: Analysis;
  readonly secrets: ReadonlySet<string>;
}

function check(value: Value, why: string, hint: string, scope: Scope, report: Report): void {
  if (value.kind !== 'template') return;
  for (const part of value.template) {
    if (part.kind === 'text') continue;
    for (const node of shownReferences(part.node)) {
      const what = secretOf(node, undefined, scope);
      if (what === undefined) continue;
      const within = { from: part.from + node.from, to: part.from + node.to };
      report({ code: 'WF4206', path: value.path, within, message: `${what}, and ${why}`, hint });
    }
  }
}

/** Without outputs a run returns the result of a step, as it came from AWS. */
function checkResults({ steps }: Analysis, report: Report): void {
  for (const { call, path, undoOf } of steps) {
    const secret = call === undefined || undoOf !== undefined ? undefined : secretAt(call, []);
    if (secret === undefined) continue;
    const message = `the result holds a secret (${secret}), and a run that has no outputs may return it`;
    report({ code: 'WF4206', path: [...path, 'id'], message, hint: 'say in outputs what a run returns' });
  }
}

function secretParameters(steps: readonly AnalysedStep[]): ReadonlySet<string> {
  const given = steps.flatMap(argumentPlaces).filter(isSecret);
  return new Set(given.flatMap(({ value }) => referencesIn(value)).flatMap(({ node }) => parameterOf(node) ?? []));
}

function parameterOf({ root, path: [field] }: ReferenceNode): string | undefined {
  return root === 'params' && field?.kind === 'field' ? field.name : undefined;
}

/** What of a reference is a secret, as the beginning of a sentence. `at`: the step that it stands in. */
function secretOf(node: ReferenceNode, at: AnalysedStep | undefined, scope: Scope): string | undefined {
  const parameter = parameterOf(node);
  if (parameter !== undefined) {
    return scope.secrets.has(parameter) ? `parameter "${parameter}" is a secret` : undefined;
  }
  if (node.root === 'result') return at === undefined ? undefined : secretOfResult(at, node.path);
  if (node.root === 'item') return through(at?.fields.get('for_each'), node.path, at, scope);
  const [first, ...rest] = node.path;
  if (node.root !== 'steps' || first?.kind !== 'field') return undefined;
  const step = scope.analysis.steps.find(({ id }) => id === first.name);
  return step === undefined ? undefined : secretOfStep(step, rest, scope);
}

/** What a step leaves for others: its result, or what it keeps of it. */
function secretOfStep(step: AnalysedStep, path: readonly PathPart[], scope: Scope): string | undefined {
  const kept = [...step.fields].filter(([field]) => field.startsWith('output.'));
  if (kept.length === 0) return secretOfResult(step, path);
  const at = path.findIndex(({ kind }) => kind === 'field');
  const part = path[at];
  if (part?.kind !== 'field') return first(kept.map(([, value]) => through(value, [], step, scope)));
  return through(step.fields.get(`output.${part.name}`), path.slice(at + 1), step, scope);
}

function secretOfResult({ call, id }: AnalysedStep, path: readonly PathPart[]): string | undefined {
  const secret = call === undefined ? undefined : secretAt(call, path);
  return secret === undefined ? undefined : `the result of "${id}" holds a secret (${secret})`;
}

/** A path into what another expression gives. Behind one that is more than a reference, any of its references counts. */
function through(
  value: Value | undefined,
  path: readonly PathPart[],
  at: AnalysedStep | undefined,
  scope: Scope,
): string | undefined {
  if (value?.kind !== 'template') return undefined;
  const sole = soleExpression(value.template)?.node;
  if (sole?.kind === 'reference') return secretOf({ ...sole, path: [...sole.path, ...path] }, at, scope);
  const shown = value.template.flatMap((part) => (part.kind === 'text' ? [] : shownReferences(part.node)));
  return first(shown.map((node) => secretOf(node, at, scope)));
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((one) => one !== undefined);
}
