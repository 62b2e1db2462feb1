import { toAsl } from '../asl/to-asl.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import type { WorkflowExecutor } from '../engine/execution.ts';
import { toPolicy } from '../iam/to-policy.ts';
import { createSimulatedAccount, type SimulatedAccount } from '../local/account/simulated-account.ts';
import { createScaledClock } from '../local/clock.ts';
import { createLocalExecutor } from '../local/local-executor.ts';
import type { ExecutionJournal } from '../local/state/execution-journal.ts';
import { createFileStorage } from '../registry/file-storage.ts';
import type { WorkflowStorage } from '../registry/workflow-storage.ts';
import { writeRegistry } from '../registry/write-registry.ts';
import { locations } from './locations.ts';

/** All that runs workflows in this process, with no AWS account. */
export interface LocalRuntime {
  readonly account: SimulatedAccount;
  readonly executor: WorkflowExecutor;
  /** Reads the bytecode back from disk, with every check that the cloud makes. */
  readonly storage: WorkflowStorage;
}

/**
 * A simulated account, and an executor that runs the very state machines that are deployed, under the policies of
 * the very roles.
 * @param speed how much faster than real time the account's time passes
 * @param build where the bytecode is written and read
 * @param journal where executions are written down; they live in memory alone where it is left out
 */
export function createLocalRuntime(
  bytecodes: readonly Bytecode[],
  catalog: Catalog,
  speed: number,
  build: string = locations.build,
  journal?: ExecutionJournal,
): LocalRuntime {
  writeRegistry(build, bytecodes);
  const clock = createScaledClock(speed);
  const account = createSimulatedAccount({ catalog, clock });
  const executor = createLocalExecutor({
    account,
    clock,
    definitionOf: (bytecode) => toAsl(bytecode, account.place.partition),
    policyOf: (bytecode) => toPolicy(bytecode, account.place),
    ...(journal === undefined ? {} : { journal }),
  });
  return { account, executor, storage: createFileStorage(build) };
}
