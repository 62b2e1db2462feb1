import { readSuiteReport } from './suite-report.ts';

const PRINTED = `=== Running scenario: tools-list ===

=== SUMMARY ===
✓ tools-list: 4 passed, 0 failed
✗ caching: 7 passed, 1 failed
✗ tasks-lifecycle: 1 passed, 8 failed
✓ http-header-validation: 14 passed, 0 failed

Total: 26 passed, 9 failed
`;

test('what the suite prints is told apart by what the revision requires', () => {
  expect(readSuiteReport(PRINTED, ['tools-list', 'caching', 'never-run'])).toEqual({
    passed: 26,
    failed: 9,
    required: 2,
    requiredFailing: ['caching'],
    otherFailing: ['tasks-lifecycle'],
  });
});

test('a suite that broke off has no report', () => {
  expect(readSuiteReport(PRINTED.slice(0, PRINTED.indexOf('Total')), [])).toBeUndefined();
});
