import fc from 'fast-check';
import { canonicalBytes, canonicalJson, checksumOf } from '../../lib/compiler/checksum.ts';
import {
  BytecodeRefused,
  MAX_BYTECODE_BYTES,
  type RefusalCode,
  readBytecode,
} from '../../lib/registry/read-bytecode.ts';
import { verifies } from '../acceptance/requirements.ts';
import { checkedBytecode, readOnlyBytecode } from '../support/checked-bytecode.ts';

const good = checkedBytecode();
const bytes = canonicalBytes(good);
const text = new TextDecoder().decode(bytes);

function refusal(input: Uint8Array | string): RefusalCode | undefined {
  try {
    readBytecode(input);
    return undefined;
  } catch (error) {
    if (error instanceof BytecodeRefused) return error.code;
    throw error;
  }
}

/** What an attacker can do who recomputes nothing, and what one can who recomputes everything. */
function resealed(change: (content: Record<string, unknown>) => unknown): Uint8Array {
  const content = structuredClone(good) as unknown as Record<string, unknown>;
  change(content);
  return canonicalJson({ ...content, checksum: checksumOf(content as never) });
}

describe('readBytecode', () => {
  it('takes the canonical bytes of valid bytecode, as bytes and as text', () => {
    expect(readBytecode(bytes)).toEqual(good);
    expect(readBytecode(text)).toEqual(good);
    expect(readBytecode(canonicalBytes(readOnlyBytecode())).metadata.name).toBe('rds_inspect');
  });

  verifies('bytes:tamper', 'refuses the file with any one byte changed, wherever it is', () => {
    const accepted: number[] = [];
    for (let index = 0; index < bytes.byteLength; index += 1) {
      const changed = Uint8Array.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      if (refusal(changed) === undefined) accepted.push(index);
    }
    expect(accepted).toEqual([]);
  });

  it('refuses every other sequence of bytes made by replacing, inserting or deleting', () => {
    const edit = fc.record({
      at: fc.nat({ max: bytes.byteLength }),
      remove: fc.nat({ max: 3 }),
      insert: fc.uint8Array({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(edit, ({ at, remove, insert }) => {
        const changed = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
        fc.pre(!changed.equals(bytes));
        expect(refusal(changed)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it.each<[RefusalCode, Uint8Array | string]>([
    ['too-large', new Uint8Array(MAX_BYTECODE_BYTES + 1)],
    ['not-utf8', Uint8Array.of(0xff, 0xfe)],
    ['not-json', ''],
    ['not-json', '\uFEFF{}'],
    ['not-bytecode', 'null'],
    ['not-bytecode', '[]'],
    ['not-bytecode', resealed((content) => Object.assign(content, { format: 'other' }))],
    ['unknown-version', resealed((content) => Object.assign(content, { version: '2.0' }))],
    ['wrong-form', resealed((content) => Object.assign(content, { extra: 1 }))],
    ['wrong-form', resealed((content) => Object.assign(content, { workflow_id: '../../etc' }))],
    ['wrong-form', resealed((content) => Object.assign(content, { execution_plan: [] }))],
    ['not-canonical', `${text}\n`],
    ['not-canonical', JSON.stringify(JSON.parse(text), null, 1)],
    ['not-canonical', text.replace('"author":', '"author":"first","author":')],
    ['wrong-checksum', text.replace(/sha256:[0-9a-f]{64}(?=","exec)/, `sha256:${'0'.repeat(64)}`)],
  ])('says %s', (code, input) => {
    expect(refusal(input)).toBe(code);
  });

  it('says where the form is broken, and in which file', () => {
    const broken = resealed((content) => Object.assign(content.security as object, { risk_score: 'low' }));
    expect(() => readBytecode(broken, 'registry/x/1.0.json')).toThrow(
      'registry/x/1.0.json is refused: /security/risk_score must be number',
    );
    const extra = resealed((content) => Object.assign(content.security as object, { 'a\u202Eb': 1 }));
    expect(() => readBytecode(extra)).toThrow('must NOT have additional properties "a\\u{202E}b"');
  });

  it('refuses what is nested until the stack ends, and does not fall over', () => {
    const depth = 200_000;
    const nested = `${'{"items":['.repeat(depth)}${']}'.repeat(depth)}`;
    const start = text.slice(0, -1);
    expect(refusal(`${start},"zz":${nested}}`)).toBeDefined();
    const argument = `${'{"items":['.repeat(50_000)}${'],"kind":"list"}'.repeat(50_000)}`;
    expect(refusal(text.replace('"arguments":{', `"arguments":{"A":${argument},`))).toBeDefined();
  });
});

describe('canonicalJson', () => {
  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (members) => {
        const reversed = Object.fromEntries(Object.entries(members).reverse());
        expect(canonicalJson(reversed)).toEqual(canonicalJson(members));
      }),
    );
  });

  it('has no form for half a surrogate pair, but for a text that spells one out', () => {
    expect(() => canonicalJson('\ud800')).toThrow('well-formed');
    expect(() => canonicalJson({ '\udfff': 1 })).toThrow('well-formed');
    expect(() => canonicalJson('\\\ud800')).toThrow('well-formed');
    expect(new TextDecoder().decode(canonicalJson('\\ud800'))).toBe('"\\\\ud800"');
    expect(new TextDecoder().decode(canonicalJson('😀'))).toBe('"😀"');
  });

  it('has no form for what JSON cannot say', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow();
    expect(() => canonicalJson(undefined)).toThrow('no JSON form');
  });
});
