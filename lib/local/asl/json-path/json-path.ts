/**
 * A path of the JSONPath query language in parts. Step Functions reads paths with the Jayway library, whose ways
 * differ from RFC 9535: a definite path gives one value or fails, any other a list.
 * https://github.com/json-path/JsonPath
 */
export interface JsonPath {
  readonly text: string;
  readonly steps: readonly PathStep[];
  /** True where the path leads to one value at most. */
  readonly definite: boolean;
}

export type PathStep =
  /** One name or, in brackets, several. */
  | { readonly kind: 'property'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  /** `..`: everything below, to which the next step is applied. */
  | { readonly kind: 'deep' }
  | { readonly kind: 'filter'; readonly filter: Filter; readonly text: string }
  | { readonly kind: 'function'; readonly name: FunctionName };

export const FUNCTIONS = ['length', 'min', 'max', 'avg', 'sum', 'keys'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export type Filter =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'exists'; readonly path: FilterPath }
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Operand; readonly right: Operand };

export const OPERATORS = [
  ...['==', '!=', '<=', '>=', '<', '>', '=~'],
  ...['in', 'nin', 'subsetof', 'anyof', 'noneof', 'contains', 'size', 'empty'],
] as const;
export type Operator = '==' | '!=' | '<=' | '>=' | '<' | '>' | '=~' | WordOperator;
type WordOperator = 'in' | 'nin' | 'subsetof' | 'anyof' | 'noneof' | 'contains' | 'size' | 'empty';

export interface FilterPath {
  /** `@`, the item that is tested, or `$`, the whole document. */
  readonly from: 'item' | 'root';
  readonly path: JsonPath;
}

export type Operand =
  | { readonly kind: 'path'; readonly value: FilterPath }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'pattern'; readonly value: RegExp };

/** The path is no path, or leads nowhere; the message is Jayway's. */
export class PathError extends Error {
  override readonly name = 'PathError';
}
