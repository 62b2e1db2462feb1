import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { LIMITS } from '../mcp/limits.ts';
import { type CheckOptions, check } from './commands/check.ts';
import { type CompileCommandOptions, compileCommand } from './commands/compile.ts';
import { explain } from './commands/explain.ts';
import type { PlanCommandOptions } from './commands/plan.ts';
import { type ResolveOptions, resolve } from './commands/resolve.ts';
import type { RunOptions } from './commands/run.ts';
import type { SearchOptions } from './commands/search.ts';
import type { ServeOptions } from './commands/serve.ts';
import type { TestOptions } from './commands/test.ts';
import { locations } from './locations.ts';
import { optionDescription } from './option-description.ts';
import { productVersion } from './product-version.ts';
import { FORMATS } from './report-format.ts';
import { EXIT, type ExitCode, processTerminal, type Terminal } from './terminal.ts';
import { toldMistake } from './told-mistake.ts';

const EXIT_CODES = `
Exit codes: 0 done, 1 the workflow has errors or its run failed, 2 the command line is wrong.`;

const TEST_HELP = `
To each case that succeeds it adds those that follow from the workflow: each call fails, or has its effect and its
answer is lost; each Retry and Catch gets its error; each inverse fails; each rule on parameters is broken; each
approval is refused or not answered. Where there are no cases, it looks for a run that succeeds in the simulated account.

Exit codes: 0 all passed, 1 a case failed. What could not be tried is listed, and is neither.`;

const REGISTRY = ['--registry <folder>', 'where the workflows stand', locations.registry] as const;
const JSON_OPTION = ['--json', 'print JSON and nothing else', false] as const;

/** In which form diagnostics come. */
const formatOption = (): Option =>
  new Option('--format <format>', 'how to print what is wrong').choices(FORMATS).default('human');
const jsonFormatOption = (): Option => new Option('--json', 'short for --format json').implies({ format: 'json' });

/** Runs one command line; gives the exit code. Commands load what they need only when they run. */
export async function runProgram(args: readonly string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const told = toldMistake(error);
    if (told === undefined) throw error;
    terminal.err(told);
    return EXIT.usage;
  }
  return exitCode;
}

function createProgram(terminal: Terminal, done: (exitCode: ExitCode) => void): Command {
  const program = new Command('workflow')
    .description('Compile, explain, run and serve least-privilege AWS workflows.')
    .version(productVersion(), '-V, --version', 'print the version')
    .configureHelp({ optionDescription })
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(add --help for help)')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });

  program
    .command('check')
    .description('say what is wrong with workflows')
    .argument('[files...]', 'workflow files; the whole registry where none is given')
    .option(...REGISTRY)
    .addOption(formatOption())
    .addOption(jsonFormatOption())
    .action((files: string[], options: CheckOptions) => done(check(files, options, terminal)));

  program
    .command('compile')
    .description('write the bytecode of the whole registry')
    .option(...REGISTRY)
    .option('--out <folder>', 'where the bytecode goes', locations.build)
    .addOption(formatOption())
    .addOption(jsonFormatOption())
    .option('--update-lock', 'decide anew what the lock file holds', false)
    .option('--frozen-lock', 'fail where the lock file is not up to date', false)
    .action((options: CompileCommandOptions) => done(compileCommand(options, terminal)));

  program
    .command('explain')
    .description('show the graph, calls, permissions and risk of a workflow')
    .argument('<name>', 'the name of the workflow')
    .option(...REGISTRY)
    .option(...JSON_OPTION)
    .action((name: string, options: { registry: string; json: boolean }) => done(explain(name, options, terminal)));

  program
    .command('resolve')
    .description('show which call a step in words becomes, and why')
    .option('--service <name>', 'the service of the step')
    .option('--intent <words>', 'what the step does, in words')
    .option('-c, --context <key=value>', 'a context key; may be repeated', collectPair, {})
    .option('--permission <action>', 'an action that required_permissions holds; may be repeated', collect, [])
    .option('--batch <file>', 'a JSON file of cases: [{id, service, intent, context}]')
    .option(...JSON_OPTION)
    .action((options: ResolveOptions) => done(resolve(options, terminal)));

  program
    .command('permissions')
    .description('list the IAM actions that AWS calls need')
    .requiredOption('--calls <file>', 'JSON: [{ id, calls: [{ service, operation, members? }] }]')
    .option(...JSON_OPTION)
    .action(async (options: { calls: string; json: boolean }) => {
      const { permissions } = await import('./commands/permissions.ts');
      done(permissions(options, terminal));
    });

  addRuntimeCommands(program, terminal, done);
  return program;
}

