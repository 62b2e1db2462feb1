import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { Catalog } from '../../catalog/catalog.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import type { ContextKey, Resolution } from '../../compiler/resolve/resolution.ts';
import { resolveCall } from '../../compiler/resolve/resolve-call.ts';
import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import { EXIT, type ExitCode, paint, type Terminal } from '../terminal.ts';

export interface ResolveOptions {
  readonly service?: string;
  readonly intent?: string;
  readonly context: Readonly<Record<string, string>>;
  readonly permission: readonly string[];
  readonly batch?: string;
  readonly json: boolean;
}

interface Case {
  readonly id: string;
  readonly service: string;
  readonly intent: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

const CASES = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'service', 'intent'],
    properties: {
      id: { type: 'string' },
      service: { type: 'string' },
      intent: { type: 'string' },
      context: { type: 'object' },
    },
  },
} as const;

/** `workflow resolve`: which call a step's words become, and why, or why they are refused. */
export function resolve(options: ResolveOptions, terminal: Terminal): ExitCode {
  const catalog = loadCatalog();
  if (options.batch !== undefined) return resolveBatch(options.batch, catalog, options.json, terminal);
  const { service: name, intent } = options;
  if (name === undefined || intent === undefined) {
    terminal.err('give --service and --intent, or --batch with a file of cases\n(add --help for help)');
    return EXIT.usage;
  }
  const service = catalog.service(name);
  if (service === undefined) {
    const guess = didYouMean(name, catalog.services);
    const hint = guess === undefined ? `services: ${listNames(catalog.services, 60)}` : `did you mean "${guess}"?`;
    terminal.err(`no service named "${name}"\nhint: ${hint}`);
    return EXIT.failed;
  }
  const { permission } = options;
  const resolution = resolveCall(service, catalog, {
    intent,
    context: contextKeys(options.context),
    ...(permission.length === 0 ? {} : { requiredPermissions: permission }),
  });
  if (options.json) terminal.out(JSON.stringify(resolution, null, 2));
  else explain(resolution, service.name, terminal);
  return resolution.status === 'accepted' ? EXIT.ok : EXIT.failed;
}

function resolveBatch(file: string, catalog: Catalog, json: boolean, terminal: Terminal): ExitCode {
  const cases = readCases(file);
  if (typeof cases === 'string') {
    terminal.err(cases);
    return EXIT.usage;
  }
  const answers = cases.map((one) => answer(one, catalog));
  if (json) terminal.out(JSON.stringify(answers, null, 2));
  else for (const { id, status, operation } of answers) terminal.out(`${id}  ${status}  ${operation ?? '–'}`);
  return EXIT.ok;
}

function answer({ id, service: name, intent, context = {} }: Case, catalog: Catalog) {
  const service = catalog.service(name);
  if (service === undefined) {
    return { id, status: 'refused', reason: 'unknown-service', operation: null, bindings: {}, candidates: [] } as const;
  }
  const resolution = resolveCall(service, catalog, { intent, context: contextKeys(context) });
  const reason = resolution.status === 'refused' ? { reason: resolution.reason } : {};
  return {
    id,
    status: resolution.status,
    ...reason,
    operation: resolution.operation ?? null,
    bindings: resolution.bindings,
    candidates: resolution.candidates.map(({ operation }) => operation),
  };
}

/** The cases of a file, or what is wrong with it. */
function readCases(file: string): readonly Case[] | string {
  let cases: unknown;
  try {
    cases = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return `${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  const ajv = new Ajv({ allErrors: true });
  const validate = ajv.compile<readonly Case[]>(CASES);
  if (validate(cases)) return cases;
  return `${file}: ${ajv.errorsText(validate.errors, { dataVar: 'cases' })}\nhint: [{"id", "service", "intent", "context"?}]`;
}

/** A text may stand for a value of any type, as `${params.x}` does; other JSON values have the type they have. */
function contextKeys(context: Readonly<Record<string, unknown>>): readonly ContextKey[] {
  return Object.entries(context).map(([key, value]) => {
    if (typeof value === 'number') return { key, type: Number.isInteger(value) ? 'integer' : 'number', literal: value };
    if (typeof value === 'boolean') return { key, type: 'boolean', literal: value };
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return { key, type: 'string_list' };
    return { key, type: undefined };
  });
}

function explain(resolution: Resolution, service: string, terminal: Terminal): void {
  const { candidates, bindings } = resolution;
  if (resolution.status === 'accepted') {
    const { operation, score, margin } = resolution;
    const verdict = paint(terminal, 'green', 'accepted');
    terminal.out(
      `${verdict}  ${service}:${operation}  score ${score.toFixed(2)}, ${margin.toFixed(2)} ahead of the next`,
    );
  } else {
    terminal.out(`${paint(terminal, 'red', 'refused')}  ${resolution.reason}: ${resolution.message}`);
    terminal.out(`hint: ${resolution.hint}`);
  }
  for (const [key, member] of Object.entries(bindings)) terminal.out(`  ${key} → ${member}`);
  if (candidates.length > 0) terminal.out('candidates');
  for (const { operation, score } of candidates) terminal.out(`  ${score.toFixed(2).padStart(6)}  ${operation}`);
}
