process.env.CDK_VALIDATION ??= 'false';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/bench/'],
  transform: { '\\.[cm]?ts$': '<rootDir>/test/support/esbuild-transform.cjs' },
  modulePathIgnorePatterns: [
    '<rootDir>/cdk.out',
    '<rootDir>/build',
    '<rootDir>/.emu',
    '<rootDir>/lib/catalog/generate/node_modules',
  ],
  testTimeout: 30_000,
};
