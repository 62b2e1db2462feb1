import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { showValue } from '../diagnostics/show-value.ts';
import { checkVisible } from './check-text.ts';
import { LIMITS } from './limits.ts';
import type { ReportText } from './problem.ts';

/** Where one value stands, as offsets into the text, and what is in it. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly key?: { readonly from: number; readonly to: number };
  /** The value itself, where it is a scalar. */
  readonly scalar?: unknown;
  readonly children?: ReadonlyMap<string | number, Place>;
}

export interface Tree {
  readonly plain: unknown;
  readonly place: Place;
}

interface Reading {
  readonly text: string;
  readonly report: ReportText;
  readonly anchors: Map<string, Node>;
  readonly open: Set<Node>;
  nodes: number;
  lineOf(offset: number): number;
}

/**
 * The document as plain data and the places of its parts. Keys that come twice, numbers that would change their
 * value and aliases that expand too far are reported; `undefined` where reading had to stop.
 */
export function readTree(
  root: Node,
  text: string,
  lineOf: (offset: number) => number,
  report: ReportText,
): Tree | undefined {
  const reading: Reading = { text, report, anchors: new Map(), open: new Set(), nodes: 0, lineOf };
  try {
    return readNode(root, reading);
  } catch (error) {
    if (error === STOP) return undefined;
    throw error;
  }
}

/** Thrown once, where going on would take too long; the reason has been reported. */
const STOP = Symbol('stop');

function readNode(node: Node, reading: Reading): Tree {
  reading.nodes += 1;
  const [from, to] = node.range ?? [0, 0];
  if (isAlias(node)) return readAlias(node, from, to, reading);
  if (reading.nodes > LIMITS.nodes) {
    const message = `YAML aliases repeat the same values so often that more than ${LIMITS.nodes} come out`;
    reading.report({ code: 'WF5002', message, hint: 'write the values out', from, to: Math.min(to, from + 1) });
    throw STOP;
  }
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  if (isScalar(node)) return readScalar(node, from, to, reading);
  reading.open.add(node);
  const tree = isMap(node) ? readMap(node, from, to, reading) : readList(node as YAMLSeq, from, to, reading);
  reading.open.delete(node);
  return tree;
}

/** Anchors are looked up in the order of the text, in constant time; the library's own way visits the whole document. */
function readAlias(alias: Alias, from: number, to: number, reading: Reading): Tree {
  const target = reading.anchors.get(alias.source);
  const name = showValue(alias.source);
  if (target === undefined) {
    const hint = `put the text in quotes, or write &${alias.source} before the value that is meant`;
    reading.report({ code: 'WF1001', message: `no anchor named ${name} stands above this alias`, hint, from, to });
    return { plain: undefined, place: { from, to } };
  }
  if (reading.open.has(target)) {
    const message = `the value anchored as ${name} contains itself`;
    reading.report({ code: 'WF5002', message, hint: 'write the values out', from, to });
    throw STOP;
  }
  const { plain, place } = readNode(target, reading);
  return { plain, place: { ...place, from, to } };
}

function readScalar(node: Scalar, from: number, to: number, reading: Reading): Tree {
  const { value } = node;
  const source = reading.text.slice(from, to);
  if (typeof value === 'number' && changesItsValue(value, source)) {
    reading.report({
      code: 'WF1004',
      message: `${showValue(source)} would be read as the number ${value}`,
      hint: `put it in quotes: ${showValue(source)}`,
      from,
      to,
    });
  }
  if (typeof value === 'string') checkVisible(value, { from, to }, reading.report);
  return { plain: value, place: { from, to, scalar: value } };
}

/** An account id loses its leading zero, a long id its last digits: silently, were it not for this. */
function changesItsValue(value: number, source: string): boolean {
  if (!/^[-+]?\d+$/.test(source)) return false;
  return /^[-+]?0\d/.test(source) || !Number.isSafeInteger(value);
}

function readList(node: YAMLSeq, from: number, to: number, reading: Reading): Tree {
  const plain: unknown[] = [];
  const children = new Map<number, Place>();
  for (const [index, item] of node.items.entries()) {
    const tree = readNode(item as Node, reading);
    plain.push(tree.plain);
    children.set(index, tree.place);
  }
  return { plain, place: { from, to, children } };
}

function readMap(node: YAMLMap, from: number, to: number, reading: Reading): Tree {
  const plain: Record<string, unknown> = {};
  const children = new Map<string, Place>();
  for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
    const name = keyOf(key, reading);
    if (name === undefined) continue;
    const [keyFrom, keyTo] = key.range ?? [from, to];
    const at = { from: keyFrom, to: keyTo };
    const tree =
      value === null ? { plain: null, place: { from: keyTo, to: keyTo, scalar: null } } : readNode(value, reading);
    const first = children.get(name)?.key;
    if (first !== undefined) {
      const message = `${showValue(name)} stands here twice; it is first given in line ${reading.lineOf(first.from)}`;
      reading.report({ code: 'WF1007', message, hint: 'keep one of the two', ...at });
      continue;
    }
    plain[name] = tree.plain;
    children.set(name, { ...tree.place, key: at });
  }
  return { plain, place: { from, to, children } };
}

function keyOf(key: Node, reading: Reading): string | undefined {
  const [from, to] = key.range ?? [0, 0];
  if (key.anchor !== undefined) reading.anchors.set(key.anchor, key);
  const value: unknown = isScalar(key) ? key.value : undefined;
  // As a plain property it would change the object's prototype rather than be an entry of it.
  if (typeof value === 'string' && value !== '__proto__') {
    checkVisible(value, { from, to }, reading.report);
    return value;
  }
  const message = value === undefined ? 'a key has to be a plain name' : `${showValue(value)} cannot be a key`;
  reading.report({ code: value === undefined ? 'WF1001' : 'WF1003', message, hint: 'write "name: value"', from, to });
  return undefined;
}
