import { checkJsonPathState } from './check-jsonpath-state.ts';
import { compileExpression } from './compile-expression.ts';
import { type Flow, isDistributed, itemProcessorOf, type State, type StateMachineDefinition } from './definition.ts';
import { isJsonata, jsonataText } from './jsonata-language.ts';

/** The definition is wrong, or uses what the local interpreter does not know. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
}

const TYPES: ReadonlySet<string> = new Set(['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map']);

/**
 * Refuses, before anything runs, what Step Functions refuses when a state machine is created (a missing target, an
 * expression that cannot be parsed) and what this interpreter cannot run. Throws {@link InvalidDefinition}. A definition
 * that runs many times is looked at once, so it must not be changed afterwards.
 */
export function checkDefinition(definition: StateMachineDefinition, queryLanguages: readonly string[]): void {
  if (checked.has(definition)) return;
  checkFlow(definition, '', definition.QueryLanguage ?? 'JSONPath', queryLanguages);
  checked.add(definition);
}

const checked = new WeakSet<StateMachineDefinition>();

function checkFlow(flow: Flow, path: string, inherited: string, queryLanguages: readonly string[]): void {
  const fail = (place: string, what: string): never => {
    throw new InvalidDefinition(`${what} (at ${path}${place})`);
  };
  const target = (name: string | undefined, place: string): void => {
    if (name === undefined || !Object.hasOwn(flow.States, name)) fail(place, `No such state: ${name}`);
  };
  target(flow.StartAt, '/StartAt');
  for (const [name, state] of Object.entries(flow.States)) {
    const place = `/States/${name}`;
    if (!TYPES.has(state.Type)) fail(place, `Unknown state type: ${state.Type}`);
    const language = state.QueryLanguage ?? inherited;
    if (!queryLanguages.includes(language)) fail(place, `The local interpreter does not run ${language} states`);
    if (state.Next !== undefined) target(state.Next, `${place}/Next`);
    else if (NEEDS_NEXT.has(state.Type) && state.End !== true) fail(place, 'Neither Next nor End');
    if (state.Default !== undefined) target(state.Default, `${place}/Default`);
    for (const [index, rule] of (state.Choices ?? []).entries()) target(rule.Next, `${place}/Choices[${index}]/Next`);
    for (const [index, catcher] of (state.Catch ?? []).entries()) target(catcher.Next, `${place}/Catch[${index}]/Next`);
    checkSupported(state, (what) => fail(place, what));
    const { Branches: branches = [], ItemProcessor: _processor, Iterator: _iterator, ...fields } = state;
    if (language === 'JSONata') {
      checkNoJsonPath(state, (what) => fail(place, what));
      checkExpressions(fields, `${path}${place}`);
    } else checkJsonPathState(state, (what) => fail(place, what));
    for (const [index, branch] of branches.entries())
      checkFlow(branch, `${path}${place}/Branches[${index}]`, language, queryLanguages);
    const processor = itemProcessorOf(state);
    if (processor !== undefined) checkFlow(processor, `${path}${place}/ItemProcessor`, language, queryLanguages);
  }
}

const NEEDS_NEXT: ReadonlySet<string> = new Set(['Pass', 'Task', 'Wait', 'Parallel', 'Map']);

const TASK_RESOURCE = /^arn:aws[a-z-]*:(states|lambda):.+$/;

/** A distributed Map reads and writes through the same calls as a Task, so that not every format is known here. */
const READER_FORMATS: ReadonlySet<unknown> = new Set([undefined, 'CSV', 'JSON', 'JSONL']);

function checkSupported(state: State, fail: (what: string) => never): void {
  if (state.Type === 'Task' && !TASK_RESOURCE.test(state.Resource ?? '')) {
    fail(`The local interpreter does not run tasks on ${state.Resource}`);
  }
  if (state.Type !== 'Map') return;
  for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter']) {
    if (field in state && !isDistributed(state)) fail(`Only a distributed Map has ${field}`);
  }
  const format = state.ItemReader?.ReaderConfig?.InputType;
  if (!READER_FORMATS.has(format)) fail(`The local interpreter does not read ${String(format)}`);
}

const JSONPATH_FIELDS = [
  ['InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'ResultSelector', 'ItemsPath', 'MaxConcurrencyPath'],
  ['SecondsPath', 'TimestampPath', 'TimeoutSecondsPath', 'HeartbeatSecondsPath', 'ErrorPath', 'CausePath', 'Variable'],
].flat();

/** Step Functions creates no JSONata state with a field of JSONPath, where other runners drop it without a word. */
function checkNoJsonPath(state: State, fail: (what: string) => never): void {
  for (const part of [state, ...(state.Choices ?? []), ...(state.Catch ?? [])]) {
    const field = JSONPATH_FIELDS.find((name) => name in part);
    if (field !== undefined) fail(`A JSONata state has no field ${field}`);
  }
}

function checkExpressions(value: unknown, path: string): void {
  if (isJsonata(value)) {
    try {
      compileExpression(jsonataText(value));
    } catch (cause) {
      throw new InvalidDefinition(`Not a JSONata expression: ${(cause as Error).message} (at ${path})`, { cause });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) checkExpressions(member, `${path}/${key}`);
  }
}
