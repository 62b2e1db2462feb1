process.env.CDK_VALIDATION ??= 'false';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/bench/'],
  transform: {
    '\\.[cm]?ts$': '<rootDir>/test/support/esbuild-transform.cjs',
    // An ES module that Node can require and Jest's sandbox cannot.
    '/node_modules/stemmer/.*\\.js$': '<rootDir>/test/support/esbuild-transform.cjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!stemmer/)'],
  modulePathIgnorePatterns: [
    '<rootDir>/cdk.out',
    '<rootDir>/build',
    '<rootDir>/.emu',
    '<rootDir>/lib/catalog/generate/node_modules',
  ],
  testTimeout: 30_000,
};
