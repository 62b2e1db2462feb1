import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { toAsl } from '../../lib/asl/to-asl.ts';
import { canonicalBytes } from '../../lib/compiler/checksum.ts';
import { toPolicy } from '../../lib/iam/to-policy.ts';
import { compileRegistry } from '../../lib/registry/compile-registry.ts';
import { writeRegistry } from '../../lib/registry/write-registry.ts';
import { verifies } from '../acceptance/requirements.ts';
import { bytecodeOf, catalog, compileText, SEED } from '../support/compile.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', account: '123456789012' } as const;

/** Pinned calls that fit together in any number and order. */
const STEP = fc.constantFrom(
  { action: 'rds:DescribeDBInstances', parameters: { DBInstanceIdentifier: '${params.id}' } },
  { action: 'rds:DescribeDBSnapshots', parameters: { DBInstanceIdentifier: '${params.id}', MaxRecords: 20 } },
  {
    action: 'rds:CreateDBSnapshot',
    parameters: { DBInstanceIdentifier: '${params.id}', DBSnapshotIdentifier: 'x-${timestamp}' },
  },
  { action: 'rds:ListTagsForResource', parameters: { ResourceName: 'arn:aws:rds:eu-west-1:123456789012:db:x' } },
);

/** A workflow of some steps; each may depend on any earlier one. */
const WORKFLOW = fc
  .array(fc.tuple(STEP, fc.array(fc.nat(20), { maxLength: 3 })), { minLength: 1, maxLength: 6 })
  .map((steps) => {
    const actions = [...new Set(steps.map(([{ action }]) => action))];
    const source = {
      name: 'generated',
      version: '1.0',
      description: 'Generated',
      author: 'test',
      parameters: [{ name: 'id', type: 'string', required: true }],
      steps: steps.map(([step, needs], index) => ({
        id: `s${index}`,
        type: 'command',
        ...step,
        ...(index === 0 ? {} : { depends_on: [...new Set(needs.map((need) => `s${need % index}`))] }),
      })),
      security: { required_permissions: actions, max_duration: 600 },
    };
    return JSON.stringify(source, null, 1);
  });

describe('laws of the compiler', () => {
  it('gives the same bytes for the same text', () => {
    fc.assert(
      fc.property(WORKFLOW, (text) => {
        expect(canonicalBytes(bytecodeOf(text, 'enterprise'))).toEqual(canonicalBytes(bytecodeOf(text, 'enterprise')));
      }),
      { numRuns: 30 },
    );
  });

  it('makes closed state machines: every next state exists and every state is reached', () => {
    fc.assert(
      fc.property(WORKFLOW, (text) => {
        const { StartAt, States } = toAsl(bytecodeOf(text, 'enterprise'));
        const reached = new Set<string>();
        const visit = (name: string): void => {
          if (reached.has(name)) return;
          expect(Object.keys(States)).toContain(name);
          reached.add(name);
          const state = States[name] as {
            Next?: string;
            Default?: string;
            Choices?: { Next: string }[];
            End?: boolean;
          };
          const next = [state.Next, state.Default, ...(state.Choices ?? []).map((choice) => choice.Next)];
          for (const one of next) if (one !== undefined) visit(one);
        };
        visit(StartAt);
        expect([...reached].sort()).toEqual(Object.keys(States).sort());
      }),
      { numRuns: 30 },
    );
  });

  it('runs every step after all that it depends on', () => {
    fc.assert(
      fc.property(WORKFLOW, (text) => {
        const plan = bytecodeOf(text, 'enterprise').execution_plan;
        const position = new Map(plan.map(({ step_id: id }, index) => [id, index]));
        for (const { step_id: id, depends_on: needs } of plan) {
          for (const need of needs) expect(position.get(need)).toBeLessThan(position.get(id) ?? -1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('allows what is declared, and nothing else', () => {
    fc.assert(
      fc.property(WORKFLOW, (text) => {
        const { security } = JSON.parse(text) as { security: { required_permissions: string[] } };
        const allowed = toPolicy(bytecodeOf(text, 'enterprise'), PLACE).Statement.map(({ Action }) => Action);
        expect([...new Set(allowed)].sort()).toEqual([...security.required_permissions].sort());
      }),
      { numRuns: 30 },
    );
  });

  it('never throws, whatever is done to a text', () => {
    const mutation = fc.tuple(
      fc.nat(SEED.length),
      fc.nat(40),
      fc.oneof(fc.string(), fc.constantFrom('${', '}', ':', '- ', '[', '&a *a', '\t', '"')),
    );
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        let text = SEED;
        for (const [at, length, insert] of mutations) text = text.slice(0, at) + insert + text.slice(at + length);
        const { bytecode, diagnostics } = compileText(text);
        expect(bytecode !== undefined || diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the first sample', () => {
  it('has the risk score 2.5, with its reasons', () => {
    expect(bytecodeOf(SEED).security).toEqual({
      risk_score: 2.5,
      risk_reasons: [
        'rds:CreateDBSnapshot: writes (3) × resources whose name holds fixed text (0.75) = 2.25',
        'rds:DescribeDBInstances: lists (1) × every resource of a type (1) = 1',
      ],
      max_duration: 600,
      effect: 'write',
    });
  });

  verifies('bytes:same', 'gives identical bytes when compiled in two folders', () => {
    const bytes = ['a', 'b'].map((name) => {
      const root = mkdtempSync(join(tmpdir(), `registry-${name}-`));
      try {
        cpSync(join(__dirname, '../../registry'), join(root, 'registry'), { recursive: true });
        writeRegistry(join(root, 'out'), compileRegistry(join(root, 'registry'), catalog()).bytecodes);
        return readFileSync(join(root, 'out/rds_backup_simple/1.0.json'));
      } finally {
        rmSync(root, { recursive: true });
      }
    });
    expect(bytes[0]).toEqual(bytes[1]);
  });
});

describe('a registry', () => {
  const inRegistry = (files: Readonly<Record<string, string>>) => {
    const root = mkdtempSync(join(tmpdir(), 'registry-'));
    try {
      cpSync(join(__dirname, '../../registry/tiers.yaml'), join(root, 'tiers.yaml'));
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(join(root, file, '..'), { recursive: true });
        writeFileSync(join(root, file), text);
      }
      return compileRegistry(root, catalog());
    } finally {
      rmSync(root, { recursive: true });
    }
  };

  it('refuses the second workflow of a name', () => {
    const { bytecodes, diagnostics } = inRegistry({ 'community/a.yaml': SEED, 'enterprise/b.yaml': SEED });
    expect(bytecodes).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code: 'WF1007', severity: 'error' }]);
    expect(diagnostics[0]?.message).toMatch(/^the name "rds_backup_simple" is taken by .*community\/a\.yaml$/);
  });

  it('takes the tier from the folder, and leaves test files and others alone', () => {
    const { bytecodes } = inRegistry({
      'verified/a.yaml': SEED,
      'verified/a.test.yaml': '{',
      'community/README.md': '#',
    });
    expect(bytecodes.map(({ metadata }) => metadata.tier)).toEqual(['verified']);
  });

  it('does not compile anything without ceilings', () => {
    expect(() => compileRegistry(join(tmpdir(), 'no-such-registry'), catalog())).toThrow(
      /is no registry: it has no tiers\.yaml/,
    );
  });
});
