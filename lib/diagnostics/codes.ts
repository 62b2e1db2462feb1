/**
 * Every diagnostic that the compiler can give. Numbers are never reused.
 * 1xxx the text · 2xxx references and graph · 3xxx AWS calls and types · 4xxx permissions and safety · 5xxx limits.
 */
export const CODES = {
  WF1001: 'The file is not valid YAML',
  WF1002: 'A required field is missing',
  WF1003: 'Unknown field',
  WF1004: 'A field has the wrong type or form',
  WF1005: 'An expression cannot be parsed',
  WF1006: 'An expression uses something that workflows do not allow',
  WF1007: 'A name is used twice',
  WF2001: 'No such step',
  WF2002: 'No such parameter',
  WF2003: 'Unknown root in an expression',
  WF2004: 'Steps depend on each other in a circle',
  WF2005: 'The result of this call has no such field',
  WF2006: 'A parameter is never used',
  WF3001: 'No such service',
  WF3002: 'No such operation',
  WF3003: 'The intent does not name one operation clearly',
  WF3004: 'A context key fits no member of the call',
  WF3005: 'A context key fits several members of the call',
  WF3006: 'The call lacks a required member',
  WF3007: 'A value has the wrong type',
  WF3008: 'No such member',
  WF3009: 'A value is not one of those allowed',
  WF3010: 'Step Functions cannot make this call',
  WF3011: 'The IAM action of this call is not known',
  WF3012: 'A default or literal value breaks the rules for it',
  WF3013: 'The intent resolves to another call than the lock file says',
  WF3014: 'IAM actions are stated for a call whose actions are known',
  WF4001: 'A permission is missing',
  WF4002: 'A permission is not needed',
  WF4003: 'A permission does not exist',
  WF4004: 'The workflow is above what its tier allows',
  WF5001: 'The file is too large',
  WF5002: 'YAML aliases expand too far',
  WF5003: 'The workflow is too large',
} as const;

export type DiagnosticCode = keyof typeof CODES;
