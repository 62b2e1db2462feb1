import { CST } from 'yaml';
import { LIMITS } from './limits.ts';
import type { ReportText } from './problem.ts';

/**
 * True where the flat tokens of a YAML text may be composed into a tree; reports what is too deep, too much, or more
 * YAML than a workflow needs: tags, directives, many aliases. Itself without recursion.
 */
export function checkTokens(tokens: readonly CST.Token[], report: ReportText): boolean {
  let refused = false;
  let nodes = 0;
  let aliases = 0;
  const rest: [token: CST.Token, depth: number][] = [];
  pushReversed(rest, tokens, 0);
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const [token, depth] = next;
    const at = { from: token.offset, to: token.offset + 1 };
    if (token.type === 'directive') {
      const message = 'YAML directives such as %YAML and %TAG are not allowed';
      report({ code: 'WF1001', message, hint: 'remove the line; workflows are YAML 1.2', ...at });
      return false;
    }
    if (token.type === 'tag') {
      const message = 'YAML tags such as !!js/function, !!str or !Ref are not allowed';
      const hint = 'remove the tag; put a value in quotes to make it text';
      report({ code: 'WF1001', message, hint, from: token.offset, to: token.offset + token.source.length });
      refused = true;
    }
    if (token.type === 'document') pushReversed(rest, [...token.start, ...(token.value ? [token.value] : [])], depth);
    if (!isNode(token)) continue;
    // An entry is a value as well, even where nothing stands behind its dash or key.
    nodes += 1 + ('items' in token ? token.items.length : 0);
    aliases += isAlias(token) ? 1 : 0;
    if (nodes > LIMITS.nodes || depth > LIMITS.depth || aliases > LIMITS.aliases) {
      report({ ...tooMuch(nodes, depth), ...at });
      return false;
    }
    if ('items' in token) pushReversed(rest, token.items.flatMap(partsOf), depth + 1);
    else if ('props' in token) pushReversed(rest, token.props, depth);
  }
  return !refused;
}

function tooMuch(nodes: number, depth: number): { code: 'WF5002' | 'WF5003'; message: string; hint: string } {
  if (nodes > LIMITS.nodes) {
    const message = `the file has more than ${LIMITS.nodes} values`;
    return { code: 'WF5003', message, hint: 'split it into several workflows' };
  }
  if (depth > LIMITS.depth) {
    const message = `lists and mappings are nested more than ${LIMITS.depth} deep here`;
    return { code: 'WF5003', message, hint: 'make it flatter' };
  }
  const message = `the file has more than ${LIMITS.aliases} YAML aliases (*name)`;
  return { code: 'WF5002', message, hint: 'write the values out' };
}

type NodeToken = CST.FlowScalar | CST.BlockScalar | CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

function isNode(token: CST.Token): token is NodeToken {
  return CST.isCollection(token) || CST.isScalar(token) || isAlias(token);
}

/** The library's types leave aliases out once scalars are ruled out, as it counts them as scalars by type only. */
function isAlias(token: CST.Token): boolean {
  return (token.type as string) === 'alias';
}

function partsOf(item: CST.CollectionItem): readonly CST.Token[] {
  return [...item.start, item.key, ...(item.sep ?? []), item.value].filter(
    (part) => part !== null && part !== undefined,
  );
}

function pushReversed(rest: [CST.Token, number][], tokens: readonly CST.Token[], depth: number): void {
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    if (token !== undefined) rest.push([token, depth]);
  }
}
