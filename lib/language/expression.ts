/**
 * What an expression can start with. Inside a filter these names are still roots; any other name, and any name in back
 * quotes, is a field of the item there.
 */
export const ROOTS = [
  'params',
  'steps',
  'item',
  'result',
  'execution',
  'timestamp',
  'region',
  'account',
  'partition',
] as const;

/** A checked subset of JSONata 2.0, as a tree. `from` and `to` are offsets into the expression's text. */
export type ExpressionNode =
  /** `params.x`, `steps.a.DBInstances[0].Status`: a root and what is taken from it. The root may be an unknown one. */
  | {
      readonly kind: 'reference';
      readonly root: string;
      readonly path: readonly PathPart[];
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'literal';
      readonly value: string | number | boolean | null;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'unary';
      readonly operator: '-';
      readonly operand: ExpressionNode;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'binary';
      /** `+ - * / % & = != < <= > >= in and or` */
      readonly operator: string;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'condition';
      readonly test: ExpressionNode;
      readonly then: ExpressionNode;
      readonly otherwise: ExpressionNode | undefined;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'call';
      /** Without the `$`; one of `FUNCTIONS`. */
      readonly name: string;
      readonly args: readonly ExpressionNode[];
      readonly from: number;
      readonly to: number;
    }
  /** `$split(params.x, ",")[0]`: one entry of what is computed. */
  | {
      readonly kind: 'selection';
      readonly of: ExpressionNode;
      readonly index: number;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'array'; readonly items: readonly ExpressionNode[]; readonly from: number; readonly to: number }
  | {
      readonly kind: 'object';
      readonly entries: readonly { readonly key: ExpressionNode; readonly value: ExpressionNode }[];
      readonly from: number;
      readonly to: number;
    };

export type PathPart =
  | { readonly kind: 'field'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly kind: 'index'; readonly index: number }
  /** Inside a filter, a reference whose root is `''` is relative to the item; with an empty path it is the item. */
  | { readonly kind: 'filter'; readonly test: ExpressionNode };

export interface TemplateExpression {
  readonly kind: 'expression';
  /** What stands between `${` and `}`. */
  readonly source: string;
  readonly node: ExpressionNode;
  /** Offsets of the source in the scalar's value. */
  readonly from: number;
  readonly to: number;
}

/** A scalar's value: literal text and `${…}`. One expression and no text keeps its type; anything else is text. */
export type Template = readonly ({ readonly kind: 'text'; readonly text: string } | TemplateExpression)[];

export interface TemplateProblem {
  readonly code: 'WF1005' | 'WF1006';
  readonly message: string;
  readonly hint?: string;
  /** Offsets in the scalar's value. */
  readonly from: number;
  readonly to: number;
}
