import { toAsl } from '../../lib/asl/to-asl.ts';
import type { Bytecode, PlanEntry } from '../../lib/compiler/bytecode.ts';
import type { StateMachineDefinition } from '../../lib/local/asl/definition.ts';
import { type AutomaticCase, faultCases, inverseCases } from '../../lib/local/automatic-cases.ts';
import { problemsOf } from '../../lib/local/judge-case.ts';
import { type CaseRun, createCaseRunner, type RunCase } from '../../lib/local/run-case.ts';
import { bytecodeOf, catalog } from '../support/compile.ts';
import { APPROVED, PASSED_OVER, SNAPSHOT, TAGGED } from '../support/tested-workflows.ts';

const HAPPY = { parameters: { instance_id: 'demo-database' } };

interface Judged {
  readonly name: string;
  readonly problems: readonly string[];
  readonly run: CaseRun;
}

async function judged(bytecode: Bytecode, happy: RunCase = HAPPY): Promise<readonly Judged[]> {
  const definition = toAsl(bytecode) as StateMachineDefinition;
  const run = createCaseRunner(bytecode, catalog());
  const all: (Judged & { case: AutomaticCase })[] = [];
  const judge = async (one: AutomaticCase): Promise<void> => {
    const made = await run(one);
    all.push({ name: one.name, problems: problemsOf(bytecode, one, made), run: made, case: one });
  };
  for (const one of faultCases(bytecode, definition, happy, await run(happy))) await judge(one);
  for (const one of inverseCases(
    definition,
    all.filter(({ name }) => name.endsWith(' fails')),
  ))
    await judge(one);
  return all;
}

function changeStep(bytecode: Bytecode, id: string, change: (entry: PlanEntry) => PlanEntry): Bytecode {
  const plan = bytecode.execution_plan.map((entry) => (entry.step_id === id ? change(entry) : entry));
  return { ...bytecode, execution_plan: plan };
}

const wrong = (all: readonly Judged[]): readonly string[] =>
  all.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));

describe('automatic cases', () => {
  it('are a failure and a lost answer of each call, each Retry, each Catch, each late look and each inverse', async () => {
    const all = await judged(bytecodeOf(SNAPSHOT, 'enterprise'));
    expect(all.map(({ name }) => name)).toEqual([
      'find fails',
      'snapshot fails',
      'snapshot has its effect and its answer is lost',
      'snapshot is tried again after Rds.RdsException',
      'available fails',
      'available sees the change late',
      'available never sees the change',
      'available fails, and the inverse of snapshot fails',
      'available fails, and the inverse of snapshot is tried again after throttling',
    ]);
    expect(wrong(all)).toEqual([]);
  });

  it('have the inverse that failed told in the cause', async () => {
    const all = await judged(bytecodeOf(SNAPSHOT, 'enterprise'));
    const failing = all.find(({ name }) => name === 'available fails, and the inverse of snapshot fails');
    expect(failing?.run.execution.cause).toContain('Not undone: snapshot.');
    expect(failing?.run.changed).toEqual(['rds snapshot demo-database-20260101-000000']);
  });

  it('find an inverse that does not restore what was', async () => {
    const harmless = (entry: PlanEntry): PlanEntry => {
      if (entry.call === undefined || entry.undo === undefined) throw new Error('No inverse');
      const name = entry.undo.state_machine_arguments.DbSnapshotIdentifier;
      if (name === undefined) throw new Error('No name');
      const looks = { state_machine_service: 'rds', state_machine_action: 'describeDBSnapshots' } as const;
      return { ...entry, undo: { ...entry.undo, ...looks, state_machine_arguments: { DbSnapshotIdentifier: name } } };
    };
    const all = await judged(changeStep(bytecodeOf(SNAPSHOT, 'enterprise'), 'snapshot', harmless));
    const left = 'the account is not as it was before: rds snapshot demo-database-20260101-000000';
    expect(wrong(all)).toEqual([
      `available fails: ${left}`,
      `available never sees the change: ${left}`,
      `available fails, and the inverse of snapshot is tried again after throttling: ${left}`,
    ]);
  });

  it('let a later step fail where an earlier one was passed over, as on_error: continue says', async () => {
    const all = await judged(bytecodeOf(PASSED_OVER, 'enterprise'));
    const over = all.find(({ name }) => name === 'snapshot fails');
    expect(over?.run.execution).toMatchObject({ status: 'FAILED', error: 'Rds.DbSnapshotNotFoundException' });
    expect(wrong(all)).toEqual([]);
  });

  it('find a step that ends the run although it may fail', async () => {
    const bytecode = bytecodeOf(PASSED_OVER, 'enterprise');
    const strict = changeStep(bytecode, 'snapshot', ({ on_error: _, ...entry }) => entry);
    const one = faultCases(
      bytecode,
      toAsl(bytecode) as StateMachineDefinition,
      HAPPY,
      await createCaseRunner(bytecode, catalog())(HAPPY),
    ).find(({ name }) => name === 'snapshot fails');
    if (one === undefined) throw new Error('No such case');
    const [problem] = problemsOf(bytecode, one, await createCaseRunner(strict, catalog())(one));
    expect(problem).toMatch(/^it ended as FAILED with Rds\.\w+: .*, although snapshot may fail$/s);
  });

  it('fail in the middle of a list, of which what was done is undone', async () => {
    const volume_ids = ['vol-0a1b2c3d4e5f60001', 'vol-0a1b2c3d4e5f60002'];
    const all = await judged(bytecodeOf(TAGGED, 'enterprise'), { parameters: { volume_ids } });
    expect(all.map(({ name }) => name).slice(0, 4)).toEqual([
      'tag fails',
      'tag fails after its first entry',
      'tag has its effect and its answer is lost',
      'look fails',
    ]);
    expect(wrong(all)).toEqual([]);
    expect(all[1]?.run.unchanged).toBe(true);
  });

  it('refuse each approval, and leave it unanswered', async () => {
    const all = await judged(bytecodeOf(APPROVED, 'enterprise'));
    expect(all.map(({ name }) => name).filter((name) => name.startsWith('ask'))).toEqual([
      'ask is refused',
      'ask is not answered',
    ]);
    expect(wrong(all)).toEqual([]);
  });
});
