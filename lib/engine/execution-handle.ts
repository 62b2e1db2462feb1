import { isWorkflowName, isWorkflowVersion } from '../registry/workflow-version.ts';
import { type EngineSecurity, keysOf } from './engine-security.ts';
import { keyedHash, sameHash } from './keyed-hash.ts';

/** What an execution id stands for. */
export interface ExecutionHandle {
  readonly workflowId: string;
  readonly name: string;
  readonly version: string;
  readonly executionName: string;
}

const OWNER_TAG_BYTES = 12;
const HANDLE_MAC_BYTES = 16;
const MAX_HANDLE_LENGTH = 512;
const EXECUTION_NAME = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * The name of an execution in Step Functions: 16 characters that stand for its owner, a hyphen, and `unique`.
 * The executions of one caller can be told from the others' by name alone, without a table of owners.
 */
export function executionNameFor(key: Uint8Array, principal: string, unique: string): string {
  return `${ownerPrefix(key, principal)}${unique}`;
}

/** How the names of all executions of this caller begin, and those of no other. */
export function ownerPrefix(key: Uint8Array, principal: string): string {
  return `${keyedHash(key, 'owner', [principal], OWNER_TAG_BYTES)}-`;
}

/**
 * The id a caller gets for an execution: opaque, and worth something only to that caller, because it carries a
 * keyed hash over caller and content.
 */
export function encodeHandle(key: Uint8Array, principal: string, handle: ExecutionHandle): string {
  const content = contentOf(handle);
  return `${Buffer.from(content).toString('base64url')}.${macOf(key, principal, content)}`;
}

/**
 * The execution that an id stands for, if this caller was given it; `undefined` for everything else, so that someone
 * else's execution, a changed id, an ARN and nonsense cannot be told apart.
 */
export function decodeHandle(key: Uint8Array, principal: string, id: string): ExecutionHandle | undefined {
  if (id.length > MAX_HANDLE_LENGTH) return undefined;
  const [encoded, mac, ...rest] = id.split('.');
  if (encoded === undefined || mac === undefined || rest.length > 0) return undefined;
  const content = Buffer.from(encoded, 'base64url').toString('utf8');
  if (!sameHash(macOf(key, principal, content), mac)) return undefined;
  const [workflowId = '', name = '', version = '', executionName = ''] = content.split('\n');
  const handle = { workflowId, name, version, executionName };
  const wellFormed = isWorkflowName(workflowId) && isWorkflowName(name) && isWorkflowVersion(version);
  // Only our own ids have the right hash; the form is checked again because these strings become part of an ARN.
  if (!wellFormed || !EXECUTION_NAME.test(executionName)) return undefined;
  // Base64 can spell the same bytes in several ways; an execution has one id.
  return encodeHandle(key, principal, handle) === id ? handle : undefined;
}

/** As {@link decodeHandle}, with whichever key the id was made. Each key is tried for every id. */
export function openHandle(security: EngineSecurity, principal: string, id: string): ExecutionHandle | undefined {
  const [handle] = keysOf(security).flatMap((key) => decodeHandle(key, principal, id) ?? []);
  return handle;
}

function contentOf(handle: ExecutionHandle): string {
  return [handle.workflowId, handle.name, handle.version, handle.executionName].join('\n');
}

function macOf(key: Uint8Array, principal: string, content: string): string {
  return keyedHash(key, 'handle', [principal, content], HANDLE_MAC_BYTES);
}
