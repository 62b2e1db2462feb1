import jsonata from 'jsonata';
import type { Flow, State, StateMachineDefinition } from './definition.ts';
import { isJsonata, jsonataText } from './jsonata-language.ts';

/** The definition is wrong, or uses what the local interpreter does not know. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
}

const TYPES: ReadonlySet<string> = new Set(['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map']);

/**
 * Refuses, before anything runs, what Step Functions refuses when a state machine is created (a missing target, an
 * expression that cannot be parsed) and what this interpreter cannot run. Throws {@link InvalidDefinition}.
 */
export function checkDefinition(definition: StateMachineDefinition, queryLanguages: readonly string[]): void {
  checkFlow(definition, '', definition.QueryLanguage ?? 'JSONPath', queryLanguages);
}

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
    if (language === 'JSONata') checkNoJsonPath(state, (what) => fail(place, what));
    const { Branches: branches = [], ItemProcessor: processor, ...fields } = state;
    checkExpressions(fields, `${path}${place}`);
    for (const [index, branch] of branches.entries())
      checkFlow(branch, `${path}${place}/Branches[${index}]`, language, queryLanguages);
    if (processor !== undefined) checkFlow(processor, `${path}${place}/ItemProcessor`, language, queryLanguages);
  }
}

const NEEDS_NEXT: ReadonlySet<string> = new Set(['Pass', 'Task', 'Wait', 'Parallel', 'Map']);

const TASK_RESOURCE = /^arn:aws[a-z-]*:(states:[^:]*:[^:]*:[^.]+|lambda:.+)$/;

function checkSupported(state: State, fail: (what: string) => never): void {
  if (state.Type === 'Task' && !TASK_RESOURCE.test(state.Resource ?? '')) {
    fail(`The local interpreter does not run tasks on ${state.Resource}`);
  }
  if (state.Type !== 'Map') return;
  if (state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED')
    fail('The local interpreter does not run distributed Maps');
  for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter']) {
    if (field in state) fail(`The local interpreter does not know ${field}`);
  }
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
      jsonata(jsonataText(value));
    } catch (cause) {
      throw new InvalidDefinition(`Not a JSONata expression: ${(cause as Error).message} (at ${path})`, { cause });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) checkExpressions(member, `${path}/${key}`);
  }
}
