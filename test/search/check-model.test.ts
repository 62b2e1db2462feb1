import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkModel } from '../../lib/search/check-model.ts';
import { MINILM_FILES } from '../../lib/search/minilm-embedder.ts';
import { MODEL_DIRECTORY } from '../support/minilm.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('checkModel', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'model-'));
    writeFileSync(join(directory, 'weights.onnx'), 'weights');
    writeFileSync(join(directory, 'tokenizer.json'), '{}');
    const sums = `${sha256('weights')}  weights.onnx\n${sha256('{}')}  tokenizer.json\n`;
    writeFileSync(join(directory, 'SHA256SUMS'), sums);
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  it('accepts the weights in the repository', () => {
    expect(checkModel(MODEL_DIRECTORY, MINILM_FILES).files).toEqual(expect.arrayContaining(MINILM_FILES));
  });

  it('gives the files sorted, and one hash over all of them', () => {
    const { files, sha256: before } = checkModel(directory, ['weights.onnx']);
    expect(files).toEqual(['tokenizer.json', 'weights.onnx']);

    writeFileSync(join(directory, 'tokenizer.json'), '{"new":1}');
    const sums = `${sha256('{"new":1}')}  tokenizer.json\n${sha256('weights')}  weights.onnx\n`;
    writeFileSync(join(directory, 'SHA256SUMS'), sums);
    expect(checkModel(directory, ['weights.onnx']).sha256).not.toBe(before);
  });

  it('refuses an altered file', () => {
    writeFileSync(join(directory, 'weights.onnx'), 'Weights');
    expect(() => checkModel(directory, [])).toThrow(/weights\.onnx was altered: .* Restore it with/);
  });

  it('refuses a missing file', () => {
    rmSync(join(directory, 'tokenizer.json'));
    expect(() => checkModel(directory, [])).toThrow(/tokenizer\.json cannot be read\. Restore it with/);
  });

  it('refuses a file that would be loaded unchecked', () => {
    expect(() => checkModel(directory, ['config.json'])).toThrow(/config\.json is not listed in .*SHA256SUMS/);
  });

  it('refuses a folder without hashes', () => {
    rmSync(join(directory, 'SHA256SUMS'));
    expect(() => checkModel(directory, [])).toThrow(/SHA256SUMS cannot be read/);
  });

  it.each(['weights.onnx', `${sha256('')}  ../outside`, `${sha256('')}  /etc/passwd`])(
    'refuses the line %s',
    (line) => {
      writeFileSync(join(directory, 'SHA256SUMS'), `${line}\n`);
      expect(() => checkModel(directory, [])).toThrow(/has a line that is not/);
    },
  );
});
