import { parseWorkflow } from '../../lib/language/parse-workflow.ts';
import type { ParsedWorkflow, Path } from '../../lib/language/source.ts';
import { SEED, seedWith } from '../support/diagnostics.ts';

function parsedOf(text: string): ParsedWorkflow {
  const { parsed } = parseWorkflow('w.yaml', text);
  if (parsed === undefined) throw new Error('the text has no workflow');
  return parsed;
}

function snapshotId({ workflow }: ParsedWorkflow): string {
  const step = workflow.steps[1];
  return step?.type === 'command' ? String(step.context?.snapshot_id) : '';
}

/** The text that a span covers. */
function covered({ text, ...parsed }: ParsedWorkflow, path: Path, within?: { from: number; to: number }): string {
  const { start, end } = parsed.locate(path, within);
  const lines = text.split('\n');
  const offsetOf = ({ line, column }: { line: number; column: number }) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return text.slice(offsetOf(start), offsetOf(end));
}

describe('locate', () => {
  it('gives values, and keys for what has many lines', () => {
    const parsed = parsedOf(SEED);
    expect(covered(parsed, ['name'])).toBe('rds_backup_simple');
    expect(covered(parsed, ['version'])).toBe('"1.0"');
    expect(covered(parsed, ['steps', 1, 'depends_on'])).toBe('[validate_instance]');
    expect(covered(parsed, ['steps', 1, 'depends_on', 0])).toBe('validate_instance');
    expect(covered(parsed, ['security'])).toBe('security');
    expect(covered(parsed, ['steps', 0])).toBe('id: validate_instance');
    expect(parsed.locateKey(['steps', 0, 'context', 'instance_id']).start).toEqual({ line: 17, column: 7 });
  });

  it('gives the nearest enclosing part of what does not exist', () => {
    const parsed = parsedOf(SEED);
    expect(covered(parsed, ['steps', 1, 'context', 'nothing', 3])).toBe('context');
    expect(covered(parsed, ['steps', 7])).toBe('steps');
    expect(parsed.locate(['nothing'])).toEqual(parsed.locate([]));
  });

  const within = { from: 9, to: 21 };
  it.each([
    ['in double quotes', '"x-${f("")}${params.inst}"'.replace('f("")', '1+2'), '${params.ins'],
    ['in single quotes', "'x''y-${1}-${params.inst}'", '-${params.in'],
    ['with escapes', '"\\u00e4\\"-${1}-${params.instance}"', '${params.inst'.slice(0, 12)],
    ['plain', 'x-${1+2}-${params.inst}', '${params.ins'],
  ])('narrows a scalar %s', (_what, scalar, _expected) => {
    const parsed = parsedOf(seedWith('"${params.instance_id}-poc-${timestamp}"', scalar));
    const path = ['steps', 1, 'context', 'snapshot_id'];
    const value = snapshotId(parsed);
    expect(covered(parsed, path, within)).toBe(value.slice(within.from, within.to));
  });

  it('narrows a literal block, line by line', () => {
    const block = '|\n        first\n          second ${params.x}\n        third';
    const parsed = parsedOf(seedWith('"${params.instance_id}-poc-${timestamp}"', block));
    const value = snapshotId(parsed);
    const from = value.indexOf('params');
    expect(covered(parsed, ['steps', 1, 'context', 'snapshot_id'], { from, to: from + 8 })).toBe('params.x');
  });

  it('gives the whole scalar where its value is not written as it stands', () => {
    const parsed = parsedOf(
      seedWith('"${params.instance_id}-poc-${timestamp}"', '"${params.instance_id}\n        -poc"'),
    );
    expect(covered(parsed, ['steps', 1, 'context', 'snapshot_id'], { from: 2, to: 8 })).toBe(
      '"${params.instance_id}\n        -poc"',
    );
  });
});
