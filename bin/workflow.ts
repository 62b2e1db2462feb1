import { runProgram } from '../lib/cli/program.ts';

runProgram(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 70;
  },
);
