import { runCommand } from '../support/terminal.ts';

const CLOSE_SSH = ['sg_revoke_open_ports', '--param', 'group_id=sg-0a1b2c3d4e5f60001', '--param', 'port=22'];

async function planIdOf(...args: readonly string[]): Promise<string> {
  const { out } = await runCommand('plan', ...args, '--json');
  return (JSON.parse(out) as { readonly plan: { readonly plan_id: string } }).plan.plan_id;
}

describe('workflow plan', () => {
  it('shows what would change, in the order of the steps', async () => {
    const { exitCode, out } = await runCommand('plan', ...CLOSE_SSH);
    expect(exitCode).toBe(0);
    expect(out.split('\n').map((line) => line.trim().split('  ')[0])).toEqual([
      'sg_revoke_open_ports@1.0',
      '✓ find_rules',
      '✓ no_wider_rule',
      '✓ port_is_open',
      '▲ revoke_rules',
      expect.stringMatching(/^\{"GroupId":"sg-0a1b2c3d4e5f60001",.*"CidrIp":"0\.0\.0\.0\/0"/),
      '… port_is_closed',
      '',
      expect.stringMatching(/^At most \d+ seconds/),
      expect.stringMatching(/^At most \d+ state transitions, about \$0\.\d{6} \(an estimate, for us-east-1\)$/),
      expect.stringMatching(
        /^Run exactly this: npx workflow run sg_revoke_open_ports -p group_id=sg-0a1b2c3d4e5f60001 -p port=22 --plan p1\.[\w-]{43}$/,
      ),
    ]);
  });

  it('says what would stop the run, and what is not reached', async () => {
    const { exitCode, out } = await runCommand(
      'plan',
      'sg_revoke_open_ports',
      '-p',
      'group_id=sg-0a1b2c3d4e5f60718',
      '-p',
      'port=5432',
    );
    expect(exitCode).toBe(0);
    expect(out).toContain('✗ port_is_open  assert, stops the run');
    expect(out).toContain('there is nothing to revoke');
    expect(out).toContain('– revoke_rules  ec2:RevokeSecurityGroupIngress, not reached');
    expect(out).toContain('It would stop at port_is_open');
    expect(out).not.toContain('--plan');
  });

  it('writes the command so that a shell takes it', async () => {
    const { out } = await runCommand(
      'plan',
      'rds_snapshot_verified',
      '-p',
      'instance_id=demo-database',
      '-p',
      'reason=it is time',
    );
    expect(out).toContain("-p instance_id=demo-database -p 'reason=it is time' --plan p1.");
  });

  it('refuses parameters that the workflow does not take', async () => {
    const { exitCode, err } = await runCommand('plan', 'sg_revoke_open_ports', '-p', 'group_id=x', '-p', 'port=22');
    expect([exitCode, err]).toEqual([1, expect.stringContaining('group_id')]);
  });
});

it('explain says the worst case, for each entry of a list where there is one', async () => {
  const { out } = await runCommand('explain', 'ebs_delete_unattached');
  expect(out).toMatch(/At most \d+ state transitions, about \$0\.\d{6} \(an estimate, for us-east-1\)/);
  expect(out).toMatch(/and for each entry of delete_volumes \d+ seconds and \d+ transitions more/);
});

describe('workflow run --plan', () => {
  it('runs what was planned by another process, whose simulated account is the same', async () => {
    const id = await planIdOf(...CLOSE_SSH);
    expect(await planIdOf(...CLOSE_SSH)).toBe(id);
    const { exitCode, out } = await runCommand('run', ...CLOSE_SSH, '--plan', id, '--json');
    expect([exitCode, JSON.parse(out)]).toEqual([0, expect.objectContaining({ status: 'SUCCEEDED' })]);
  });

  it('refuses a plan of something else, and names the one of now', async () => {
    const { exitCode, err } = await runCommand('run', ...CLOSE_SSH, '--plan', `p1.${'a'.repeat(43)}`);
    expect(exitCode).toBe(1);
    expect(err).toContain('PLAN_CHANGED');
    expect(err).toContain(await planIdOf(...CLOSE_SSH));
  });
});
