import type { Construct } from 'constructs';

/** How much of the account one caller, and all callers together, may take. */
export interface CallLimits {
  /** Executions of one workflow that one caller may have running; what the server has built in where left out. */
  readonly runningPerCaller?: number;
  /**
   * Calls that are served at once; what the account allows where left out. It is taken from the account's own limit,
   * of which AWS keeps a part for other functions: an account with the lowest limit could not be deployed to with one.
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  readonly reservedConcurrency?: number;
}

/** Read from the CDK's context: `-c max_running_per_caller=10 -c reserved_concurrency=50`. Throws for no whole number. */
export function callLimits(scope: Construct): CallLimits {
  const runningPerCaller = wholeNumber(scope, 'max_running_per_caller');
  const reservedConcurrency = wholeNumber(scope, 'reserved_concurrency');
  return {
    ...(runningPerCaller !== undefined && { runningPerCaller }),
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
  };
}

function wholeNumber(scope: Construct, name: string): number | undefined {
  const value: unknown = scope.node.tryGetContext(name);
  // On the command line every value is text.
  if (value === undefined) return undefined;
  if (!/^[1-9][0-9]{0,5}$/.test(String(value))) throw new Error(`The context ${name} is not a whole number from 1 up`);
  return Number(value);
}
