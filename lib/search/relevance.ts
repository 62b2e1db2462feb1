import type { Offer } from './offer.ts';
import type { Subject } from './subject.ts';

/**
 * What counts how much. Fitted on half of the development queries; around these values nothing hangs on the second
 * digit. `npm run bench:search` shows what they reach.
 */
const WEIGHTS = {
  /** Share of the meaning in the first part of the score; the rest is words. */
  meaning: 0.45,
  serviceNamed: 0.1,
  serviceImplied: 0.14,
  serviceMissed: -0.05,
  effect: 0.1,
  effectUnasked: -0.02,
};
/** A request for a service that no workflow has: what is found has only like words. */
const NO_SUCH_SERVICE = 0.6;
/** How much less each further verb of a request says of what is wanted. */
const LATER_EFFECT = 0.5;
/** From here on scores are squeezed: the parts can add up to more than 1. */
const KNEE = 0.8;
const MOST = 1 + WEIGHTS.serviceNamed + WEIGHTS.serviceImplied + WEIGHTS.effect;

/** What the workflows offer, turned about: for each service and effect how much each workflow is about it. */
export interface OfferColumns {
  readonly length: number;
  readonly services: ReadonlyMap<string, Float32Array>;
  readonly effects: ReadonlyMap<string, Float32Array>;
  /** For each effect its share of the effects that a workflow's name tells. */
  readonly headlines: ReadonlyMap<string, Float32Array>;
}

export function offerColumns(offers: readonly Offer[]): OfferColumns {
  return {
    length: offers.length,
    services: columns(offers.map(({ services }) => Object.entries(services))),
    effects: columns(offers.map(({ effects }) => Object.entries(effects))),
    headlines: columns(offers.map(({ headline }) => headline.map((effect) => [effect, 1 / headline.length]))),
  };
}

function columns(rows: readonly (readonly (readonly [name: string, weight: number])[])[]): Map<string, Float32Array> {
  const found = new Map<string, Float32Array>();
  for (const [i, row] of rows.entries()) {
    for (const [name, weight] of row) {
      const column = found.get(name) ?? new Float32Array(rows.length);
      column[i] = weight;
      found.set(name, column);
    }
  }
  return found;
}

/** How much a request is about what these workflows do: 1, or less. */
export function atHome({ named, atHome: ofText }: Subject, { services }: OfferColumns): number {
  if (named.size === 0) return ofText;
  const offered = [...named].filter((service) => services.has(service)).length / named.size;
  return ofText * (NO_SUCH_SERVICE + (1 - NO_SUCH_SERVICE) * offered);
}

/** What each workflow gains, or loses, by the services and effects that a request asks for. */
export function subjectFits(subject: Subject, offers: OfferColumns): Float64Array {
  const fits = new Float64Array(offers.length);
  addServices(fits, subject, offers);
  if (subject.effects.size > 0) addEffects(fits, [...subject.effects], offers);
  return fits;
}

function addServices(fits: Float64Array, { named, implied }: Subject, { services }: OfferColumns): void {
  const namedSum = new Float64Array(fits.length);
  for (const service of named) addColumn(namedSum, services.get(service), 1 / named.size);
  const best = new Float64Array(fits.length);
  for (const service of implied) {
    services.get(service)?.forEach((weight, i) => {
      best[i] = Math.max(weight, best[i] ?? 0);
    });
  }
  for (const [i, sum] of namedSum.entries()) {
    const missed = named.size > 0 && sum === 0 ? WEIGHTS.serviceMissed : 0;
    fits[i] = WEIGHTS.serviceNamed * sum + missed + WEIGHTS.serviceImplied * (best[i] ?? 0);
  }
}

function addEffects(fits: Float64Array, effects: readonly string[], offers: OfferColumns): void {
  const weights = effects.map((_, position) => 1 / (1 + LATER_EFFECT * position));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [position, effect] of effects.entries()) {
    addColumn(fits, offers.effects.get(effect), (WEIGHTS.effect * (weights[position] ?? 0)) / whole);
  }
  for (const [effect, column] of offers.headlines) {
    if (!effects.includes(effect)) addColumn(fits, column, WEIGHTS.effectUnasked);
  }
}

function addColumn(sums: Float64Array, column: Float32Array | undefined, factor: number): void {
  column?.forEach((weight, i) => {
    sums[i] = (sums[i] ?? 0) + factor * weight;
  });
}

/**
 * How well a workflow answers a request, 0 to 1.
 * @param meaning cosine of the two texts
 * @param words how well its words fit, 0 to 1
 * @param fit from {@link subjectFits}
 */
export function relevance(meaning: number, words: number, fit: number, home: number): number {
  const score = WEIGHTS.meaning * Math.max(0, meaning) + (1 - WEIGHTS.meaning) * words + fit;
  return squeeze(Math.max(0, score * home));
}

/** Keeps the order above the knee. */
function squeeze(score: number): number {
  return score <= KNEE ? score : KNEE + ((score - KNEE) * (1 - KNEE)) / (MOST - KNEE);
}
