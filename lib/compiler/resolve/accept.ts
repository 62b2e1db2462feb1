import type { Catalog, CatalogService, Member } from '../../catalog/catalog.ts';
import type { ReadKey } from './bind-context.ts';
import { changesNothing, REFERENCE_WORDS } from './changes-nothing.ts';
import { PURPOSE_WEIGHT } from './noun-phrases.ts';
import { LIGHT_NOUNS, NEUTRAL_QUALIFIERS } from './nouns.ts';
import type { ParsedIntent } from './parse-intent.ts';
import type { Ranked } from './rank.ts';
import type { RefusalReason, ResolutionRequest } from './resolution.ts';
import { CHANGING_VERBS, READING_VERBS, STRONG_VERB } from './verbs.ts';
import { splitName, stem } from './words.ts';

/** Lead over the runner-up that an operation needs. */
const CLEAR_MARGIN = 0.4;
/** The same where the author's permissions name this operation and none of its rivals. */
const WITNESSED_MARGIN = 0.2;
const MIN_PRECISION = 0.5;
const MIN_HEAD_FIT = 0.5;
const MIN_RECALL = 0.5;
/** A rival that explains so much more of the intent's words contradicts the context. */
const MORE_WORDS = 0.06;

export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
  /** What else the author can do, before the pin. */
  readonly advice?: string;
  readonly key?: string;
}

export interface Question {
  readonly service: CatalogService;
  readonly catalog: Catalog;
  readonly request: ResolutionRequest;
  readonly intent: ParsedIntent;
  readonly keys: readonly ReadKey[];
  readonly ranked: readonly Ranked[];
  /** First of `ranked`. */
  readonly best: Ranked;
}

type Check = (question: Question) => Refusal | undefined;

const quote = (text: string) => `"${text}"`;
const nameOf = ({ fit }: Ranked) => fit.indexed.operation.name;
const list = (names: readonly string[]) => names.join(', ');

const verbIsKnown: Check = ({ intent, request }) => {
  if (intent.verb !== undefined && intent.opensWithVerb) return undefined;
  return {
    reason: 'unknown-verb',
    message:
      request.intent.trim() === ''
        ? 'The intent is empty.'
        : `The intent does not open with a verb that names one kind of AWS call: ${quote(shorten(request.intent))}.`,
    advice: 'begin the intent with a verb such as describe, list, create, modify, start, stop or delete',
  };
};

const asksOneThing: Check = ({ intent, request }) => {
  if (intent.secondVerb !== undefined) {
    return {
      reason: 'ambiguous-operation',
      message: `The intent asks for two things, the second being ${quote(intent.secondVerb)}; a step makes one call.`,
      advice: 'make each of them a step of its own',
    };
  }
  if (intent.condition === undefined) return undefined;
  return {
    reason: 'ambiguous-operation',
    message: `The intent depends on a condition (${quote(intent.condition)}), which the call ignores: ${quote(shorten(request.intent))}.`,
    advice: 'write the condition in the `when` of the step',
  };
};

const verbFits: Check = ({ intent, best }) =>
  best.fit.verb >= STRONG_VERB
    ? undefined
    : {
        reason: 'unknown-verb',
        message: `${quote(intent.verb?.text ?? '')} does not clearly mean ${nameOf(best)}, the nearest call of this service.`,
      };

const nounsFit: Check = (question) => {
  const { intent, best } = question;
  const { precision, headFit, objectRecall, operationHeadNamed } = best.fit;
  const refuse = (message: string): Refusal => ({ reason: 'nouns-do-not-fit', message });
  if (intent.heads.length === 0 && best.fit.indexed.nouns.size > 0) {
    return refuse(`The intent does not say what to ${intent.verb?.text ?? 'act on'}.`);
  }
  if (headFit < MIN_HEAD_FIT || precision < MIN_PRECISION) {
    return refuse(
      `${nameOf(best)}, the nearest call, is not about ${quote(intent.heads.map((head) => head.text).join(' and '))}.`,
    );
  }
  if (!operationHeadNamed || objectRecall < MIN_RECALL || !aboutTheObject(question)) {
    return refuse(`${nameOf(best)}, the nearest call, is about something that the intent does not name.`);
  }
  const { unexplained, unnamed } = best.fit;
  if (unexplained.length > 0 && unnamed.length > 0) {
    return refuse(
      `${nameOf(best)}, the nearest call, is about ${list(unnamed)}, but the intent says ${list(unexplained)}.`,
    );
  }
  return undefined;
};

