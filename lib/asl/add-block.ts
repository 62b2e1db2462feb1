import type { PlanEntry } from '../compiler/bytecode.ts';
import { resultVariable } from '../compiler/emit/result-variable.ts';
import { addApproval } from './add-approval.ts';
import { addUndoableMap } from './add-undoable-map.ts';
import { addWait } from './add-wait.ts';
import { fewerStates } from './fewer-states.ts';
import type { Block } from './flow.ts';
import { MAX_STATE_NAME } from './join-asserts.ts';
import {
  assignResult,
  type Building,
  beginUndo,
  callFields,
  commentOf,
  type Exit,
  leave,
  rescue,
  retryFields,
  type State,
  target,
  withoutResult,
} from './state-machine.ts';
import { evaluated, toPayload } from './to-payload.ts';

/** Adds the states of a part of the plan; gives the name of the first. */
export function addBlock(block: Block, exit: Exit, building: Building): string {
  if (block.kind === 'step') return addStep(block.entry, exit, building);
  if (block.kind === 'parallel') return addParallel(block.blocks, exit, building);
  return block.blocks.reduceRight<string | undefined>(
    (next, part) => addBlock(part, next === undefined ? exit : { to: next }, building),
    undefined,
  ) as string;
}

/** Adds one step: its condition, the list it runs over, and what it does. */
export function addStep(entry: PlanEntry, exit: Exit, building: Building): string {
  const start =
    entry.for_each === undefined ? addCore(entry.step_id, entry, exit, building) : addMap(entry, exit, building);
  if (entry.when === undefined) return start;
  const name = `${entry.step_id}?`;
  building.states.set(name, {
    Type: 'Choice',
    Comment: `${entry.step_id} runs only when ${inner(entry.when.source)}`,
    Choices: [{ Condition: evaluated(entry.when.jsonata), Next: start }],
    ...withoutResult(entry),
    Default: target(entry, exit, building),
  });
  return name;
}

function addCore(name: string, entry: PlanEntry, exit: Exit, building: Building): string {
  switch (entry.type) {
    case 'aws_command':
      return addTask(name, entry, exit, building);
    case 'wait_for':
      return addWait(name, entry, exit, building);
    case 'sleep':
      return addSleep(name, entry, exit, building);
    case 'assert':
      return addAssert(name, entry, exit, building);
    case 'approval':
      return addApproval(name, entry, exit, building);
  }
}

function addTask(name: string, entry: PlanEntry, exit: Exit, building: Building): string {
  if (entry.call === undefined) throw new Error(`The step ${entry.step_id} has no call`);
  const { Type, Resource, Arguments } = callFields(entry.call, building.partition);
  building.states.set(name, {
    Type,
    Comment: commentOf(entry),
    Resource,
    Arguments,
    ...retryFields(entry),
    ...(building.inItem ? {} : { ...rescue(entry, exit, building), ...assignResult(entry) }),
    ...leave(entry, exit, building),
  });
  return name;
}

function addSleep(name: string, entry: PlanEntry, exit: Exit, building: Building): string {
  if (entry.seconds === undefined) throw new Error(`The sleep ${entry.step_id} has no seconds`);
  const on = exit.to === undefined ? { ...outputOf(exit), End: true } : { Next: exit.to };
  building.states.set(name, { Type: 'Wait', Seconds: toPayload(entry.seconds), ...on });
  return name;
}

const ASSERTION_FAILED = 'Workflow.AssertionFailed';

function addAssert(name: string, entry: PlanEntry, exit: Exit, building: Building): string {
  const { that, message } = entry;
  if (that === undefined || message === undefined) throw new Error(`The assert ${entry.step_id} asserts nothing`);
  const failure = { Error: ASSERTION_FAILED, Cause: toPayload(message) };
  const undoing = entry.on_error === undefined && building.undoFrom !== undefined;
  if (!undoing) building.states.set(`${name} failed`, { Type: 'Fail', ...failure });
  building.states.set(name, {
    Type: 'Choice',
    Comment: `The run stops unless ${inner(that.source)}`,
    Choices: [{ Condition: evaluated(that.jsonata), Next: target(entry, exit, building) }],
    ...(undoing ? { Assign: beginUndo(failure), Default: building.undoFrom } : { Default: `${name} failed` }),
  });
  return name;
}

