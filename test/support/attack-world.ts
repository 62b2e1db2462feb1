import { approvalBytecode } from './approval-bytecode.ts';
import { checkedBytecode, readOnlyBytecode } from './checked-bytecode.ts';
import { ALICE, MALLORY, type McpBench, type McpBenchOptions, mcpBench } from './mcp-bench.ts';
import {
  type Answer,
  type Door,
  gatewayDoor,
  httpDoor,
  legacyCall,
  messageOf,
  modernCall,
  type Sent,
} from './mcp-doors.ts';
import { memoryStorage } from './memory-storage.ts';

export const BACKUP = { name: 'rds_backup_simple', params: { instance_id: 'demo-database' } };
export const INSPECT = { name: 'rds_inspect', params: { instance_id: 'demo-database' } };
export const APPROVED = { name: 'rds_backup_approved', params: { instance_id: 'demo-database' } };

export type DoorName = 'HTTP' | 'payload 2.0' | 'payload 1.0';
export const DOORS: readonly DoorName[] = ['HTTP', 'payload 2.0', 'payload 1.0'];

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the attacks look into
export type Found = Record<string, any>;

/** The server behind one door, and everything it ever answered. */
export interface World {
  readonly bench: McpBench;
  readonly door: Door;
  readonly answers: readonly Answer[];
  send(sent: Sent, who?: string): Promise<Answer>;
  /** The structured content of a tool's answer; the error of the protocol where there is none. */
  call(name: string, args: unknown, who?: string): Promise<Found>;
  /** Starts what only reads, and gives its id. */
  run(who?: string): Promise<string>;
  /** A run that waits for its approval. */
  waiting(who?: string): Promise<string>;
  close(): Promise<void>;
}

/** What an answer must never have in it: a stack, a path of this machine, a module's name, a token of a task. */
const INSIDE = /(\n|\\n)\s+at |node_modules|\/(work|home|usr|var|tmp)\/|\.(ts|cjs|mjs):\d|task-token-of/;

export async function openWorld(name: DoorName, options: McpBenchOptions = {}): Promise<World> {
  const storage = memoryStorage([checkedBytecode(), readOnlyBytecode(), approvalBytecode()]);
  const bench = mcpBench({ storage, advanceOnSleep: true, ...options });
  const door =
    name === 'HTTP'
      ? await httpDoor(bench, [ALICE, MALLORY])
      : gatewayDoor(bench, name === 'payload 2.0' ? '2.0' : '1.0');
  const answers: Answer[] = [];
  const send = async (sent: Sent, who?: string) => {
    const answer = await door.send(sent, who);
    answers.push(answer);
    return answer;
  };
  const call = async (tool: string, args: unknown, who?: string): Promise<Found> => {
    const message = messageOf(await send(legacyCall(tool, args), who)) as Found | undefined;
    return message?.result?.structuredContent ?? message ?? {};
  };
  const run = async (who?: string) => String((await call('execute_workflow', INSPECT, who)).execution_id);
  const waiting = async (who?: string) => {
    const { confirmation_token } = await call('execute_workflow', APPROVED, who);
    const { execution_id } = await call('execute_workflow', { ...APPROVED, confirmation_token }, who);
    await call('get_execution', { execution_id, wait_seconds: 5 }, who);
    return String(execution_id);
  };
  return { bench, door, answers, send, call, run, waiting, close: () => door.close() };
}

/** What is wrong with an answer, whoever asked and whatever for. */
export function betrays({ status, headers, text }: Answer): string | undefined {
  if (status >= 500) return `status ${status}`;
  const inside = INSIDE.exec(`${JSON.stringify(headers)}\n${text}`);
  return inside ? `it tells ${JSON.stringify(inside[0])}` : undefined;
}

/** A tool call of the 2026 protocol, and what came back. */
export async function modern(world: World, ...given: Parameters<typeof modernCall>): Promise<Found> {
  return (messageOf(await world.send(modernCall(...given))) as Found | undefined) ?? {};
}
