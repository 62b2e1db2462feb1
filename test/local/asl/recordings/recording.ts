/** An execution recorded from Step Functions: what was run, and its history, with whatever differs at each run masked. */
export interface Recording {
  readonly test: string;
  /** JSON text. */
  readonly definition: string;
  readonly input: unknown;
  readonly events: readonly RecordedEvent[];
}

export interface RecordedEvent {
  readonly type: string;
  /** Not a number where the recording does not tell the order of parallel branches. */
  readonly id: unknown;
  readonly previousEventId: unknown;
  readonly [details: string]: unknown;
}

/** The details of an event, whatever their name. */
export function detailsOf(event: object): Readonly<Record<string, unknown>> {
  const found = Object.entries(event).find(([key]) => key.endsWith('EventDetails'));
  return (found?.[1] ?? {}) as Readonly<Record<string, unknown>>;
}

/** The name of the state that an event tells of, where it does. */
export function nameIn(event: object): string | undefined {
  const { name } = detailsOf(event);
  return typeof name === 'string' ? name : undefined;
}

/** Data as recorded: JSON text is parsed already where it is an object. */
export function recordedData(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
