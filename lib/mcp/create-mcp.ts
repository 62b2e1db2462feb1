import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  createMcpHandler,
  type InputRequiredResult,
  inputResponse,
  McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { type Caller, checkRequest } from './check-request.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { LIMITS } from './limits.ts';
import type { Subject, Tool, ToolCall, ToolError, ToolOutcome, ToolServices } from './tool.ts';
import { cancelExecution } from './tools/cancel-execution.ts';
import { describeWorkflow } from './tools/describe-workflow.ts';
import { executeWorkflow } from './tools/execute-workflow.ts';
import { getExecution } from './tools/get-execution.ts';
import { suggestWorkflows } from './tools/suggest-workflows.ts';

/** One line for each tool call: who did what to which workflow. Never parameters, never credentials. */
export interface AuditLine extends Subject {
  readonly who: string;
  readonly tool: string;
  /** `allowed`, `started`, `stopped`, `approved`, `refused-by-person`, `dry-run`, `confirmation-required`, `refused:<code>` or `fault`. */
  readonly decision: string;
  readonly correlationId: string;
}

/** A fault of ours, in full, for the operator; the caller sees only the correlation id. */
export interface FaultReport {
  readonly correlationId: string;
  readonly tool?: string;
  readonly error: unknown;
}

export interface McpOptions extends ToolServices {
  /** The version of this server, as clients see it. */
  readonly version: string;
  readonly audit: (line: AuditLine) => void;
  readonly log: (fault: FaultReport) => void;
  readonly newCorrelationId: () => string;
}

export type McpHandler = (request: Request, caller: Caller) => Promise<Response>;

const TOOLS: readonly Tool[] = [suggestWorkflows, describeWorkflow, executeWorkflow, getExecution, cancelExecution];

const CACHE = { ttlMs: 300_000, cacheScope: 'public' } as const;

/**
 * The MCP server: stateless, one request in and one response out, both protocol eras. It never throws; what must not
 * be served gets an HTTP refusal, a caller's mistake a tool error, a fault of ours a correlation id.
 */
export function createMcp(options: McpOptions): McpHandler {
  const report = (error: unknown) => options.log({ correlationId: options.newCorrelationId(), error });
  const handler = createMcpHandler(({ authInfo }) => createServer(options, authInfo?.clientId), {
    legacy: 'stateless',
    responseMode: 'auto',
    keepAliveMs: 0,
    maxRequestBodySize: LIMITS.requestBytes,
    onerror: report,
  });
  return async (request, caller) => {
    const checked = checkRequest(request, caller);
    if (checked instanceof Response) return checked;
    return handler.fetch(request, { authInfo: { token: '', clientId: checked.principal, scopes: [] } });
  };
}

function createServer(options: McpOptions, principal: string | undefined): McpServer {
  if (!principal) throw new Error('A request reached the server without a principal');
  const server = new McpServer(
    { name: 'aws-mcp-workflows', title: 'AWS MCP Workflows', version: options.version },
    {
      // Advertising changes would make clients hold a stream open, and the registry changes only with a deployment.
      capabilities: { tools: { listChanged: false } },
      instructions: INSTRUCTIONS,
      cacheHints: { 'tools/list': CACHE, 'server/discover': CACHE },
      maxToolInputElements: LIMITS.argumentElements,
      inputRequired: { legacyShim: false },
    },
  );
  for (const tool of TOOLS) {
    const { name, call: _, ...config } = tool;
    server.registerTool(name, config, (args, context) => serve(tool, args, callOf(principal, context), options));
  }
  return server;
}

async function serve(
  tool: Tool,
  args: unknown,
  call: ToolCall,
  options: McpOptions,
): Promise<CallToolResult | InputRequiredResult> {
  const correlationId = options.newCorrelationId();
  const audit = (decision: string, subject: Subject = {}) =>
    options.audit({ who: call.principal, tool: tool.name, ...subject, decision, correlationId });
  try {
    const outcome = await tool.call(args, call, options);
    audit(decisionOf(outcome), outcome.subject);
    if (outcome.kind === 'ask') return outcome.question;
    return outcome.kind === 'error' ? failed(outcome.error) : succeeded(outcome.output);
  } catch (error) {
    options.log({ correlationId, tool: tool.name, error });
    audit('fault');
    const message = `The server failed to do this. The operator can find the reason under ${correlationId}`;
    return failed({ code: 'INTERNAL', message });
  }
}

function decisionOf(outcome: ToolOutcome<unknown>): string {
  if (outcome.kind === 'result') return outcome.decision;
  return outcome.kind === 'ask' ? 'confirmation-required' : `refused:${outcome.error.code}`;
}

function succeeded(output: Readonly<Record<string, unknown>>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(output) }], structuredContent: { ...output } };
}

function failed(error: ToolError): CallToolResult {
  const text = [`${error.code}: ${error.message}.`, ...(error.hint ? [`${error.hint}.`] : [])].join(' ');
  return { content: [{ type: 'text', text }], structuredContent: { error: { ...error } }, isError: true };
}

function callOf(principal: string, { mcpReq }: ServerContext): ToolCall {
  const answer = answerOf(mcpReq);
  return { principal, canAsk: canAsk(mcpReq), signal: mcpReq.signal, ...(answer && { answer }) };
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
