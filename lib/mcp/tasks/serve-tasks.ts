import {
  CLIENT_CAPABILITIES_META_KEY,
  type McpServer,
  ProtocolError,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { ServeMethod } from '../serve-method.ts';
import type { Engine } from '../tool.ts';
import { taskOf } from './task-of.ts';

/** The extension by which a call may give a task in place of a result. */
export const TASKS = 'io.modelcontextprotocol/tasks';

const MISSING_CAPABILITY = -32_021;
const INVALID_PARAMS = -32_602;

const params = z.looseObject({ taskId: z.string().min(1).max(512) });
const result = z.looseObject({});

/** Whether the client of this request takes a task as an answer. */
export function takesTasks({ mcpReq }: ServerContext): boolean {
  const envelope = mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  const capabilities = envelope?.[CLIENT_CAPABILITIES_META_KEY] as
    | { readonly extensions?: Readonly<Record<string, unknown>> }
    | undefined;
  return capabilities?.extensions?.[TASKS] !== undefined;
}

/**
 * The methods of the tasks extension over executions: a task's id is the execution's, bound to its caller, and there
 * is no second store.
 */
export function serveTasks({ server }: McpServer, principal: string, engine: Engine, serve: ServeMethod): void {
  server.setRequestHandler('tasks/get', { params, result }, ({ taskId }, context) =>
    serve(async () => {
      requireTasks(context);
      const report = await engine.get(taskId, { principal });
      if (!report) throw unknownTask();
      return { ...(await taskOf(report, engine)) };
    }),
  );
  server.setRequestHandler('tasks/cancel', { params, result }, ({ taskId }, context) =>
    serve(async () => {
      requireTasks(context);
      const { outcome } = await engine.cancel(taskId, { principal, reason: 'Cancelled as a task' });
      if (outcome === 'unknown') throw unknownTask();
      return {};
    }),
  );
  // A task asks for nothing: an approval is answered with execute_workflow, whose confirmation is bound to the question.
  server.setRequestHandler('tasks/update', { params, result }, ({ taskId }, context) =>
    serve(async () => {
      requireTasks(context);
      if (!(await engine.get(taskId, { principal }))) throw unknownTask();
      return {};
    }),
  );
}

/** Refuses a request of a client that does not declare the tasks extension. */
export function requireTasks(context: ServerContext): void {
  if (takesTasks(context)) return;
  const requiredCapabilities = { extensions: { [TASKS]: {} } };
  throw new ProtocolError(MISSING_CAPABILITY, 'The client does not declare the tasks extension', {
    requiredCapabilities,
  });
}

/** The same words for a task that never was and for someone else's. */
function unknownTask(): ProtocolError {
  return new ProtocolError(INVALID_PARAMS, 'There is no such task');
}
