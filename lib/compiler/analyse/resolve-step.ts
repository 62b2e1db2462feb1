import type { Catalog, CatalogService, Operation } from '../../catalog/catalog.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import type { CommandStepSource, ParameterSource, Path } from '../../language/source.ts';
import { derivePermissions } from '../permissions/derive-permissions.ts';
import { type LockedResolution, lockedResolution, sameDecision } from '../resolution-lock.ts';
import type { ContextKey, RefusalReason, Resolution } from '../resolve/resolution.ts';
import { resolveCall } from '../resolve/resolve-call.ts';
import type { AnalysedStep, Report, ResolvedCall } from './analysis.ts';
import { readValue, soleExpression, type Value } from './value.ts';

const CODE_OF_REFUSAL: Readonly<Record<RefusalReason, DiagnosticCode>> = {
  'unknown-verb': 'WF3003',
  'nouns-do-not-fit': 'WF3003',
  'ambiguous-operation': 'WF3003',
  'unbound-context-key': 'WF3004',
  'ambiguous-binding': 'WF3005',
  'missing-required-member': 'WF3006',
  'wrong-type': 'WF3007',
  'action-not-among-required-permissions': 'WF4001',
  'unsupported-by-step-functions': 'WF3010',
  'unknown-iam-action': 'WF3011',
};

interface Scope {
  readonly catalog: Catalog;
  readonly parameters: readonly ParameterSource[];
  readonly requiredPermissions: readonly string[];
  /** What was decided before, by step. */
  readonly locked: Readonly<Record<string, LockedResolution>>;
}

/** Finds the one call a step makes, or reports why there is none. */
export function resolveStep(source: CommandStepSource, index: number, scope: Scope, report: Report): AnalysedStep {
  const path: Path = ['steps', index];
  const outcome =
    source.action === undefined
      ? matchedCall(source, path, scope, report)
      : pinnedCall(source, source.action, path, scope, report);
  const { catalog, parameters } = scope;
  const permissions = outcome.call === undefined ? [] : derivePermissions(source.id, outcome.call, catalog, parameters);
  return { index, id: source.id, path, source, ...outcome, permissions };
}

type Outcome = { readonly values: readonly Value[]; readonly call?: ResolvedCall };

function pinnedCall(source: CommandStepSource, action: string, path: Path, scope: Scope, report: Report): Outcome {
  const members = new Map(
    Object.entries(source.parameters ?? {}).map(([name, plain]) => [
      name,
      readValue(plain, [...path, 'parameters', name], report),
    ]),
  );
  const values = [...members.values()];
  const [serviceName = '', operationName = ''] = action.split(':');
  const service = findService(scope.catalog, serviceName, [...path, 'action'], report);
  if (service === undefined) return { values };
  const operation = service.operation(operationName);
  if (operation === undefined) {
    const guess = didYouMean(operationName, service.operations);
    report({
      code: 'WF3002',
      path: [...path, 'action'],
      message: `${service.name} has no operation "${operationName}"`,
      hint:
        guess === undefined
          ? `an action is written as service:Operation, e.g. ${service.name}:${service.operations[0] ?? ''}`
          : `did you mean ${service.name}:${guess}?`,
    });
    return { values };
  }
  const callable = callableOperation(operation, source.iam_actions, path, scope.catalog, report);
  if (callable === undefined) return { values };
  return { values, call: { service, operation: callable, members, resolution: { how: 'pinned' } } };
}

/**
 * What the resolver's gate checks for a matched call, checked for a pinned one. IAM actions on the author's word
 * count only where none is known, and only where IAM has them.
 */
function callableOperation(
  operation: Operation,
  stated: readonly string[] | undefined,
  step: Path,
  catalog: Catalog,
  report: Report,
): Operation | undefined {
  const path = [...step, 'action'];
  if (operation.unsupportedByStepFunctions !== undefined) {
    const message = `Step Functions cannot call ${operation.name}: ${operation.unsupportedByStepFunctions}`;
    report({ code: 'WF3010', path, message, hint: 'use another operation for this step' });
    return undefined;
  }
  if (operation.iamActions.length > 0) {
    if (stated === undefined) return operation;
    const known = operation.iamActions.join(' and ');
    const message = `${operation.name} is known to need ${known}; iam_actions is for calls whose actions are not known`;
    report({ code: 'WF3014', path: [...step, 'iam_actions'], atKey: true, message, hint: 'remove iam_actions' });
    return undefined;
  }
  if (stated === undefined) {
    const message = `the IAM action that ${operation.name} needs is not known, so its permission cannot be derived`;
    const hint = 'use another operation, or state its actions as iam_actions: [service:Action] after AWS documentation';
    report({ code: 'WF3011', path, message, hint });
    return undefined;
  }
  const unknown = stated.findIndex((name) => catalog.iamAction(name) === undefined);
  if (unknown === -1) return { ...operation, iamActions: stated };
  const hint = 'see the Service Authorization Reference for the actions of the service';
  const message = `IAM has no action ${stated[unknown]}`;
  report({ code: 'WF4003', path: [...step, 'iam_actions', unknown], message, hint });
  return undefined;
}

