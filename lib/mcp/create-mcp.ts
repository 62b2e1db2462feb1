import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  createMcpHandler,
  type InputRequiredResult,
  inputResponse,
  McpServer,
  type ResourceLink,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { AuditLine } from './audit-line.ts';
import { type KnownCaller, knownCaller } from './auth-info.ts';
import { isCallersMistake } from './callers-mistake.ts';
import { type GuardOptions, guardRequests, type McpHandler } from './guard-requests.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { LIMITS } from './limits.ts';
import { missingScope } from './missing-scope.ts';
import { servePrompts } from './prompts/serve-prompts.ts';
import { serveResources } from './resources/serve-resources.ts';
import { methodServer } from './serve-method.ts';
import { serveTasks, TASKS, takesTasks } from './tasks/serve-tasks.ts';
import { newTask } from './tasks/task-of.ts';
import type { Subject, Tool, ToolCall, ToolError, ToolOutcome, ToolServices } from './tool.ts';
import { cancelExecution } from './tools/cancel-execution.ts';
import { describeWorkflow } from './tools/describe-workflow.ts';
import { executeWorkflow } from './tools/execute-workflow.ts';
import { getExecution } from './tools/get-execution.ts';
import { suggestWorkflows } from './tools/suggest-workflows.ts';

/** A fault of ours, in full, for the operator; the caller sees only the correlation id. */
export interface FaultReport {
  readonly correlationId: string;
  readonly tool?: string;
  readonly error: unknown;
}

export interface McpOptions extends ToolServices, Pick<GuardOptions, 'rate' | 'resource'> {
  /** The version of this server, as clients see it. */
  readonly version: string;
  readonly audit: (line: AuditLine) => void;
  readonly log: (fault: FaultReport) => void;
  readonly newCorrelationId: () => string;
}

const TOOLS: readonly Tool[] = [suggestWorkflows, describeWorkflow, executeWorkflow, getExecution, cancelExecution];

const CACHE = { ttlMs: 300_000, cacheScope: 'public' } as const;

/**
 * The MCP server: stateless, one request in and one response out, both protocol eras. It never throws; what must not
 * be served gets an HTTP refusal, a caller's mistake a tool error, a fault of ours a correlation id.
 */
export function createMcp(options: McpOptions): McpHandler {
  const report = (error: unknown) => {
    if (!isCallersMistake(error)) options.log({ correlationId: options.newCorrelationId(), error });
  };
  const handler = createMcpHandler(({ authInfo }) => createServer(options, knownCaller(authInfo)), {
    legacy: 'stateless',
    responseMode: 'auto',
    keepAliveMs: 0,
    maxRequestBodySize: LIMITS.requestBytes,
    onerror: report,
  });
  return guardRequests((request, given) => handler.fetch(request, given), options);
}

function createServer(options: McpOptions, caller: KnownCaller): McpServer {
  const server = new McpServer(
    { name: 'aws-mcp-workflows', title: 'AWS MCP Workflows', version: options.version },
    {
      // Advertising changes would make clients hold a stream open, and the registry changes only with a deployment.
      capabilities: {
        tools: { listChanged: false },
        resources: { listChanged: false },
        prompts: { listChanged: false },
        completions: {},
        extensions: { [TASKS]: {} },
      },
      instructions: INSTRUCTIONS,
      cacheHints: {
        'tools/list': CACHE,
        'server/discover': CACHE,
        'prompts/list': CACHE,
        'resources/templates/list': CACHE,
      },
      maxToolInputElements: LIMITS.argumentElements,
      inputRequired: { legacyShim: false },
    },
  );
  for (const tool of TOOLS) {
    const { name, call: _, ...config } = tool;
    server.registerTool(name, config, (args, context) => serve(tool, args, callOf(caller, context), options));
  }
  const serveMethod = methodServer(options.log, options.newCorrelationId);
  serveResources(server, caller.principal, options, serveMethod);
  servePrompts(server, options.engine, serveMethod);
  serveTasks(server, caller.principal, options.engine, serveMethod);
  return server;
}

async function serve(
  tool: Tool,
  args: unknown,
  call: ToolCall & KnownCaller,
  options: McpOptions,
): Promise<CallToolResult | InputRequiredResult> {
  const correlationId = options.newCorrelationId();
  const audit = (decision: string, subject: Subject = {}) => {
    call.wroteLine();
    options.audit({ who: call.principal, tool: tool.name, ...subject, decision, correlationId });
  };
  try {
    const missing = missingScope(tool, call.scopes, options.resource?.scopes);
    const outcome = missing ?? (await tool.call(args, call, options));
    audit(decisionOf(outcome), outcome.subject);
    if (outcome.kind === 'ask') return outcome.question;
    return outcome.kind === 'error' ? failed(outcome.error) : answered(outcome, call, options);
  } catch (error) {
    options.log({ correlationId, tool: tool.name, error });
    audit('fault');
    const message = `The server failed to do this. The operator can find the reason under ${correlationId}`;
    return failed({ code: 'INTERNAL', message });
  }
}

/** A run that was started is a task for clients that take tasks; for all others it is a result with its id. */
function answered(
  { output, links = [], decision, subject }: Extract<ToolOutcome<Structured>, { kind: 'result' }>,
  { takesTasks: asTask }: ToolCall,
  { now }: McpOptions,
): CallToolResult {
  const result = succeeded(output, links);
  const started = decision === 'started' ? subject?.executionId : undefined;
  return asTask && started !== undefined ? { ...result, ...newTask(started, now()) } : result;
}

type Structured = Readonly<Record<string, unknown>>;

function decisionOf(outcome: ToolOutcome<unknown>): string {
  if (outcome.kind === 'result') return outcome.decision;
  return outcome.kind === 'ask' ? 'confirmation-required' : `refused:${outcome.error.code}`;
}

function succeeded(output: Structured, links: readonly ResourceLink[]): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(output) }, ...links], structuredContent: { ...output } };
}

function failed(error: ToolError): CallToolResult {
  const again = error.retry_after_s === undefined ? [] : [`Try again in ${error.retry_after_s} s.`];
  const text = [`${error.code}: ${error.message}.`, ...(error.hint ? [`${error.hint}.`] : []), ...again].join(' ');
  return { content: [{ type: 'text', text }], structuredContent: { error: { ...error } }, isError: true };
}

function callOf(caller: KnownCaller, context: ServerContext): ToolCall & KnownCaller {
  const { mcpReq } = context;
  const answer = answerOf(mcpReq);
  return {
    ...caller,
    canAsk: canAsk(mcpReq),
    takesTasks: takesTasks(context),
    signal: mcpReq.signal,
    ...(answer && { answer }),
  };
}

/** Only the modern era can be asked in the middle of a call; `elicitation: {}` means forms. */
function canAsk({ envelope }: ServerContext['mcpReq']): boolean {
  const capabilities = (envelope as Record<string, unknown> | undefined)?.[CLIENT_CAPABILITIES_META_KEY];
  const elicitation = (capabilities as ClientCapabilities | undefined)?.elicitation;
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** An answer counts only together with the state that went with the question: the engine checks that as a token. */
function answerOf({ inputResponses, requestState }: ServerContext['mcpReq']): ToolCall['answer'] {
  const response = inputResponse(inputResponses, 'confirm');
  const token = requestState<unknown>();
  if (response.kind !== 'elicit' || typeof token !== 'string') return undefined;
  return { agreed: response.action === 'accept' && response.content?.confirm === true, token };
}
