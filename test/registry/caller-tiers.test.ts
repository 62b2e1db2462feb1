import { readCallerTiers, tiersOfCaller } from '../../lib/registry/caller-tiers.ts';

const OPERATOR = 'arn:aws:sts::123456789012:assumed-role/operator/alice';
const ALL = ['community', 'verified', 'enterprise'];

it.each([
  ['nothing', undefined, ALL],
  ['a list with commas', 'community, verified', ['community', 'verified']],
  ['an array', ['enterprise'], ['enterprise']],
  ['an empty array', [], []],
  ['its JSON', '["community"]', ['community']],
  ['lists by callers', { 'arn:aws:sts::*:assumed-role/operator/*': ['verified'], '*': ALL }, ['verified']],
  ['the first that fits', { '*': 'community', [OPERATOR]: ALL }, ['community']],
  ['callers who are others', { 'arn:aws:sts::*:assumed-role/operators/*': ALL }, []],
  ['JSON of lists by callers', `{"${OPERATOR}": "community,enterprise"}`, ['community', 'enterprise']],
  ['a dot, which is a dot', { 'arn.aws*': ALL }, []],
])('reads %s', (_what, given, tiers) => {
  expect(tiersOfCaller(readCallerTiers(given), OPERATOR)).toEqual(tiers);
});

it.each([
  ['', 'It names ""; tiers are community, verified, enterprise'],
  ['comunity', 'It names "comunity"; tiers are community, verified, enterprise'],
  [{ '*': ['all'] }, '"*" names "all"; tiers are'],
  [{ '*': { community: true } }, '"*" has no list of tiers'],
  [{}, 'It names no callers'],
  ['{"*": ', 'It is not JSON'],
  [true, 'It is neither a list of tiers nor lists by callers'],
  [null, 'It is neither'],
])('refuses %j', (given, message) => {
  expect(() => readCallerTiers(given)).toThrow(message);
});
