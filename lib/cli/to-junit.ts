import type { WorkflowResult } from './commands/test.ts';

/** Test results as JUnit XML, as build servers read it: https://github.com/testmoapp/junitxml */
export function toJunit(results: readonly WorkflowResult[]): string {
  const suites = results.map(({ workflow, cases }) => {
    const failures = cases.filter(({ problems }) => problems.length > 0).length;
    const tests = cases.map(({ name, problems }) => {
      const failure = problems.length === 0 ? '' : `<failure message="${escaped(problems.join('; '))}"/>`;
      return `    <testcase classname="${escaped(workflow)}" name="${escaped(name)}">${failure}</testcase>`;
    });
    const head = `  <testsuite name="${escaped(workflow)}" tests="${cases.length}" failures="${failures}">`;
    return [head, ...tests, '  </testsuite>'].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>'].join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\t\n\r\u0020-\uFFFD]/g, '?');
}
