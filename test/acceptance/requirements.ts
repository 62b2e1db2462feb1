export interface Requirement {
  readonly id: string;
  /** What a user can rely on, in one sentence. */
  readonly behaviour: string;
}

/** What the product has to do. Each is proven by at least one test that cites its id; `coverage.test.ts` sees to it. */
export const REQUIREMENTS = [
  {
    id: 'run:suggest',
    behaviour: 'An agent that asks to back up its RDS database gets rds_backup_simple first, in both protocol eras.',
  },
  { id: 'run:describe', behaviour: 'describe_workflow shows the calls and the permissions.' },
  { id: 'run:confirm', behaviour: 'execute_workflow asks for confirmation before anything changes.' },
  { id: 'run:steps', behaviour: 'get_execution shows both steps, and the snapshot exists in the account.' },
  {
    id: 'refuse:mcp',
    behaviour: 'A path in place of an identifier is refused by the MCP tool with parameter, rule and value.',
  },
  { id: 'refuse:cli', behaviour: 'It is refused by workflow run in the same way.' },
  { id: 'refuse:machine', behaviour: 'It is refused by the state machine itself, however it was started.' },
  {
    id: 'fail:unknown-instance',
    behaviour:
      'An unknown instance fails at validate_instance with Rds.DbInstanceNotFoundException; no snapshot is made.',
  },
  {
    id: 'fail:denied',
    behaviour: 'Without rds:CreateDBSnapshot in the role, the run fails with AccessDenied at create_snapshot.',
  },
  { id: 'bytes:same', behaviour: 'Compiling in two folders gives identical bytes.' },
  { id: 'bytes:tamper', behaviour: 'Changing any byte of a bytecode file makes every reader refuse it.' },
  { id: 'start:ready', behaviour: 'npm start says what it compiled, where it listens and what to try next.' },
  { id: 'deployed:run', behaviour: 'The same run goes through the deployed API.' },
  { id: 'deployed:refuse', behaviour: 'The deployed state machine refuses bad input, as the console would start it.' },
  { id: 'deployed:role', behaviour: 'The workflow’s role allows its two calls and denies rds:DeleteDBInstance.' },
] as const satisfies readonly Requirement[];

export type RequirementId = (typeof REQUIREMENTS)[number]['id'];

/** A test that proves a requirement. */
export function verifies(id: RequirementId, how: string, test: (() => void) | (() => Promise<void>)): void {
  it(`[${id}] ${how}`, test);
}
