import type { CatalogService } from '../../catalog/catalog.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { CallSource, ParameterSource, Path } from '../../language/source.ts';
import { type LockedResolution, lockedResolution, sameDecision } from '../resolution-lock.ts';
import type { RefusalReason, Resolution } from '../resolve/resolution.ts';
import { resolveCall } from '../resolve/resolve-call.ts';
import type { Report, ResolvedCall } from './analysis.ts';
import { contextKey } from './context-key.ts';
import { findService, type StepOutcome, type StepScope } from './step-scope.ts';
import { readValue, type Value } from './value.ts';

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

/** The call that a step says in words, with `intent` and `context`. */
export function matchedCall(
  source: CallSource,
  stepId: string,
  path: Path,
  scope: StepScope,
  report: Report,
): StepOutcome {
  const { service: serviceName = '', ...context } = source.context ?? {};
  const named = Object.entries(context).map(
    ([key, plain]) => [key, readValue(plain, [...path, 'context', key], report)] as const,
  );
  const values = named.map(([, value]) => value);
  const service = findService(scope.catalog, String(serviceName), [...path, 'context', 'service'], report);
  if (service === undefined) return { values };
  const decided = Object.hasOwn(scope.decided, stepId) ? scope.decided[stepId] : undefined;
  if (decided !== undefined) {
    const call = acceptedCall(service, decided, new Map(named), scope.parameters, decided.wrapped);
    return call === undefined ? { values } : { values, call };
  }

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
  const decision = decide(resolution, words, stepId, scope, path, report);
  const call = decision && acceptedCall(service, decision, new Map(named), scope.parameters);
  return call === undefined ? { values } : { values, call };
}

/** The decision of the lock file where it has one for these words; it has to be the one the resolver makes now. */
function decide(
  { operation, bindings, score, margin, candidates }: Extract<Resolution, { status: 'accepted' }>,
  words: Pick<LockedResolution, 'intent' | 'service' | 'keys'>,
  stepId: string,
  { locked }: StepScope,
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

/** The call of a decision. `taken` are the members that another build has wrapped, where it was made there. */
function acceptedCall(
  service: CatalogService,
  decision: LockedResolution,
  named: ReadonlyMap<string, Value>,
  parameters: readonly ParameterSource[],
  taken?: readonly string[],
): ResolvedCall | undefined {
  const operation = service.operation(decision.operation);
  if (operation === undefined) return undefined;
  const members = new Map<string, Value>();
  const wrapped: string[] = [];
  for (const [key, member] of Object.entries(decision.bindings)) {
    const value = named.get(key);
    const shape = operation.input.members.find(({ name }) => name === member)?.shape;
    if (value === undefined || shape === undefined) continue;
    const wraps = shape.kind === 'list' && (taken?.includes(member) ?? isOneValue(key, value, parameters));
    if (wraps) wrapped.push(member);
    members.set(member, wraps ? { kind: 'list', items: [value], path: value.path } : value);
  }
  const { score, margin, runner_up } = decision;
  return { service, operation, members, resolution: { how: 'matched', score, margin, runner_up }, decision, wrapped };
}

/** One value in words for a member that takes several: `security_group_id: sg-1` means a list of one. */
function isOneValue(key: string, value: Value, parameters: readonly ParameterSource[]): boolean {
  const { type } = contextKey(key, value, parameters);
  return type !== undefined && type !== 'string_list';
}

function reportRefusal(resolution: Extract<Resolution, { status: 'refused' }>, path: Path, report: Report): void {
  const { reason, hint, key } = resolution;
  const message = inDiagnosticStyle(resolution.message);
  const code = CODE_OF_REFUSAL[reason];
  if (key !== undefined) report({ code, path: [...path, 'context', key], atKey: true, message, hint });
  else report({ code, path: [...path, 'intent'], message, hint });
}

/** The resolver speaks in sentences; a diagnostic starts in lower case, unless with a name, and has no full stop. */
function inDiagnosticStyle(sentence: string): string {
  return sentence.replace(/^(?:The|No|It|A|An)\b/, (word) => word.toLowerCase()).replace(/\.$/, '');
}
