import type { Span } from '../diagnostics/diagnostic.ts';

/** The YAML format as plain data, exactly as written; `workflow-schema.ts` says what is allowed. */
export interface ParameterSource {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'string_list';
  readonly required?: boolean;
  readonly default?: string | number | boolean | readonly string[];
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

export interface CommandStepSource {
  readonly id: string;
  readonly type: 'command';
  /** In words, resolved by the build … */
  readonly intent?: string;
  /** … from `service` and the keys beside it … */
  readonly context?: Readonly<Record<string, unknown>> & { readonly service: string };
  /** … or pinned: `rds:CreateDBSnapshot` with AWS's own member names. */
  readonly action?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** For a pinned call whose IAM actions are not known: what it needs, on the author's word. */
  readonly iam_actions?: readonly string[];
  readonly depends_on?: readonly string[];
}

export type StepSource = CommandStepSource;

export interface WorkflowSource {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
  readonly tags?: readonly string[];
  readonly use_cases?: readonly string[];
  readonly parameters?: readonly ParameterSource[];
  readonly steps: readonly StepSource[];
  readonly security: {
    readonly required_permissions: readonly string[];
    /** Seconds. */
    readonly max_duration: number;
  };
}

export type Path = readonly (string | number)[];

/** A workflow that has the right form, and the way from any part of it back to the text. */
export interface ParsedWorkflow {
  readonly file: string;
  readonly text: string;
  readonly workflow: WorkflowSource;
  /**
   * Where the value at `path` stands; the nearest enclosing part where the path does not exist.
   * `within` narrows a scalar to a part of its value, by offsets into the value; the whole scalar where the
   * value is not written as it stands (escapes, folded blocks).
   */
  locate(path: Path, within?: { readonly from: number; readonly to: number }): Span;
  /** Where the key of the entry at `path` stands. */
  locateKey(path: Path): Span;
}
