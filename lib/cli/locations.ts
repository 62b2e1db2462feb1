import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Where the parts of an installation stand. */
export const locations = {
  registry: resolve(ROOT, 'registry'),
  /** Compiled workflows; made anew by each compilation. */
  build: resolve(ROOT, 'build/registry'),
  /** What a local server keeps: its executions and its key. */
  state: resolve(ROOT, 'build/local'),
  models: resolve(ROOT, 'models'),
} as const;