function addRuntimeCommands(program: Command, terminal: Terminal, done: (exitCode: ExitCode) => void): void {
  program
    .command('plan')
    .description('say what a run would change in the simulated account, and change nothing')
    .argument('<name>', 'the name of the workflow')
    .option('-p, --param <name=value>', 'a parameter; may be repeated', collectPair, {})
    .option(...REGISTRY)
    .option(...JSON_OPTION)
    .action(async (name: string, options: PlanCommandOptions) => {
      const { plan } = await import('./commands/plan.ts');
      done(await plan(name, options, terminal));
    });

  program
    .command('run')
    .description('run a workflow in the simulated account, step by step')
    .argument('<name>', 'the name of the workflow')
    .option('-p, --param <name=value>', 'a parameter; may be repeated', collectPair, {})
    .option('--plan <id>', 'run only if it would do just what this plan says', planId)
    .option('--approve <step>', 'approve what this step asks; may be repeated', collect, [])
    .option('--refuse <step>', 'refuse what this step asks; may be repeated', collect, [])
    .option(...REGISTRY)
    .option(...JSON_OPTION)
    .action(async (name: string, options: RunOptions) => {
      const { run } = await import('./commands/run.ts');
      done(await run(name, options, terminal));
    });

  program
    .command('test')
    .description('run the cases of workflows, and all that can go wrong in them, in virtual time')
    .argument('[workflow]', 'the name of a workflow, or its file; all of the registry where none is given')
    .option('--cases <file>', 'the file with the cases, where it is not <workflow>.test.yaml beside the workflow')
    .option('--filter <words>', 'only the cases whose name has these words')
    .option('--verbose', 'list the cases that nobody wrote, too', false)
    .addOption(new Option('--format <format>', 'how to print').choices(['human', 'json', 'junit']).default('human'))
    .addOption(jsonFormatOption())
    .option(...REGISTRY)
    .addHelpText('after', TEST_HELP)
    .action(async (workflow: string | undefined, options: TestOptions) => {
      const { test } = await import('./commands/test.ts');
      done(await test(workflow, options, terminal));
    });

  program
    .command('search')
    .description('find workflows by plain words')
    .argument('[words...]', 'what you want to do, in your own words')
    .option('--limit <count>', 'how many at most', wholeNumber(1, 10), 5)
    .option('--service <name>', 'only workflows that call this AWS service')
    .option('--read-only', 'only workflows that change nothing')
    .addOption(
      new Option('--tier <tier>', 'only workflows of this tier').choices(['community', 'verified', 'enterprise']),
    )
    .option('--corpus <file>', 'in place of the registry: workflows told in words, as JSON')
    .option('--queries <file>', 'what to ask of the corpus, as JSON; says how often the right one is found')
    .option(...REGISTRY)
    .option(...JSON_OPTION)
    .action(async (given: string[], options: SearchOptions & { corpus?: string; queries?: string }) => {
      const words = given.length === 0 ? undefined : given.join(' ');
      const { corpus, queries, json } = options;
      if (corpus !== undefined && queries !== undefined && words === undefined) {
        const { searchCorpus } = await import('./commands/search-corpus.ts');
        return done(await searchCorpus({ corpus, queries, json }, terminal));
      }
      if (corpus !== undefined || queries !== undefined || words === undefined) {
        terminal.err('say either what you want to do, or both --corpus and --queries');
        return done(EXIT.usage);
      }
      const { search } = await import('./commands/search.ts');
      done(await search(words, options, terminal));
    });

  program
    .command('serve')
    .description('serve MCP on loopback, over the simulated account')
    .option('--port <number>', 'the port to listen on; 0 for any', wholeNumber(0, 65_535), 8080)
    .option('--state <folder>', 'where executions are kept from one start to the next', locations.state)
    .option('--no-state', 'keep executions in memory alone')
    .option(
      '--max-executions <number>',
      'how many executions of one workflow may run at once',
      wholeNumber(1, 10_000),
      LIMITS.runningPerCaller,
    )
    .option('--as <policy.json>', 'serve a caller with this IAM policy: what they could not do, they cannot run')
    .option('--tiers <list>', 'the tiers of which workflows may be run, e.g. community,verified; all by default')
    .option(...REGISTRY)
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./commands/serve.ts');
      done(await serve(options, terminal));
    });
}

function collect(text: string, collected: readonly string[]): readonly string[] {
  return [...collected, text];
}

function collectPair(text: string, collected: Readonly<Record<string, string>>): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('It is written as name=value.');
  const name = text.slice(0, equals);
  if (Object.hasOwn(collected, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...collected, [name]: text.slice(equals + 1) };
}

function planId(text: string): string {
  if (/^p1\.[A-Za-z0-9_-]{43}$/.test(text)) return text;
  throw new InvalidArgumentError('It is what workflow plan printed, and begins with p1.');
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
