import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { editorSchema } from '../../lib/language/editor-schema.ts';
import { parseWorkflow } from '../../lib/language/parse-workflow.ts';
import { SEED } from '../support/diagnostics.ts';

const EVERY_STEP = readFileSync(join(__dirname, 'every-step.yaml'), 'utf8');
const validate = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(editorSchema());

describe('docs/workflow.schema.json', () => {
  it('is what lib/cli/generate-docs.ts makes from the schema', () => {
    const published = readFileSync(join(__dirname, '../../docs/workflow.schema.json'), 'utf8');
    expect(JSON.parse(published)).toEqual(editorSchema());
  });
});

describe('the schema for editors', () => {
  it('has none of our own keywords', () => {
    expect(JSON.stringify(editorSchema())).not.toMatch(/"x-/);
    expect(editorSchema()).toMatchObject({ $schema: expect.stringContaining('draft-07'), $id: expect.any(String) });
  });

  it.each([
    ['the seed sample', SEED],
    ['every step', EVERY_STEP],
  ])('accepts %s', (_what, text) => {
    expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  });

  it('gives examples of the form that it asks for', () => {
    const problems: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { examples, ...rest } = schema as { examples?: readonly unknown[] };
      for (const example of examples ?? []) {
        const check = new Ajv({ strict: false }).compile({
          ...rest,
          definitions: (editorSchema() as { definitions: object }).definitions,
        });
        if (!check(example)) problems.push(`${path}: ${JSON.stringify(check.errors)}`);
      }
      for (const [key, value] of Object.entries(rest)) visit(value, `${path}/${key}`);
    };
    visit(editorSchema(), '');
    expect(problems).toEqual([]);
  });

  it.each([
    ['a field of another type of step', 'seconds: 30', 'seconds: 30\n    intent: "x"'],
    ['a condition that is no expression', "that: '${", "that: 'x${"],
    ['too many at once', 'max_concurrency: 5', 'max_concurrency: 41'],
    ['an unknown type', 'type: sleep', 'type: slep'],
    ['a spelling of Step Functions', 'DBInstanceNotFound]', 'States.ALL]'],
  ])('refuses %s', (_what, part, replacement) => {
    expect(EVERY_STEP).toContain(part);
    expect(validate(parse(EVERY_STEP.replace(part, replacement)))).toBe(false);
  });

  it('accepts whatever the parser accepts', () => {
    const plain = parse(EVERY_STEP) as { steps: Record<string, unknown>[] };
    const change = fc.record({
      step: fc.nat(plain.steps.length - 1),
      from: fc.nat(plain.steps.length - 1),
      key: fc.nat(12),
      value: fc.option(fc.constantFrom<unknown>(0, 41, '', '${item}', 'a ${item}', true, [], {}, ['any'], null)),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = structuredClone(plain);
        for (const { step, from, key, value } of changes) {
          const donor = Object.entries(plain.steps[from] ?? {})[key];
          const target = changed.steps[step];
          if (donor !== undefined && target !== undefined) target[donor[0]] = value ?? donor[1];
        }
        const text = stringify(changed);
        const { diagnostics } = parseWorkflow('w.yaml', text);
        if (!diagnostics.some(({ severity }) => severity === 'error')) expect(validate(parse(text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