/** The object of the verb is what the operation is about, or what one of the bound members says of it. */
function aboutTheObject({ best, intent }: Question): boolean {
  if (best.fit.aligned) return true;
  const { verb, nouns } = best.fit.indexed;
  if (!CHANGING_VERBS.has(verb) && !READING_VERBS.has(verb)) return false;
  const bound = new Set(Object.values(best.binding.bindings).flatMap((member) => splitName(member).map(stem)));
  return intent.heads.every((head) =>
    head.alternatives.some((words) => words.every((word) => bound.has(word) || nouns.has(word))),
  );
}

/** The rival is the same for the number of things that the intent speaks of: `ListKeyPolicies` beside `GetKeyPolicy`. */
function isOtherNumber(best: Ranked, rival: Ranked, intent: ParsedIntent): boolean {
  const [mine, other] = [best.fit.indexed, rival.fit.indexed];
  const nouns = (indexed: typeof mine) =>
    [...indexed.nouns.keys()]
      .filter((word) => word !== 'batch')
      .sort()
      .join(' ');
  return mine.plural !== intent.plural && other.plural === intent.plural && nouns(mine) === nouns(other);
}

const marginIsClear: Check = ({ best, ranked, request, intent }) => {
  const declared = (rival: Ranked) => isDeclared(rival, request.requiredPermissions);
  const rivals = ranked.slice(1, 6);
  const witnessed = request.requiredPermissions !== undefined && declared(best) && !rivals.some(declared);
  const needed = witnessed ? WITNESSED_MARGIN : CLEAR_MARGIN;
  const supersedes = (rival: Ranked) => `${nameOf(rival)}V2` === nameOf(best);
  const near = rivals.filter((rival) => best.score - rival.score < needed && !supersedes(rival));
  const contradicting = rivals.filter(
    (rival) =>
      rival.fit.verb >= Math.max(STRONG_VERB, best.fit.verb - 0.1) &&
      (rival.fit.namePrecision > best.fit.grounded + MORE_WORDS || isOtherNumber(best, rival, intent)),
  );
  const named = [...new Set([...near, ...contradicting])];
  if (named.length === 0) return undefined;
  return {
    reason: 'ambiguous-operation',
    message: `The intent could mean ${nameOf(best)} or ${list(named.map(nameOf))}.`,
    advice: 'say more precisely what the call is about',
  };
};