function addMap(entry: PlanEntry, exit: Exit, building: Building): string {
  const { for_each: list, step_id: id } = entry;
  if (list === undefined) throw new Error(`The step ${id} runs over nothing`);
  // JSONata gives one value instead of a list of one.
  const items = list.jsonata.startsWith('[') ? list.jsonata : `[${list.jsonata}]`;
  if (entry.undo !== undefined) return addUndoableMap(entry, items, exit, building);
  const states = new Map<string, State>();
  const inner: Building = { states, partition: building.partition, inItem: true };
  const start = addCore(`${id} each`, entry, { to: undefined }, inner);
  building.states.set(id, {
    Type: 'Map',
    Comment: commentOf(entry),
    Items: evaluated(items),
    ItemSelector: { item: '{% $states.context.Map.Item.Value %}' },
    MaxConcurrency: list.max_concurrency,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: start, States: Object.fromEntries(states) },
    ...rescue(entry, exit, building),
    ...(entry.result_used ? { Assign: { [resultVariable(id)]: '{% $states.result %}' } } : {}),
    ...mapExit(entry, exit),
  });
  return id;
}

function mapExit(entry: PlanEntry, exit: Exit): State {
  if (exit.to !== undefined) return { Next: exit.to };
  if (exit.output === undefined) return { End: true };
  return { Output: evaluated(`($${resultVariable(entry.step_id)} := $states.result; ${exit.output})`), End: true };
}

function addParallel(blocks: readonly Block[], exit: Exit, building: Building): string {
  const name = nameOfParallel(blocks);
  const exported = blocks.map((block) => entriesOf(block).filter(({ result_used: used }) => used));
  const branches = blocks.map((block, index) => {
    const states = new Map<string, State>();
    const output = (exported[index] ?? []).map(({ step_id: id }) => `${JSON.stringify(id)}: $${resultVariable(id)}`);
    const end: Exit = output.length === 0 ? { to: undefined } : { to: undefined, output: `{${output.join(', ')}}` };
    const { partition, approval } = building;
    const start = addBlock(block, end, { states, partition, ...(approval === undefined ? {} : { approval }) });
    const branch = fewerStates({ start, states });
    return { StartAt: branch.start, States: Object.fromEntries(branch.states) };
  });
  const assigned = exported.flatMap((entries, index) =>
    entries.map(({ step_id: id, when, on_error }) => {
      const value = `$states.result[${index}].${id}`;
      const maybe = when !== undefined || on_error === 'continue';
      return [resultVariable(id), maybe ? `$exists(${value}) ? ${value} : null` : value] as const;
    }),
  );
  const [first] = entriesOf(blocks[0] as Block);
  if (first === undefined) throw new Error('An empty branch passed the compiler');
  const { on_error: _, ...plain } = first;
  building.states.set(name, {
    Type: 'Parallel',
    Branches: branches,
    ...rescue(plain, exit, building),
    ...parallelExit(assigned, exit),
  });
  return name;
}

/** What a Parallel assigns is not seen by its own output, so that it is bound there where the machine ends. */
function parallelExit(assigned: readonly (readonly [string, string])[], exit: Exit): State {
  if (exit.to === undefined) return { ...outputOf(exit, assigned), End: true };
  const Assign = Object.fromEntries(assigned.map(([variable, value]) => [variable, evaluated(value)]));
  return { ...(assigned.length === 0 ? {} : { Assign }), Next: exit.to };
}

/** The output of a state that ends what it is in; `bound` are variables and the expressions for their values. */
function outputOf(exit: Exit, bound: readonly (readonly [string, string])[] = []): State {
  if (exit.to !== undefined || exit.output === undefined) return {};
  const bindings = bound.map(([variable, value]) => `$${variable} := ${value}; `).join('');
  return { Output: evaluated(bindings === '' ? exit.output : `(${bindings}${exit.output})`) };
}

/**
 * The first steps of its branches. Of two Parallels that begin with the same step one is within the other and has
 * fewer steps, so that names that had to be cut still differ.
 */
function nameOfParallel(blocks: readonly Block[]): string {
  const steps = blocks.map(entriesOf);
  const name = steps.map(([first]) => first?.step_id ?? '').join(' beside ');
  if (name.length <= MAX_STATE_NAME) return name;
  const size = ` (${steps.flat().length} steps)`;
  return `${name.slice(0, MAX_STATE_NAME - size.length)}${size}`;
}

/** What stands between `${` and `}`. */
function inner(source: string): string {
  return source.replace(/^\$\{|\}$/g, '');
}

/** The entries in a part of the plan, in order. */
export function entriesOf(block: Block): readonly PlanEntry[] {
  return block.kind === 'step' ? [block.entry] : block.blocks.flatMap(entriesOf);
}
