import type { Bytecode } from '../compiler/bytecode.ts';
import type { ParameterProblem } from '../compiler/check-value.ts';
import type { ApprovalReport } from './answer-outcome.ts';
import type { Execution } from './execution.ts';
import type { RunBarrier, Runner } from './may-run.ts';
import type { WorkflowPlan } from './plan-workflow.ts';
import type { StepReport } from './steps-from-history.ts';
import type { ParameterValue } from './validate-parameters.ts';

export interface StartOptions extends Runner {
  /** Who calls; never empty. Executions belong to exactly this text. */
  readonly principal: string;
  /** Refuse to start unless the workflow still has this checksum. */
  readonly expectedChecksum?: string;
  /** Starting twice with the same key starts once. */
  readonly idempotencyKey?: string;
  /** The token that an earlier call gave, or `given` where a person at this process's own terminal has agreed. */
  readonly confirmation?: { readonly token: string } | 'given';
  /** Refuse to start unless a plan made now has this id. */
  readonly planId?: string;
}

export type StartProblemCode =
  | RunBarrier['code']
  | 'UNKNOWN_WORKFLOW'
  | 'VERSION_NOT_RUNNABLE'
  | 'CHECKSUM_MISMATCH'
  | 'INVALID_PARAMETERS'
  | 'CONFIRMATION_EXPIRED'
  | 'CONFIRMATION_INVALID'
  | 'PLAN_CHANGED'
  | 'PLAN_FAILED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'TOO_MANY_EXECUTIONS';

/** `bytecode` is the workflow that the outcome is about, wherever there is one; `parameters` have defaults filled in. */
export type StartOutcome =
  | {
      readonly outcome: 'started';
      readonly bytecode: Bytecode;
      readonly executionId: string;
      readonly consoleUrl?: string;
    }
  | {
      readonly outcome: 'confirmation-required';
      readonly bytecode: Bytecode;
      readonly parameters: Readonly<Record<string, ParameterValue>>;
      readonly token: string;
      /** Milliseconds since 1970. */
      readonly expiresAt: number;
      /** Where the start names one. */
      readonly plan?: WorkflowPlan;
    }
  | {
      readonly outcome: 'refused';
      readonly code: StartProblemCode;
      readonly message: string;
      readonly hint: string;
      readonly problems?: readonly ParameterProblem[];
      /** After how long the same call may succeed, where time alone can change the answer. */
      readonly retryAfterSeconds?: number;
      /** The IAM actions that the caller lacks. */
      readonly missingPermissions?: readonly string[];
      readonly bytecode?: Bytecode;
      /** As it is now, where it is no longer the one that the start names. */
      readonly plan?: WorkflowPlan;
    };

export type PlanOptions = Pick<StartOptions, 'principal' | 'tiers' | 'expectedChecksum'>;

export type PlanOutcome =
  | {
      readonly outcome: 'planned';
      readonly bytecode: Bytecode;
      readonly parameters: Readonly<Record<string, ParameterValue>>;
      readonly plan: WorkflowPlan;
    }
  | Extract<StartOutcome, { outcome: 'refused' }>;

export interface ExecutionReport extends Omit<Execution, 'history'> {
  readonly executionId: string;
  readonly workflow: { readonly name: string; readonly version: string };
  /** Empty where the registry no longer has the version that ran. */
  readonly steps: readonly StepReport[];
  /** What it waits for a person to answer, the oldest question first. */
  readonly approvals: readonly ApprovalReport[];
  readonly consoleUrl?: string;
}

export type CancelOutcome =
  | { readonly outcome: 'stopped'; readonly workflow: { readonly name: string; readonly version: string } }
  | { readonly outcome: 'unknown' };
