import type { Catalog, Structure } from '../catalog/catalog.ts';
import { isSecretMember } from '../compiler/analyse/safety/is-secret.ts';
import type { Argument, AwsCall } from '../compiler/bytecode.ts';
import { toCli } from '../compiler/emit/to-cli.ts';

/**
 * The AWS CLI command that a call of a run equals, with the values it was made with.
 * @param parameters what Step Functions sent, in its own spelling
 */
export function actualCommand(call: AwsCall, parameters: unknown, catalog: Catalog): string {
  const service = catalog.service(call.service);
  if (service === undefined) throw new Error(`The catalog has no service ${call.service}`);
  const written: Argument = { kind: 'structure', members: call.arguments };
  const spelled: Argument = { kind: 'structure', members: call.state_machine_arguments };
  const actual = withoutSecrets(asWritten(written, spelled, parameters), service.operation(call.operation)?.input);
  return toCli(service.cliName, call.operation, actual.kind === 'structure' ? actual.members : {});
}

/** A terminal's history is no place for a password. */
function withoutSecrets(argument: Argument, input: Structure | undefined): Argument {
  if (argument.kind !== 'structure') return argument;
  const secret = new Set(input?.members.filter(isSecretMember).map(({ name }) => name));
  const members = Object.entries(argument.members).map(
    ([name, value]) => [name, secret.has(name) ? ({ kind: 'literal', value: '********' } as const) : value] as const,
  );
  return { kind: 'structure', members: Object.fromEntries(members) };
}

/** Gives actual values the names that AWS's own documentation uses, by walking both spellings side by side. */
function asWritten(written: Argument, spelled: Argument, value: unknown): Argument {
  if (written.kind === 'structure' && spelled.kind === 'structure' && isObject(value)) {
    const names = Object.keys(spelled.members);
    const entries = Object.entries(written.members).flatMap(([name, member], index) => {
      const key = names[index] ?? name;
      const spelledMember = spelled.members[key];
      return spelledMember === undefined || value[key] === undefined
        ? []
        : [[name, asWritten(member, spelledMember, value[key])] as const];
    });
    return { kind: 'structure', members: Object.fromEntries(entries) };
  }
  if (written.kind === 'list' && spelled.kind === 'list' && Array.isArray(value)) {
    const items = value.map((item, index) => {
      const [from, to] = [written.items[index], spelled.items[index]];
      return from === undefined || to === undefined ? fromJson(item) : asWritten(from, to, item);
    });
    return { kind: 'list', items };
  }
  return fromJson(value);
}

function fromJson(value: unknown): Argument {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(fromJson) };
  if (isObject(value)) {
    return { kind: 'structure', members: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fromJson(v)])) };
  }
  return { kind: 'literal', value: value as string | number | boolean | null };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
