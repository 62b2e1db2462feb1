import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone';
import type { OnLoadResult, Plugin } from 'esbuild';
import { BYTECODE_SCHEMA } from '../../lib/compiler/bytecode-schema.ts';
import { FORM_OPTIONS } from '../../lib/registry/has-the-form.ts';

const ROOT = path.join(__dirname, '..', '..');

/** What the check says beside its messages, and nobody reads: half of its code. Only names of extra members are told. */
const UNREAD = /(?:schemaPath|keyword):"(?:[^"\\]|\\.)*",/g;
const UNREAD_PARAMS = /params:\{(?!additionalProperty)(?:"(?:[^"\\]|\\.)*"|[^{}"])*\}/g;

/**
 * Leaves out of a bundle what its code never gets to: the compiler of JSON Schemas, in place of which the one check
 * that it would make is there ready-made, and the validators that come with the MCP SDK.
 */
export const smallBundle: Plugin = {
  name: 'small-bundle',
  setup(build) {
    build.onLoad({ filter: /[\\/]lib[\\/]registry[\\/]has-the-form\.ts$/ }, readyMadeCheck);
    build.onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, () => ({
      path: path.join(__dirname, 'no-json-schemas.ts'),
    }));
  },
};

function readyMadeCheck(): OnLoadResult {
  const ajv = new Ajv2020({ ...FORM_OPTIONS, inlineRefs: false, code: { source: true } });
  const code = standaloneCode(ajv.addSchema(BYTECODE_SCHEMA, 'form'), { hasTheForm: 'form' });
  // The schema is in the bundle already, as the readers of names use its patterns.
  const schema = "require('./lib/compiler/bytecode-schema.ts').BYTECODE_SCHEMA";
  const contents = code
    .replace(JSON.stringify(BYTECODE_SCHEMA), schema)
    .replace(UNREAD, '')
    .replace(UNREAD_PARAMS, 'params:{}');
  return { contents, loader: 'js', resolveDir: ROOT };
}
