import { findingsOf } from '../../support/findings.ts';

const ASK = (id: string, timeout?: number) => ({
  id,
  type: 'approval',
  message: 'Go on?',
  ...(timeout === undefined ? {} : { timeout }),
});
const FIND = { id: 'find', type: 'command', action: 'rds:DescribeDBInstances' };

/** The codes for a workflow with these approvals, in a tier that allows 900 seconds of work. */
function codes(maxDuration: number, approvals: readonly object[]): readonly string[] {
  const security = { required_permissions: ['rds:DescribeDBInstances'], max_duration: maxDuration };
  const fields = `parameters: []\nsteps: ${JSON.stringify([...approvals, FIND])}\nsecurity: ${JSON.stringify(security)}`;
  return findingsOf(fields, 'community');
}

describe('the time for answers', () => {
  it('is within max_duration, a day where nothing is said, all approvals together', () => {
    expect(codes(87_000, [ASK('ask')])).toEqual([]);
    expect(codes(600, [ASK('ask')])).toEqual([
      'WF5005 the answers may take 86400 seconds, but the run is stopped after 600',
    ]);
    expect(codes(60, [ASK('ask', 60)])).toHaveLength(1);
    expect(codes(61, [ASK('ask', 60)])).toEqual([]);
    expect(codes(110, [ASK('ask', 60), ASK('again', 60)])).toEqual([
      'WF5005 the answers may take 120 seconds, but the run is stopped after 110',
    ]);
  });

  it('is none of the work that a tier bounds', () => {
    expect(codes(86_400 + 900, [ASK('ask')])).toEqual([]);
    expect(codes(86_400 + 901, [ASK('ask')])).toEqual([
      'WF4004 87301 seconds are more than the 900 that the community tier allows besides the 86400 for answers',
    ]);
    expect(codes(901, [])).toEqual(['WF4004 901 seconds are more than the 900 that the community tier allows']);
  });
});
