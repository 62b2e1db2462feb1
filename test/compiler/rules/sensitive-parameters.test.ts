import { inputRules } from '../../../lib/asl/validate-input.ts';
import { actualCommand } from '../../../lib/cli/actual-command.ts';
import { exampleWith } from '../../../lib/diagnostics/code-entry.ts';
import { validateParameters } from '../../../lib/engine/validate-parameters.ts';
import { confirmationRequest } from '../../../lib/mcp/confirmation-request.ts';
import { parametersSchema } from '../../../lib/mcp/parameters-schema.ts';
import { bytecodeOf, catalog } from '../../support/compile.ts';
import { callOf } from '../../support/findings.ts';

const RESET = callOf(
  'rds:ModifyDBInstance',
  '{DBInstanceIdentifier: db, MasterUserPassword: "${params.p}"}',
  'rds:ModifyDBInstance',
  ['name: p, type: string, required: true, min_length: 20'],
);
const SECRET = 'correct-horse-battery-staple';

describe('the value of a secret parameter', () => {
  const bytecode = bytecodeOf(exampleWith(RESET), 'enterprise');

  it('is not in the message that refuses it', () => {
    const checked = validateParameters(bytecode.parameters, { p: 'correct-horse' });
    expect(checked).toEqual({
      ok: false,
      problems: [{ parameter: 'p', rule: 'length', message: 'Parameter "p" must have at least 20 characters' }],
    });
  });

  it('is not in the failure of the first state', () => {
    const values = inputRules(bytecode.parameters)
      .filter(({ Comment }) => Comment.startsWith('p '))
      .map(({ Assign }) => Assign.value);
    expect(values.length).toBeGreaterThan(2);
    expect(new Set(values)).toEqual(new Set([null]));
  });

  it('is not in the question whether to run', () => {
    const question = confirmationRequest(bytecode, { p: SECRET });
    expect(question).toContain('- p = (a secret)');
    expect(question).not.toContain(SECRET);
  });

  it('is marked for clients as one that only goes in', () => {
    expect(parametersSchema(bytecode.parameters)).toMatchObject({ properties: { p: { writeOnly: true } } });
  });

  it('is not in the AWS CLI command of a run', () => {
    const call = bytecode.execution_plan.at(-1)?.call;
    if (call === undefined) throw new Error('no call');
    const sent = { DbInstanceIdentifier: 'db', MasterUserPassword: SECRET };
    expect(actualCommand(call, sent, catalog())).toBe(
      "aws rds modify-db-instance --db-instance-identifier db --master-user-password '********'",
    );
  });
});
