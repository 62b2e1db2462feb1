import type { Subject } from './tool.ts';

/** One line for each call: who did what to which workflow. Never parameters, never tokens, never credentials. */
export interface AuditLine extends Subject {
  /** `unknown` where nobody vouches for the caller. */
  readonly who: string;
  readonly tool?: string;
  /** Of the protocol, where no tool was called, e.g. `resources/read`. */
  readonly method?: string;
  /** What it was asked of, e.g. the address of a resource. */
  readonly target?: string;
  /** `allowed`, `started`, `stopped`, `approved`, `refused-by-person`, `dry-run`, `confirmation-required`, `refused:<code>` or `fault`. */
  readonly decision: string;
  readonly correlationId: string;
}
