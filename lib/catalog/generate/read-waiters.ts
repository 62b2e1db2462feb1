import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Waiter, WaiterAcceptor } from '../catalog.ts';

/** Service id → the class of the old SDK that calls it: `Cognito Identity Provider` → `CognitoIdentityServiceProvider`. */
export function readClassNames(packageDirectory: string): ReadonlyMap<string, string> {
  const apis = join(packageDirectory, 'apis');
  const metadata = JSON.parse(readFileSync(join(apis, 'metadata.json'), 'utf8')) as Record<
    string,
    { readonly name: string; readonly prefix?: string }
  >;
  const classNames = new Map(Object.entries(metadata).map(([key, { name, prefix }]) => [prefix ?? key, name]));
  const models = readdirSync(apis).filter((file) => file.endsWith('.min.json'));
  return new Map(
    models.sort().flatMap((file) => {
      const [id, name] = [serviceIdOf(join(apis, file)), classNames.get(file.replace(/-\d{4}-.*$/, ''))];
      return id === undefined || name === undefined ? [] : [[id, name] as const];
    }),
  );
}

/**
 * Waiters of a service as data. Only the old SDK (`aws-sdk` 2) has them so; a service newer than it has none here.
 * @param packageDirectory where `aws-sdk` is installed
 */
export function readWaiters(packageDirectory: string, serviceId: string): Waiter[] {
  const apis = join(packageDirectory, 'apis');
  // File names end in the API's date, so the last one of a service is the newest.
  const model = readdirSync(apis)
    .filter((file) => file.endsWith('.min.json'))
    .sort()
    .findLast((file) => serviceIdOf(join(apis, file)) === serviceId);
  const file = model === undefined ? undefined : join(apis, model.replace('.min.json', '.waiters2.json'));
  if (file === undefined || !existsSync(file)) return [];
  const { waiters } = JSON.parse(readFileSync(file, 'utf8')) as { waiters: Record<string, WaiterSource> };
  return Object.keys(waiters)
    .sort()
    .map((name) => readWaiter(name, waiters[name] as WaiterSource));
}

interface WaiterSource {
  readonly delay: number;
  readonly operation: string;
  readonly maxAttempts: number;
  readonly acceptors: readonly WaiterAcceptor[];
}

const serviceIdOf = (file: string): string | undefined =>
  /"serviceId": ?"([^"]+)"/.exec(readFileSync(file, 'utf8').slice(0, 2000))?.[1];

const readWaiter = (name: string, source: WaiterSource): Waiter => ({
  name,
  operation: source.operation,
  delaySeconds: source.delay,
  maxAttempts: source.maxAttempts,
  acceptors: source.acceptors.map(({ state, matcher, argument, expected }) => ({
    state,
    matcher,
    ...(argument === undefined ? {} : { argument }),
    expected,
  })),
});
