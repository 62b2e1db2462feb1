/**
 * Loads what the commands load, at the end of `npm ci`: tsx keeps what it has compiled, so the first `npm start` is as
 * quick as the next. Runs nothing, and reads no workflow: a broken registry must not break an install.
 */
void Promise.all([
  import('./program.ts'),
  import('./commands/run.ts'),
  import('./commands/search.ts'),
  import('./commands/serve.ts'),
  import('./commands/test.ts'),
]);
