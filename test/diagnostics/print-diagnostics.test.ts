import type { Diagnostic } from '../../lib/diagnostics/diagnostic.ts';
import { printDiagnostics } from '../../lib/diagnostics/print-diagnostics.ts';
import { sortDiagnostics } from '../../lib/diagnostics/sort-diagnostics.ts';

const at = (line: number, column: number, length: number, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'WF2001',
  severity: 'error',
  message: 'no step named "backup"',
  file: 'w.yaml',
  span: { start: { line, column }, end: { line, column: column + length } },
  ...more,
});
const print = (text: string, ...diagnostics: Diagnostic[]) =>
  printDiagnostics(diagnostics, new Map([['w.yaml', text]]), { colour: false });

describe('printDiagnostics', () => {
  it('prints place, line, mark, hint and count', () => {
    const text = 'steps:\n  depends_on: [backup]\n';
    expect(print(text, at(2, 16, 6, { hint: 'steps here: a, b' }))).toBe(
      [
        'w.yaml:2:16 error WF2001: no step named "backup"',
        '    depends_on: [backup]',
        '                 ^~~~~~',
        '  hint: steps here: a, b',
        '',
        '1 error',
        '',
      ].join('\n'),
    );
  });

  it('prints nothing for nothing', () => {
    expect(print('x')).toBe('');
  });

  it('counts warnings apart, in reading order', () => {
    const printed = print('a\nb', at(2, 1, 1), at(1, 1, 1, { severity: 'warning', code: 'WF2006' }), at(2, 1, 1));
    expect(printed).toMatch(
      /^w\.yaml:1:1 warning WF2006.*\n {2}a\n {2}\^\n\nw\.yaml:2:1 error.*\n {2}b\n {2}\^\n\n1 error, 1 warning\n$/,
    );
  });

  it('cuts a long line around the place', () => {
    const [, line = '', mark = ''] = print(`${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`, at(1, 5001, 4)).split('\n');
    expect(line.length).toBeLessThan(130);
    expect(line.startsWith('  …x') && line.endsWith('y…')).toBe(true);
    expect(line.slice(mark.indexOf('^'), mark.length)).toBe('HERE');
  });

  it('shows control characters harmlessly and keeps the mark in place', () => {
    const [head = '', line = '', mark = ''] = print(
      'a\u001b[31m\tb\u202E中c',
      at(1, 11, 1, { message: 'x\u001b' }),
    ).split('\n');
    expect(head).toBe('w.yaml:1:11 error WF2001: x\\u{1B}');
    expect(line).toBe('  a\\u{1B}[31m b\\u{202E}中c');
    expect(mark).toBe(`${' '.repeat(line.indexOf('c') + 1)}^`);
  });

  it('survives places that are not in the text', () => {
    expect(print('a', at(9, 1, 1))).toBe('w.yaml:9:1 error WF2001: no step named "backup"\n\n1 error\n');
    expect(print('a', at(1, 90, 5))).toContain('\n  a\n   ^\n');
    expect(printDiagnostics([at(1, 1, 1)], new Map(), { colour: false })).toContain('WF2001');
  });

  it('marks to the end of the line where a place goes on', () => {
    const span = { start: { line: 1, column: 3 }, end: { line: 2, column: 2 } };
    expect(print('a: "x\r\n  y"', at(1, 1, 1, { span }))).toContain('\n  a: "x\n    ^~~\n');
  });

  it('colours only when asked', () => {
    const printed = printDiagnostics([at(1, 1, 1)], new Map([['w.yaml', 'a']]), { colour: true });
    expect(printed).toContain('\u001b[31merror\u001b[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is removed
    expect(printed.replace(/\u001b\[\d+m/g, '')).toBe(print('a', at(1, 1, 1)));
  });

  it('stops at 100 and says how many more', () => {
    const many = Array.from({ length: 250 }, (_, index) =>
      at(index + 1, 1, 1, { severity: index < 200 ? 'warning' : 'error' }),
    );
    expect(print('', ...many)).toMatch(/\n50 errors, 50 warnings, and 150 more that are not shown\n$/);
    expect(sortDiagnostics(many).more).toBe(150);
    expect(printDiagnostics([at(1, 1, 1)], new Map(), { colour: false, more: 7 })).toMatch(
      /\n1 error, and 7 more that are not shown\n$/,
    );
  });
});

describe('sortDiagnostics', () => {
  it('orders by file, place and code, whatever the order given, and drops duplicates', () => {
    const sorted = [
      at(1, 1, 1, { file: 'a' }),
      at(1, 1, 1, { code: 'WF1001' }),
      at(1, 1, 1),
      at(1, 1, 1, { message: 'z' }),
      at(1, 2, 1),
      at(2, 1, 1),
      at(10, 1, 1),
    ];
    expect(sortDiagnostics([...sorted].reverse().concat(sorted)).diagnostics).toEqual(sorted);
  });
});
