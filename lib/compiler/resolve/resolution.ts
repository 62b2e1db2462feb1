/** One context key of a step, with what is known of its value at build time. */
export interface ContextKey {
  readonly key: string;
  /** `undefined` where the value's type is not known. */
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'string_list' | undefined;
  /** The value, where it is a literal. */
  readonly literal?: unknown;
}

export interface ResolutionRequest {
  readonly intent: string;
  readonly context: readonly ContextKey[];
  /** The author's `required_permissions`; `undefined` where none are known, e.g. on the command line. */
  readonly requiredPermissions?: readonly string[];
}

export interface Candidate {
  readonly operation: string;
  readonly score: number;
}

export type RefusalReason =
  | 'unknown-verb'
  | 'nouns-do-not-fit'
  | 'ambiguous-operation'
  | 'unbound-context-key'
  | 'ambiguous-binding'
  | 'missing-required-member'
  | 'wrong-type'
  | 'action-not-among-required-permissions'
  | 'unsupported-by-step-functions'
  | 'unknown-iam-action';

/** How a step's words became one operation, or why they did not. A pure function of its request and the catalog. */
export type Resolution =
  | {
      readonly status: 'accepted';
      readonly operation: string;
      /** context key → input member */
      readonly bindings: Readonly<Record<string, string>>;
      readonly score: number;
      readonly margin: number;
      /** The five best, best first, the accepted one included. */
      readonly candidates: readonly Candidate[];
    }
  | {
      readonly status: 'refused';
      readonly reason: RefusalReason;
      /** One sentence for the author. */
      readonly message: string;
      /** How to mend it: a key to rename, or the pin to write. */
      readonly hint: string;
      /** The context key at fault, where one is. */
      readonly key?: string;
      /** The best guess and its bindings, for explanation only. */
      readonly operation?: string;
      readonly bindings: Readonly<Record<string, string>>;
      readonly candidates: readonly Candidate[];
    };
