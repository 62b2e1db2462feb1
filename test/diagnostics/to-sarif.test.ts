import Ajv from 'ajv';
import { CODES } from '../../lib/diagnostics/codes.ts';
import type { Diagnostic } from '../../lib/diagnostics/diagnostic.ts';
import { toSarif } from '../../lib/diagnostics/to-sarif.ts';

const at = (line: number, column: number) => ({ line, column });
const diagnostic = (changes: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'WF2001',
  severity: 'error',
  message: 'no step named "backup"',
  file: 'registry/community/back up.yaml',
  span: { start: at(3, 5), end: at(3, 11) },
  ...changes,
});

const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } } as const;
const positive = { type: 'integer', minimum: 1 } as const;

/** The parts of the SARIF 2.1.0 schema that a consumer relies on, word for word in their constraints. */
const ESSENTIAL = {
  type: 'object',
  required: ['version', 'runs'],
  properties: {
    version: { const: '2.1.0' },
    $schema: { type: 'string', pattern: '^https://' },
    runs: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['tool', 'results'],
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name', 'rules'],
                properties: {
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id', 'shortDescription', 'fullDescription', 'help'],
                      properties: { shortDescription: text, fullDescription: text, help: text },
                    },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['ruleId', 'ruleIndex', 'level', 'message', 'locations'],
              properties: {
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message: text,
                locations: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['physicalLocation'],
                    properties: {
                      physicalLocation: {
                        type: 'object',
                        required: ['artifactLocation', 'region'],
                        properties: {
                          artifactLocation: {
                            type: 'object',
                            required: ['uri'],
                            properties: { uri: { type: 'string', pattern: "^[A-Za-z0-9%._~:/?#@!$&'()*+,;=-]+$" } },
                          },
                          region: {
                            type: 'object',
                            additionalProperties: false,
                            required: ['startLine', 'startColumn'],
                            properties: {
                              startLine: positive,
                              startColumn: positive,
                              endLine: positive,
                              endColumn: positive,
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly message: { readonly text: string };
      readonly level: string;
      readonly locations: readonly { readonly physicalLocation: object }[];
    }[];
  }[];
}

const sarif = (...diagnostics: readonly Diagnostic[]): Log => {
  const log = toSarif(diagnostics);
  const ajv = new Ajv({ allErrors: true });
  expect(ajv.validate(ESSENTIAL, log)).toBe(true);
  return log as Log;
};

describe('SARIF', () => {
  it('has a result for each diagnostic, and a rule with help for each of their codes', () => {
    const [run] = sarif(
      diagnostic({ hint: 'steps here: find' }),
      diagnostic({ code: 'WF2006', severity: 'warning', message: 'parameter "x" is never used' }),
      diagnostic({ span: { start: at(1, 1), end: at(1, 2) } }),
    ).runs;
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['WF2001', 'WF2006']);
    expect(run?.results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ['WF2001', 0, 'error'],
      ['WF2001', 0, 'error'],
      ['WF2006', 1, 'warning'],
    ]);
    expect(run?.results[1]?.message.text).toBe('no step named "backup"; steps here: find');
  });

  it('says where it is, by a relative address that is escaped', () => {
    const [run] = sarif(diagnostic()).runs;
    expect(run?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'registry/community/back%20up.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 11 },
        },
      },
    ]);
  });

  it.each([
    ['/tmp/ä.yaml', 'file:///tmp/%C3%A4.yaml'],
    ['C:/flows/a.yaml', 'file:///C:/flows/a.yaml'],
  ])('gives a file outside of the sources its whole address: %s', (file, uri) => {
    const [run] = sarif(diagnostic({ file })).runs;
    expect(run?.results[0]?.locations[0]?.physicalLocation).toMatchObject({ artifactLocation: { uri } });
  });

  it('marks a place between two characters without an end', () => {
    const [run] = sarif(diagnostic({ span: { start: at(2, 4), end: at(2, 4) } })).runs;
    expect(run?.results[0]?.locations[0]?.physicalLocation).toMatchObject({
      region: { startLine: 2, startColumn: 4 },
    });
  });

  it('has help for every code, and is valid where there is nothing to say', () => {
    sarif(...(Object.keys(CODES) as Diagnostic['code'][]).map((code) => diagnostic({ code })));
    expect(sarif().runs[0]?.results).toEqual([]);
  });
});
