import type { Ranked } from './rank.ts';
import { type Check, list, quote } from './refusal.ts';
import { splitName } from './words.ts';

/** No value of the context is of another type than the member that its key names. */
export const valuesFit: Check = ({ best }) => {
  const [wrong] = best.binding.wrongType;
  if (wrong === undefined) return undefined;
  const { key, member } = wrong;
  return {
    reason: 'wrong-type',
    key,
    message: `The value of ${quote(key)} cannot be given to ${best.name}'s ${member}, which is ${describeType(best, member)}.`,
  };
};

/** Every context key is one member of the call. */
export const everyKeyIsBound: Check = ({ best, service }) => {
  const { unbound, ambiguous } = best.binding;
  const operation = best.name;
  const [key] = unbound;
  if (key !== undefined) {
    const members = best.fit.indexed.operation.input.members.map((member) => member.name);
    const shown = members.length > 12 ? [...members.slice(0, 12), '…'] : members;
    return {
      reason: 'unbound-context-key',
      key,
      message: `${service.name}:${operation} has no member for the context key ${quote(key)}.`,
      advice: `name the key after one of its members (${list(shown)})`,
    };
  }
  const [double] = ambiguous;
  if (double === undefined) return undefined;
  return {
    reason: 'ambiguous-binding',
    key: double.key,
    message: `The context key ${quote(double.key)} could be ${operation}'s ${double.members.join(' or ')}.`,
    advice: `name the key more exactly, e.g. ${quote(splitName(double.members[0] ?? '').join('_'))}`,
  };
};

function describeType({ fit }: Ranked, name: string): string {
  const shape = fit.indexed.operation.input.members.find((member) => member.name === name)?.shape;
  if (shape?.kind !== 'scalar') return shape === undefined ? 'of another type' : `a ${shape.kind}`;
  return shape.enum === undefined ? `of type ${shape.type}` : `one of ${list(shape.enum.slice(0, 10))}`;
}
