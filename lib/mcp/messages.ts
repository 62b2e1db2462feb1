/** One message of a request, as far as it matters for who may send it and what is written down about it. */
export interface Message {
  readonly method: string;
  /** The tool, prompt or resource that it names, where that looks like one; never a value. */
  readonly target?: string;
  /** The execution that it claims to be about. It is the caller's own only where the call was served. */
  readonly executionId?: string;
}

/** What these methods name, under which member, and how it looks. */
const TARGETS: Readonly<Record<string, readonly [member: string, form: RegExp]>> = {
  'tools/call': ['name', /^[a-z_]{1,64}$/],
  'prompts/get': ['name', /^[a-z_]{1,64}$/],
  'resources/read': ['uri', /^(workflow|ui):\/\/[A-Za-z0-9_./-]{1,150}$/],
};

/** The messages in a body: one, or those of a batch. What has no method answers a question, and asks for nothing. */
export function messagesOf(body: unknown): readonly Message[] {
  return (Array.isArray(body) ? body : [body]).flatMap((given: unknown) => {
    const { method, params } = members(given);
    if (typeof method !== 'string') return [];
    const [member = '', form] = Object.hasOwn(TARGETS, method) ? (TARGETS[method] ?? []) : [];
    const target = members(params)[member];
    const known = typeof target === 'string' && form?.test(target);
    const executionId = executionOf(method, members(params));
    const named = { ...(known && { target }), ...(executionId !== undefined && { executionId }) };
    return [{ method: METHOD.test(method) ? method : 'unknown', ...named }];
  });
}

/** A task is an execution, and so is what a resource of that scheme shows. */
function executionOf(method: string, { taskId, uri }: Readonly<Record<string, unknown>>): string | undefined {
  const claimed = method === 'resources/read' ? uri : method.startsWith('tasks/') ? taskId : undefined;
  if (typeof claimed !== 'string') return undefined;
  const [, id] = (method === 'resources/read' ? EXECUTION_URI : EXECUTION_ID).exec(claimed) ?? [];
  return id;
}

const EXECUTION_ID = /^([A-Za-z0-9_.-]{1,512})$/;
const EXECUTION_URI = /^execution:\/\/([A-Za-z0-9_.-]{1,512})$/;

const METHOD = /^[A-Za-z]{1,32}(\/[A-Za-z_]{1,32}){0,2}$/;

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
