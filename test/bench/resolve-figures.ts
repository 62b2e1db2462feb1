import type { Catalog } from '../../lib/catalog/catalog.ts';
import type { Resolution } from '../../lib/compiler/resolve/resolution.ts';
import { resolveCall } from '../../lib/compiler/resolve/resolve-call.ts';
import { type Figure, share } from './figure.ts';

interface IntentCase {
  readonly id: string;
  readonly service: string;
  readonly intent: string;
  readonly gold: readonly string[];
}

interface BindingCase {
  readonly id: string;
  readonly service: string;
  readonly op: string | readonly string[];
  readonly intent: string;
  readonly bindings: Readonly<Record<string, string>>;
}

interface VagueCase {
  readonly id: string;
  readonly service: string;
  readonly intent: string;
  readonly keys: readonly string[];
}

/** How well words become calls; what is wrong or refused is named on the way. */
export function resolveFigures(catalog: Catalog, read: (name: string) => unknown): readonly Figure[] {
  const resolve = (service: string, intent: string, keys: readonly string[]): Resolution | undefined => {
    const found = catalog.service(service);
    const context = keys.map((key) => ({ key, type: undefined }));
    return found && resolveCall(found, catalog, { intent, context });
  };
  const titles = read('sdk-titles') as readonly IntentCase[];
  return [
    ...withContext('development cases', read('bindings') as readonly BindingCase[], resolve),
    ...withContext('further cases', read('steps') as readonly BindingCase[], resolve),
    ...serviceOnly('development cases', 90, read('intents') as readonly IntentCase[], resolve),
    ...serviceOnly('titles of AWS examples', 83, titles, resolve),
    ...vague(read('vague') as readonly VagueCase[], resolve),
  ];
}

type Resolve = (service: string, intent: string, keys: readonly string[]) => Resolution | undefined;

const operationsOf = (resolution: Resolution | undefined): readonly string[] =>
  resolution?.candidates.map(({ operation }) => operation) ?? [];

function withContext(which: string, cases: readonly BindingCase[], resolve: Resolve): readonly Figure[] {
  const judged = cases.map((one) => {
    const gold = [one.op].flat();
    const resolution = resolve(one.service, one.intent, Object.keys(one.bindings));
    const bound = Object.entries(one.bindings).filter(([key, member]) => resolution?.bindings[key] === member).length;
    const [best = ''] = operationsOf(resolution);
    const right = gold.includes(best) && bound === Object.keys(one.bindings).length;
    const accepted = resolution?.status === 'accepted';
    const bindingsWrong = Object.entries(resolution?.bindings ?? {}).filter(
      ([key, m]) => one.bindings[key] !== m,
    ).length;
    if (accepted && !right) console.log(`wrong: ${one.id} ${one.service} "${one.intent}" → ${best}`);
    return {
      gold,
      best,
      top5: operationsOf(resolution).some((name) => gold.includes(name)),
      bound,
      right,
      accepted,
      bindingsWrong,
    };
  });
  const count = (test: (one: (typeof judged)[number]) => boolean): number => judged.filter(test).length;
  const keys = cases.reduce((sum, { bindings }) => sum + Object.keys(bindings).length, 0);
  const boundKeys = judged.reduce((sum, { bound }) => sum + bound, 0);
  const wrongKeys = judged
    .filter(({ accepted }) => accepted)
    .reduce((sum, { bindingsWrong }) => sum + bindingsWrong, 0);
  return [
    {
      name: `${which}: intent with context → operation, top-1`,
      atLeast: 95,
      ...share(
        count(({ gold, best }) => gold.includes(best)),
        cases.length,
      ),
    },
    {
      name: `${which}: intent with context → operation, top-5`,
      ...(which === 'development cases' ? { atLeast: 99 } : {}),
      ...share(
        count(({ top5 }) => top5),
        cases.length,
      ),
    },
    {
      name: `${which}: accepted automatically`,
      atLeast: 85,
      ...share(
        count(({ accepted }) => accepted),
        cases.length,
      ),
    },
    {
      name: `${which}: accepted with a wrong operation or binding`,
      value: count(({ accepted, right }) => accepted && !right),
      unit: 'count',
      atMost: 0,
    },
    { name: `${which}: context key → member`, atLeast: 97, ...share(boundKeys, keys) },
    { name: `${which}: context keys wrongly bound in what is accepted`, value: wrongKeys, unit: 'count', atMost: 0 },
  ];
}

function serviceOnly(
  which: string,
  atLeast: number,
  cases: readonly IntentCase[],
  resolve: Resolve,
): readonly Figure[] {
  const ranked = cases.map(({ service, intent, gold }) => ({
    gold,
    found: operationsOf(resolve(service, intent, [])),
  }));
  const top = (depth: number): number =>
    ranked.filter(({ gold, found }) => found.slice(0, depth).some((name) => gold.includes(name))).length;
  return [
    { name: `${which}: intent with service only → operation, top-1`, atLeast, ...share(top(1), cases.length) },
    { name: `${which}: intent with service only → operation, top-5`, ...share(top(5), cases.length) },
  ];
}

function vague(cases: readonly VagueCase[], resolve: Resolve): readonly Figure[] {
  const refused = cases.filter(({ service, intent, keys }) => resolve(service, intent, keys)?.status !== 'accepted');
  return [{ name: 'vague requests refused', atLeast: 97, ...share(refused.length, cases.length) }];
}
