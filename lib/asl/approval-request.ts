import type { Bytecode } from '../compiler/bytecode.ts';

/** What the message to a person holds besides the step's own, the same for all approvals of a workflow. */
export interface ApprovalRequest {
  readonly workflow: string;
  readonly version: string;
  readonly checksum: string;
  /** Names of the parameters that may be shown. */
  readonly parameters: readonly string[];
  /** Where the answer is given, if there is such a page. */
  readonly url?: string;
}

/** What approvals of a workflow tell. Sensitive parameters stay out: a topic's subscribers get mail. */
export function approvalRequest({ metadata, checksum, parameters }: Bytecode, url?: string): ApprovalRequest {
  return {
    workflow: metadata.name,
    version: metadata.version,
    checksum,
    parameters: parameters.filter(({ sensitive }) => sensitive !== true).map(({ name }) => name),
    ...(url === undefined ? {} : { url }),
  };
}
