import type { InputRequiredResult, StandardSchemaWithJSON, ToolAnnotations } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import type { WorkflowEngine } from '../engine/workflow-engine.ts';
import type { WorkflowSearch } from '../search/workflow-search.ts';
import { cleanText } from './untrusted-text.ts';

/** What the tools work with. */
export interface ToolServices {
  readonly engine: WorkflowEngine;
  readonly search: WorkflowSearch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after the time, or at once when the call is given up. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** One call, seen from the tool. */
export interface ToolCall {
  readonly principal: string;
  /** Whether the client can ask its person to fill in a form in the middle of this call. */
  readonly canAsk: boolean;
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
  | { readonly kind: 'result'; readonly output: Output; readonly decision: string; readonly subject?: Subject }
  | { readonly kind: 'error'; readonly error: ToolError; readonly subject?: Subject }
  | { readonly kind: 'ask'; readonly question: InputRequiredResult; readonly subject?: Subject };

export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
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
  const { name, title, description, annotations, input, output } = definition;
  const unchecked = { '~standard': { ...input['~standard'], validate: (value: unknown) => ({ value }) } };
  return {
    name,
    title,
    description,
    annotations,
    inputSchema: unchecked as StandardSchemaWithJSON,
    outputSchema: output as unknown as StandardSchemaWithJSON,
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
