import { isContent } from './check-nouns.ts';
import { type Check, quote } from './refusal.ts';
import { CHANGING_VERBS, READING_VERBS, STRONG_VERB } from './verbs.ts';

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

const asksOneThing: Check = ({ intent, request, best }) => {
  if (intent.secondVerb !== undefined) {
    return {
      reason: 'ambiguous-operation',
      message: `The intent asks for two things, the second being ${quote(intent.secondVerb)}; a step makes one call.`,
      advice: 'make each of them a step of its own',
    };
  }
  const { verb } = best.fit.indexed;
  const allTold = CHANGING_VERBS.has(verb) && intent.heads.every((head) => isContent(head, best));
  if (intent.heads.length > 1 && !READING_VERBS.has(verb) && !allTold) {
    const things = intent.heads.map((head) => quote(head.text)).join(' and ');
    return {
      reason: 'ambiguous-operation',
      message: `The intent speaks of ${things}; a step makes one call.`,
      advice: 'make a step for each of them',
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
        message: `${quote(intent.verb?.text ?? '')} does not clearly mean ${best.name}, the nearest call of this service.`,
      };

function shorten(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}

/** The intent opens with one verb, asks for one thing without conditions, and the operation does what the verb says. */
export const verbChecks: readonly Check[] = [verbIsKnown, asksOneThing, verbFits];
