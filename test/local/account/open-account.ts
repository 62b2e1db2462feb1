import type { Shape, Structure } from '../../../lib/catalog/catalog.ts';
import { loadCatalog } from '../../../lib/catalog/load-catalog.ts';
import {
  toStateMachineAction,
  toStateMachineMember,
  toStateMachineService,
} from '../../../lib/catalog/step-functions-names.ts';
import type { IdentityPolicy } from '../../../lib/iam/evaluate-policy.ts';
import {
  type CallContext,
  type CallOutcome,
  createSimulatedAccount,
  type SimulatedAccount,
  type SimulatedAccountOptions,
} from '../../../lib/local/account/simulated-account.ts';
import { createVirtualClock } from '../../../lib/local/clock.ts';

export const catalog = loadCatalog();
export const ALL: IdentityPolicy = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
export const NONE: IdentityPolicy = { Statement: [] };
export const ROLE = 'arn:aws:sts::123456789012:assumed-role/wf/run-1';

export interface OpenAccount {
  readonly account: SimulatedAccount;
  /** Makes a call given in AWS's names, and checks that an answer has the shape of the model. */
  readonly call: (name: string, input?: object, policy?: IdentityPolicy, context?: CallContext) => CallOutcome;
  /** The output of a call that must succeed. */
  readonly get: (name: string, input?: object) => unknown;
  /** Lets seconds pass. */
  readonly wait: (seconds: number) => Promise<void>;
}

/** An account on a clock that stands still until it is told. */
export function openAccount(options: Partial<SimulatedAccountOptions> = {}): OpenAccount {
  const clock = createVirtualClock('2026-01-01T00:00:00Z', { automatic: false });
  const account = createSimulatedAccount({ catalog, clock, random: () => 0, ...options });
  const call: OpenAccount['call'] = (name, input = {}, policy = ALL, context = {}) => {
    const [serviceName = '', operationName = ''] = name.split(':');
    const service = catalog.service(serviceName);
    const operation = service?.operation(operationName);
    if (service === undefined || operation === undefined) throw new Error(`No ${name}`);
    const resource = `arn:aws:states:::aws-sdk:${toStateMachineService(service.serviceId)}:${toStateMachineAction(operationName)}`;
    const given = spelt(input);
    const problems = account.checkTask(resource, given);
    if (problems.length > 0) throw new Error(problems.join(', '));
    const outcome = account.callTask(resource, given, { arn: ROLE, policy }, context);
    if (outcome.kind === 'succeeded') {
      const wrong = misfit(serviceName, operation.output, outcome.output, name);
      if (wrong.length > 0) throw new Error(wrong.join('; '));
    }
    return outcome;
  };
  return {
    account,
    call,
    get(name, input) {
      const outcome = call(name, input);
      if (outcome.kind === 'succeeded') return outcome.output;
      throw new Error(`${name}: ${outcome.error}: ${outcome.cause}`);
    },
    wait: (seconds) => clock.advance(seconds * 1000),
  };
}

/** AWS's names as Step Functions spells them, at every depth. */
export function spelt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelt);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [toStateMachineMember(key), spelt(inner)]));
}

/** Where an output is not what the model says. */
function misfit(service: string, structure: Structure, value: unknown, where: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where} is no structure`];
  const given = new Map(Object.entries(value));
  const members = structure.members.map((member) => [toStateMachineMember(member.name), member] as const);
  const known = new Map(members);
  return [
    ...[...given.keys()].filter((name) => !known.has(name)).map((name) => `${where}.${name} is unknown`),
    ...members
      .filter(([name, { required }]) => required && !given.has(name))
      .map(([name]) => `${where}.${name} is missing`),
    ...members.flatMap(([name, { shape }]) =>
      given.has(name) ? misfitShape(service, shape, given.get(name), `${where}.${name}`) : [],
    ),
  ];
}

function misfitShape(service: string, shape: Shape, value: unknown, where: string): readonly string[] {
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) return [`${where} is no list`];
    return value.flatMap((item, index) => misfitShape(service, shape.item, item, `${where}[${index}]`));
  }
  if (shape.kind === 'map') {
    return Object.entries(value as object).flatMap(([key, item]) =>
      misfitShape(service, shape.value, item, `${where}.${key}`),
    );
  }
  if (shape.kind === 'structure') {
    const structure = catalog.service(service)?.structure(shape.name);
    return structure === undefined ? [`${where}: no ${shape.name}`] : misfit(service, structure, value, where);
  }
  if (shape.enum !== undefined && !shape.enum.includes(String(value)))
    return [`${where} is ${String(value)}, not one of its enum`];
  const type = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', timestamp: 'string' }[
    shape.type as 'string'
  ] as string | undefined;
  const isTime = shape.type !== 'timestamp' || !Number.isNaN(Date.parse(String(value)));
  return type === undefined || (typeof value === type && isTime)
    ? []
    : [`${where} is no ${shape.type}: ${String(value)}`];
}
