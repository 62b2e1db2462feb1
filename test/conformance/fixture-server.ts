import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { guardRequests, type McpHandler } from '../../lib/mcp/guard-requests.ts';
import { TASKS } from '../../lib/mcp/tasks/serve-tasks.ts';
import { addPrompts } from './fixture/add-prompts.ts';
import { addQuestions } from './fixture/add-questions.ts';
import { addResources } from './fixture/add-resources.ts';
import { addSchemas } from './fixture/add-schemas.ts';
import { addTasks } from './fixture/add-tasks.ts';
import { addTools } from './fixture/add-tools.ts';
import { stateCodec } from './fixture/state-codec.ts';
import { type TaskStore, taskStore } from './fixture/task-store.ts';

/**
 * What the conformance suite asks of a server by name, behind the product's own guard: with it, the suite tests the
 * HTTP layer and the adapters of the product.
 */
export function fixtureHandler(): McpHandler {
  const tasks = taskStore(Date.now);
  const handler = createMcpHandler(() => fixture(tasks), { legacy: 'stateless', responseMode: 'auto', keepAliveMs: 0 });
  return guardRequests((request, given) => handler.fetch(request, given), {
    audit: () => {},
    newCorrelationId: () => 'fixture',
    now: Date.now,
  });
}

function fixture(tasks: TaskStore): McpServer {
  const server = new McpServer({ name: 'fixture', version: '1.0.0' }, {
    capabilities: {
      tools: { listChanged: false },
      resources: { listChanged: false, subscribe: true },
      prompts: { listChanged: false },
      completions: {},
      extensions: { [TASKS]: {} },
      logging: {},
    },
    inputRequired: { legacyShim: false },
    requestState: { verify: stateCodec.verify },
  } as never);
  addTools(server);
  addSchemas(server);
  addTasks(server, tasks);
  addQuestions(server);
  addResources(server);
  addPrompts(server);
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', () => ({}));
  return server;
}
