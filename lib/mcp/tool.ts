import type {
  InputRequiredResult,
  ResourceLink,
  StandardSchemaWithJSON,
  ToolAnnotations,
} from '@modelcontextprotocol/server';
import type * as z from 'zod';
import type { Bytecode } from '../compiler/bytecode.ts';
import type { WorkflowEngine } from '../engine/workflow-engine.ts';
import type { CallerTiers } from '../registry/caller-tiers.ts';
import type { WorkflowSearch } from '../search/workflow-search.ts';
import { publishedSchema } from './published-schema.ts';
import { cleanText } from './untrusted-text.ts';

/** What an engine does, whether it is there already or made when it is first needed. */
export type Engine = Pick<WorkflowEngine, keyof WorkflowEngine>;

/** What the tools work with. */
/** What a workflow becomes in AWS, made from its bytecode. */
export interface CompiledForms {
  /** Left out where its maker would be too large to bring along. */
  readonly definition?: (bytecode: Bytecode) => object;
  readonly policy: (bytecode: Bytecode) => object;
}

export interface ToolServices {
  readonly engine: Engine;
  readonly search: WorkflowSearch;
  /** Shown with a workflow as a resource; left out there where left out here. */
  readonly compiled?: CompiledForms;
  /** Of which tiers callers may run workflows; of all where left out. */
  readonly callerTiers?: CallerTiers;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after the time, or at once when the call is given up. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** One call, seen from the tool. */
export interface ToolCall {
  readonly principal: string;
  /** What the caller may do here; see `scopes.ts`. */
  readonly scopes: readonly string[];
  /** Whether the client can ask its person to fill in a form in the middle of this call. */
  readonly canAsk: boolean;
  /** Whether a run that is started may be answered with a task. */
  readonly takesTasks: boolean;
  /** What the person answered, where this call repeats one that asked; `token` is what went with the question. */
  readonly answer?: { readonly agreed: boolean; readonly token: string };
  readonly signal: AbortSignal;
}

export interface ToolError {
  /** Stable, upper case: for programs. */
  readonly code: string;
  /** One or more sentences: for people and models. */
  readonly message: string;
  readonly hint?: string;
  readonly problems?: readonly Readonly<Record<string, unknown>>[];
  /** The IAM actions that the caller lacks. */
  readonly missing_permissions?: readonly string[];
  /** Whole seconds after which the same call may succeed. */
  readonly retry_after_s?: number;
  /** All scopes that a new access token should have, not the missing one alone. */
  readonly required_scopes?: readonly string[];
}

/** What a call was about, for the audit line. */
export interface Subject {
  readonly workflow?: string;
  readonly checksum?: string;
  readonly executionId?: string;
  /** The approval that was answered. */
  readonly step?: string;
}

export type ToolOutcome<Output> =
  | {
      readonly kind: 'result';
      readonly output: Output;
      readonly decision: string;
      readonly subject?: Subject;
      /** Where more about it can be read. */
      readonly links?: readonly ResourceLink[];
    }
  | { readonly kind: 'error'; readonly error: ToolError; readonly subject?: Subject }
  | { readonly kind: 'ask'; readonly question: InputRequiredResult; readonly subject?: Subject };

export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly input: Input;
  readonly output: Output;
  run(input: z.infer<Input>, call: ToolCall, services: ToolServices): Promise<ToolOutcome<z.infer<Output>>>;
}

/** A tool whose arguments are checked inside: what every tool is to the server. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly _meta?: Record<string, unknown>;
  readonly inputSchema: StandardSchemaWithJSON;
  readonly outputSchema: StandardSchemaWithJSON;
  call(input: unknown, call: ToolCall, services: ToolServices): Promise<ToolOutcome<Readonly<Record<string, unknown>>>>;
}

/**
 * The schema is published as it is, but checked here and not by the SDK, whose refusal is a line of text: wrong
 * arguments get the same structured error as everything else.
 */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { name, title, description, annotations, meta, input, output } = definition;
  return {
    name,
    title,
    description,
    annotations,
    ...(meta && { _meta: { ...meta } }),
    inputSchema: publishedSchema(input, { validate: (value) => ({ value }) }),
    outputSchema: publishedSchema(output),
    async call(given, call, services) {
      const parsed = input.safeParse(given ?? {});
      if (!parsed.success) return { kind: 'error', error: invalidArguments(name, parsed.error) };
      return definition.run(parsed.data, call, services);
    },
  };
}

function invalidArguments(tool: string, { issues }: z.ZodError): ToolError {
  const problems = issues.slice(0, 20).map((issue) => ({
    argument: cleanText(issue.path.join('.'), 100),
    message: cleanText(issue.message, 300),
  }));
  const message = problems.map(({ argument, message }) => (argument ? `${argument}: ${message}` : message)).join('. ');
  return { code: 'INVALID_ARGUMENTS', message, hint: `tools/list has the input schema of ${tool}`, problems };
}
