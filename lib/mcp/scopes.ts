/** What an access token must allow for what: looking, and doing. */
export const SCOPES = { read: 'workflows:read', execute: 'workflows:execute' } as const;

export type Scope = (typeof SCOPES)[keyof typeof SCOPES];

/** All of them. A client asks for them together: a challenge that names one alone would take the others away. */
export const ALL_SCOPES: readonly Scope[] = [SCOPES.read, SCOPES.execute];

/** A tool that says of itself that it only reads needs no more than that; every other one counts as doing. */
export function scopeOfTool({
  annotations,
}: {
  readonly annotations: { readonly readOnlyHint?: boolean | undefined };
}): Scope {
  return annotations.readOnlyHint === true ? SCOPES.read : SCOPES.execute;
}

/** What a conversation is begun and held with: it tells nothing of the registry, and changes nothing. */
const HANDSHAKE =
  /^(initialize|ping|server\/discover|logging\/setLevel|tools\/list|subscriptions\/listen|notifications\/.*)$/;

export function isHandshake(method: string): boolean {
  return HANDSHAKE.test(method);
}

const READING = /^(resources|prompts|completion)\/|^tasks\/get$/;

/**
 * The scope that a request of this method needs; `undefined` where it needs none. `tools/call` needs that of its tool,
 * which is asked there. A method that is not known here counts as doing.
 */
export function scopeOfMethod(method: string): Scope | undefined {
  if (method === 'tools/call' || isHandshake(method)) return undefined;
  return READING.test(method) ? SCOPES.read : SCOPES.execute;
}

/**
 * Whether these scopes hold that one; who is not bound by scopes holds all. To run workflows of one tier
 * (`workflows:execute:community`) is to do, too: which ones is asked where a workflow is run.
 */
export function holdsScope(scopes: readonly string[] | undefined, scope: Scope): boolean {
  return scopes === undefined || scopes.some((held) => held === scope || held.startsWith(`${scope}:`));
}
