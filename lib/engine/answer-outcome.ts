import type { Bytecode } from '../compiler/bytecode.ts';
import type { WaitingApproval } from './approvals.ts';
import type { ParameterValue } from './validate-parameters.ts';

/** Which approval is answered, and how. */
export interface ApprovalAnswer {
  readonly executionId: string;
  readonly step: string;
  readonly decision: 'approve' | 'refuse';
}

export interface AnswerOptions {
  /** Who answers; never empty. Only the caller who started the run can. */
  readonly principal: string;
  /** Refuse to answer unless the execution is one of this workflow. */
  readonly workflow?: string;
  /** Refuse to answer unless the execution runs this version. */
  readonly version?: string;
  /** Refuse to answer unless the execution runs the workflow with this checksum. */
  readonly expectedChecksum?: string;
  /** Why it is refused, for the history of the run. */
  readonly reason?: string;
  /** The token that an earlier call gave, or `given` where a person at this process's own terminal has agreed. */
  readonly confirmation?: { readonly token: string } | 'given';
}

export type AnswerProblemCode =
  | 'UNKNOWN_EXECUTION'
  | 'ANOTHER_WORKFLOW'
  | 'CHECKSUM_MISMATCH'
  | 'NO_SUCH_APPROVAL'
  | 'CONFIRMATION_EXPIRED'
  | 'CONFIRMATION_INVALID';

/** An approval as callers see it: without its token. */
export type ApprovalReport = Omit<WaitingApproval, 'token'>;

export type AnswerOutcome =
  | { readonly outcome: 'approved' | 'refused-by-person'; readonly bytecode: Bytecode }
  | {
      readonly outcome: 'confirmation-required';
      readonly bytecode: Bytecode;
      readonly approval: ApprovalReport;
      /** What the run was started with. */
      readonly parameters: Readonly<Record<string, ParameterValue>>;
      readonly token: string;
      /** Milliseconds since 1970. */
      readonly expiresAt: number;
    }
  | {
      readonly outcome: 'refused';
      readonly code: AnswerProblemCode;
      readonly message: string;
      readonly hint: string;
      readonly bytecode?: Bytecode;
    };
