import { Ajv2020 } from 'ajv/dist/2020.js';
import { BYTECODE_SCHEMA } from '../compiler/bytecode-schema.ts';

/** The options that the form of bytecode is checked with, wherever the check is made. */
export const FORM_OPTIONS = { allErrors: false, strict: true, allowUnionTypes: true } as const;

/**
 * Whether a value has the form of bytecode 1.0; where not, `errors` has the first thing that is wrong. Bundles of
 * functions hold this check as code that was made beforehand: neither its compiler nor the time that takes.
 */
export const hasTheForm = new Ajv2020(FORM_OPTIONS).compile(BYTECODE_SCHEMA);
