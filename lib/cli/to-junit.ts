import type { Coverage } from '../local/coverage.ts';
import type { WorkflowResult } from './test-workflow.ts';

/**
 * Test results as JUnit XML, as build servers read it: https://github.com/testmoapp/junitxml. How much was tried stands
 * in properties, and what was not in `system-out`.
 */
export function toJunit(results: readonly WorkflowResult[]): string {
  const suites = results.map(({ workflow, cases, not_tried: notTried, coverage }) => {
    const failures = cases.filter(({ problems }) => problems.length > 0).length;
    const tests = cases.map(({ name, problems }) => {
      const failure = problems.length === 0 ? '' : `<failure message="${escaped(problems.join('; '))}"/>`;
      return `    <testcase classname="${escaped(workflow)}" name="${escaped(name)}">${failure}</testcase>`;
    });
    const skipped =
      notTried === undefined
        ? []
        : [
            `    <testcase classname="${escaped(workflow)}" name="a run that succeeds"><skipped message="${escaped(`not tried: ${notTried}`)}"/></testcase>`,
          ];
    const counts = `tests="${cases.length + skipped.length}" failures="${failures}" skipped="${skipped.length}"`;
    const head = `  <testsuite name="${escaped(workflow)}" ${counts}>`;
    return [head, ...properties(coverage), ...tests, ...skipped, ...untried(coverage), '  </testsuite>'].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>'].join('\n');
}

function properties(coverage: Coverage): readonly string[] {
  const lines = Object.entries(coverage).map(
    ([what, { tried, all }]) => `      <property name="coverage.${what}" value="${tried} of ${all}"/>`,
  );
  return ['    <properties>', ...lines, '    </properties>'];
}

function untried(coverage: Coverage): readonly string[] {
  const lines = Object.entries(coverage).flatMap(([what, { missing }]) =>
    missing.map((name: string) => `${what} not tried: ${name}`),
  );
  return lines.length === 0 ? [] : [`    <system-out>${escaped(lines.join('\n'))}</system-out>`];
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\t\n\r\u0020-\uFFFD]/g, '?');
}