const everyKeyIsBound: Check = ({ best, service }) => {
  const { wrongType, unbound, ambiguous } = best.binding;
  const operation = nameOf(best);
  const [wrong] = wrongType;
  if (wrong !== undefined) {
    return {
      reason: 'wrong-type',
      key: wrong.key,
      message: `The value of ${quote(wrong.key)} cannot be given to ${operation}'s ${wrong.member}, which is ${describeType(best, wrong.member)}.`,
    };
  }
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

const nothingIsMissing: Check = (question) => {
  const { best, keys, intent } = question;
  const { indexed } = best.fit;
  const refuse = (message: string): Refusal => ({ reason: 'missing-required-member', message });
  const { missing } = best.binding;
  if (missing.length > 0) return refuse(`${nameOf(best)} requires ${list(missing)}, which the context does not give.`);
  if (keys.length === 0 && !intent.plural && READING_VERBS.has(indexed.verb) && canNameOne(best)) {
    return refuse(
      `The intent speaks of one thing, but the context does not say which, as ${nameOf(best)} would let it.`,
    );
  }
  const dropped = keys.length === 0 ? saysMore(best) : [];
  if (dropped.length > 0) {
    return refuse(
      `The intent speaks of ${list(dropped.map(quote))}, which ${nameOf(best)} is not told without a context.`,
    );
  }
  if (changesNothing(indexed, best.binding)) return refuse(`${nameOf(best)} is not told what to change.`);
  const body = indexed.verb === 'Put' || indexed.verb === 'Upload' ? unboundContent(best) : undefined;
  return body && refuse(`${nameOf(best)} is not told what to write: its ${body.name} is not given.`);
};

/** Whether the call could be told which thing is meant. */
function canNameOne({ fit }: Ranked): boolean {
  const { nouns, operation } = fit.indexed;
  return operation.input.members.some(({ name }) => {
    const words = splitName(name).map(stem);
    return (
      words.some((word) => REFERENCE_WORDS.has(word)) &&
      words.every((word) => nouns.has(word) || REFERENCE_WORDS.has(word))
    );
  });
}

/** What the intent says beyond the operation's name: without a context it has nowhere to go. */
function saysMore({ fit }: Ranked): readonly string[] {
  const reads = READING_VERBS.has(fit.indexed.verb);
  const said = fit.beyondName.filter(({ text, qualifier, weight }) =>
    qualifier ? reads && !NEUTRAL_QUALIFIERS.has(text) : weight > PURPOSE_WEIGHT && !LIGHT_NOUNS.has(text),
  );
  return said.map(({ text }) => text);
}

function unboundContent({ fit, binding }: Ranked): Member | undefined {
  const bound = new Set(Object.values(binding.bindings));
  return fit.indexed.operation.input.members.find(
    ({ name, shape }) => shape.kind === 'scalar' && shape.type === 'blob' && !name.endsWith('Key') && !bound.has(name),
  );
}

const stepFunctionsCanCall: Check = ({ best }) => {
  const why = best.fit.indexed.operation.unsupportedByStepFunctions;
  if (why === undefined) return undefined;
  return { reason: 'unsupported-by-step-functions', message: `Step Functions cannot call ${nameOf(best)}: ${why}` };
};

const actionIsKnown: Check = ({ best, catalog }) => {
  const { name, iamActions } = best.fit.indexed.operation;
  if (iamActions.length > 0 && iamActions.every((action) => catalog.iamAction(action) !== undefined)) return undefined;
  return {
    reason: 'unknown-iam-action',
    message: `The IAM action that ${name} needs is not known, so its permission cannot be proved.`,
  };
};

const actionIsDeclared: Check = ({ best, ranked, request }) => {
  if (request.requiredPermissions === undefined || isDeclared(best, request.requiredPermissions)) return undefined;
  const other = ranked.slice(1, 6).find((rival) => isDeclared(rival, request.requiredPermissions));
  const needs = list(best.fit.indexed.operation.iamActions);
  return {
    reason: 'action-not-among-required-permissions',
    message:
      `The intent was understood as ${nameOf(best)}, which needs ${needs}; required_permissions does not have it` +
      `${other === undefined ? '.' : `, but has ${list(other.fit.indexed.operation.iamActions)}, which ${nameOf(other)} would need.`}`,
    advice: `add ${needs} to required_permissions${other === undefined ? '' : `, or say in the intent that ${nameOf(other)} is meant`}`,
  };
};

/** Whether all that the call needs is among the permissions; IAM ignores case. */
function isDeclared({ fit }: Ranked, permissions: readonly string[] | undefined): boolean {
  const declared = new Set(permissions?.map((permission) => permission.toLowerCase()));
  const { iamActions } = fit.indexed.operation;
  return iamActions.length > 0 && iamActions.every((action) => declared.has(action.toLowerCase()));
}

function describeType({ fit }: Ranked, name: string): string {
  const shape = fit.indexed.operation.input.members.find((member) => member.name === name)?.shape;
  if (shape?.kind !== 'scalar') return shape === undefined ? 'of another type' : `a ${shape.kind}`;
  return shape.enum === undefined ? `of type ${shape.type}` : `one of ${list(shape.enum.slice(0, 10))}`;
}

function shorten(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}

/** In the order in which an author can best act on them. Nothing is accepted that fails one. */
const CHECKS: readonly Check[] = [
  verbIsKnown,
  asksOneThing,
  verbFits,
  nounsFit,
  actionIsDeclared,
  marginIsClear,
  everyKeyIsBound,
  nothingIsMissing,
  stepFunctionsCanCall,
  actionIsKnown,
];

/** The first reason not to accept the best operation, or `undefined`. */
export function findRefusal(question: Question): Refusal | undefined {
  for (const check of CHECKS) {
    const refusal = check(question);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
