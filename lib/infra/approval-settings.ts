import type { Construct } from 'constructs';

/** How people learn of approvals, and answer them, besides MCP. */
export interface ApprovalSettings {
  readonly email?: string;
  readonly link: boolean;
}

/**
 * Read from the CDK's context: `-c approval_email=ops@example.com -c approval_link=true`. Throws for anything else
 * than an address, `true` and `false`: a setting that is misspelt must not open or close a way in silence.
 */
export function approvalSettings(scope: Construct): ApprovalSettings {
  const email: unknown = scope.node.tryGetContext('approval_email');
  const link: unknown = scope.node.tryGetContext('approval_link') ?? false;
  if (email !== undefined && (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email))) {
    throw new Error('The context approval_email is not an e-mail address');
  }
  // On the command line every value is text.
  if (![true, false, 'true', 'false'].includes(link as string)) {
    throw new Error('The context approval_link is neither true nor false');
  }
  return { link: String(link) === 'true', ...(email !== undefined && { email }) };
}
