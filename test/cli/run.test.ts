import { runCommand } from '../support/terminal.ts';

describe('workflow run', () => {
  it('shows what the run returns, a list of one as a list', async () => {
    const { exitCode, out } = await runCommand(
      'run',
      'ebs_delete_unattached',
      '--param',
      'min_age_days=0',
      '--approve',
      'ask',
    );
    expect(exitCode).toBe(0);
    const [, returned = ''] = out.split('SUCCEEDED\n');
    expect(returned.trim().split('\n')).toEqual([
      'approved_by = "the command line"',
      '  deleted = ["vol-0a1b2c3d4e5f60001"]',
      '  freed_gib = 20',
      expect.stringMatching(/^ {2}snapshots = \["snap-[0-9a-f]{17}"\]$/),
    ]);
  });
});
