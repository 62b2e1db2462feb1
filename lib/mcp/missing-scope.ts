import { ALL_SCOPES, holdsScope, scopeOfTool } from './scopes.ts';
import type { Tool, ToolOutcome } from './tool.ts';

/**
 * The refusal of a tool whose scope the caller does not hold. It is the tool's answer and no HTTP status: behind API
 * Gateway, clients do not see the header with which they could ask for more.
 * @param spelled the scopes as the authorization server spells them
 */
export function missingScope(
  tool: Tool,
  held: readonly string[],
  spelled: readonly string[] = ALL_SCOPES,
): Extract<ToolOutcome<never>, { kind: 'error' }> | undefined {
  const needed = scopeOfTool(tool);
  if (holdsScope(held, needed)) return undefined;
  const message = `The access token does not have the scope ${needed}, which ${tool.name} needs`;
  const hint = `Sign in again and ask for all of these scopes: ${spelled.join(' ')}`;
  return { kind: 'error', error: { code: 'INSUFFICIENT_SCOPE', message, hint, required_scopes: spelled } };
}