function matchedCall(source: CommandStepSource, path: Path, scope: Scope, report: Report): Outcome {
  const { service: serviceName = '', ...context } = source.context ?? {};
  const named = Object.entries(context).map(
    ([key, plain]) => [key, readValue(plain, [...path, 'context', key], report)] as const,
  );
  const values = named.map(([, value]) => value);
  const service = findService(scope.catalog, String(serviceName), [...path, 'context', 'service'], report);
  if (service === undefined) return { values };

  const resolution = resolveCall(service, scope.catalog, {
    intent: source.intent ?? '',
    context: named.map(([key, value]) => contextKey(key, value, scope.parameters)),
    requiredPermissions: scope.requiredPermissions,
  });
  if (resolution.status === 'refused') {
    reportRefusal(resolution, path, report);
    return { values };
  }
  const words = { intent: source.intent ?? '', service: service.name, keys: named.map(([key]) => key).sort() };
  const decision = decide(resolution, words, source.id, scope, path, report);
  const call = decision && acceptedCall(service, decision, new Map(named), scope.parameters);
  return call === undefined ? { values } : { values, call };
}

/** The decision of the lock file where it has one for these words; it has to be the one the resolver makes now. */
function decide(
  { operation, bindings, score, margin, candidates }: Extract<Resolution, { status: 'accepted' }>,
  words: Pick<LockedResolution, 'intent' | 'service' | 'keys'>,
  stepId: string,
  { locked }: Scope,
  path: Path,
  report: Report,
): LockedResolution | undefined {
  const runnerUp = candidates.find((candidate) => candidate.operation !== operation)?.operation ?? null;
  const now: LockedResolution = { ...words, operation, bindings, score, margin, runner_up: runnerUp };
  const before = lockedResolution(locked, stepId, words);
  if (before === undefined || sameDecision(before, now)) return before ?? now;
  const [then, today] = [before, now].map(
    (one) => `${one.operation} (${Object.values(one.bindings).sort().join(', ')})`,
  );
  report({
    code: 'WF3013',
    path: [...path, 'intent'],
    message: `the intent resolves to ${today}, the lock file says ${then}`,
    hint: `pin the call with action: ${words.service}:${before.operation}, or take the new one with workflow compile --update-lock`,
  });
  return undefined;
}

/** The call of a decision. */
function acceptedCall(
  service: CatalogService,
  decision: LockedResolution,
  named: ReadonlyMap<string, Value>,
  parameters: readonly ParameterSource[],
): ResolvedCall | undefined {
  const operation = service.operation(decision.operation);
  if (operation === undefined) return undefined;
  const members = new Map<string, Value>();
  for (const [key, member] of Object.entries(decision.bindings)) {
    const value = named.get(key);
    const shape = operation.input.members.find(({ name }) => name === member)?.shape;
    if (value === undefined || shape === undefined) continue;
    members.set(member, shape.kind === 'list' ? asList(key, value, parameters) : value);
  }
  const { score, margin, runner_up } = decision;
  return { service, operation, members, resolution: { how: 'matched', score, margin, runner_up }, decision };
}

/** One value in words for a member that takes several: `security_group_id: sg-1` means a list of one. */
function asList(key: string, value: Value, parameters: readonly ParameterSource[]): Value {
  const { type } = contextKey(key, value, parameters);
  return type === undefined || type === 'string_list' ? value : { kind: 'list', items: [value], path: value.path };
}

function reportRefusal(resolution: Extract<Resolution, { status: 'refused' }>, path: Path, report: Report): void {
  const { reason, message, hint, key } = resolution;
  const code = CODE_OF_REFUSAL[reason];
  if (key !== undefined) report({ code, path: [...path, 'context', key], atKey: true, message, hint });
  else report({ code, path: [...path, 'intent'], message, hint });
}

function findService(catalog: Catalog, name: string, path: Path, report: Report): CatalogService | undefined {
  const service = catalog.service(name);
  if (service !== undefined) return service;
  const guess = didYouMean(name, catalog.services);
  report({
    code: 'WF3001',
    path,
    message: `no service named "${name}"`,
    hint: guess === undefined ? `services: ${listNames(catalog.services, 12)}` : `did you mean "${guess}"?`,
  });
  return undefined;
}

/** What is known of a context value before the call is: its type, and its value where it is a literal. */
function contextKey(key: string, value: Value, parameters: readonly ParameterSource[]): ContextKey {
  if (value.kind === 'literal') {
    return { key, type: typeOfLiteral(value.value), literal: value.value };
  }
  if (value.kind === 'list') {
    const strings = value.items.every((item) => item.kind === 'template' || typeof literalOf(item) === 'string');
    return { key, type: strings ? 'string_list' : undefined };
  }
  if (value.kind === 'structure') return { key, type: undefined };
  const expression = soleExpression(value.template);
  if (expression === undefined) return { key, type: 'string' };
  return { key, type: typeOfExpression(expression.node, parameters) };
}

function typeOfExpression(
  node: { readonly kind: string; readonly root?: string; readonly path?: readonly unknown[] },
  parameters: readonly ParameterSource[],
): ContextKey['type'] {
  if (node.kind !== 'reference') return undefined;
  if (node.root === 'params') {
    const [field] = (node.path ?? []) as readonly { readonly kind: string; readonly name?: string }[];
    return parameters.find((parameter) => parameter.name === field?.name)?.type;
  }
  return node.root === 'steps' || node.root === 'item' ? undefined : 'string';
}

function literalOf(value: Value): unknown {
  return value.kind === 'literal' ? value.value : undefined;
}

function typeOfLiteral(value: string | number | boolean | null): ContextKey['type'] {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return undefined;
}
