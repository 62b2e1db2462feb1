import type { Bytecode, PlanEntry } from '../../lib/compiler/bytecode.ts';
import { checkedBytecode } from './checked-bytecode.ts';

export const APPROVAL_TIMEOUT = 3_600;

/** An approval as the compiler emits it, asking this. */
export function approvalEntry(id: string, message: string, more: Partial<PlanEntry> = {}): PlanEntry {
  return {
    step_id: id,
    type: 'approval',
    intent: null,
    context: {},
    depends_on: [],
    next_step: null,
    result_used: false,
    message: { kind: 'literal', value: message },
    timeout_seconds: APPROVAL_TIMEOUT,
    ...more,
  };
}

/** The seed sample with a question before its snapshot. */
export function approvalBytecode(message = 'Take the snapshot?', name = 'rds_backup_approved'): Bytecode {
  return checkedBytecode((content) => {
    const [find, snapshot] = content.execution_plan as [PlanEntry, PlanEntry];
    return {
      ...content,
      workflow_id: name,
      metadata: { ...content.metadata, name },
      execution_plan: [
        { ...find, next_step: 'ask' },
        approvalEntry('ask', message, { depends_on: [find.step_id], next_step: snapshot.step_id }),
        { ...snapshot, depends_on: ['ask'] },
      ],
    };
  });
}
