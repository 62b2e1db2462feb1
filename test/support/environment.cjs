const { TestEnvironment } = require('jest-environment-node');

const SHARED_CLASSES = [
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Int8Array',
  'Uint8Array',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'ArrayBuffer',
];

/** onnxruntime compares typed arrays with the host realm's classes, so the sandbox has to use those. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of SHARED_CLASSES) this.global[name] = globalThis[name];
  }
};
