const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

/** Jest transform: types are stripped by esbuild; `npm run typecheck` is what checks them. */
module.exports = {
  process(source, filename, { supportsStaticESM }) {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      // Some versions of Node.js load an ES module of a dependency as one, even where it is required.
      format: supportsStaticESM ? 'esm' : 'cjs',
      target: 'node20',
      sourcemap: 'external',
      sourcefile: filename,
      supported: { 'dynamic-import': true },
    });
    return { code, map };
  },
  getCacheKey(source, filename, { supportsStaticESM }) {
    return createHash('sha256')
      .update(version)
      .update(filename)
      .update(String(supportsStaticESM))
      .update(source)
      .digest('hex');
  },
};
