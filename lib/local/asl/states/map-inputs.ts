import { type Branch, checkSize, type OpenState, scopeOf } from '../branch.ts';
import { isObject } from '../json-path/read-json-path.ts';

/** The input of one iteration or child execution, and its part of the context object. */
export interface MapInput {
  readonly input: unknown;
  readonly context: Readonly<Record<string, unknown>>;
}

/** What a Map's iterations begin with: each item through `ItemSelector`, and in batches where there is `ItemBatcher`. */
export async function mapInputs(
  branch: Branch,
  open: OpenState,
  items: readonly unknown[],
): Promise<readonly MapInput[]> {
  const { state, language, name } = open;
  const scope = scopeOf(branch, open);
  const inputs: MapInput[] = [];
  for (const [index, value] of items.entries()) {
    const context = { Map: { Item: { Index: index, Value: value } } };
    const input = await language.itemInput(state, value, { ...scope, context: { ...scope.context, ...context } });
    checkSize(name, input);
    inputs.push({ input, context });
  }
  return state.ItemBatcher === undefined ? inputs : batches(branch, open, inputs);
}

async function batches(branch: Branch, open: OpenState, inputs: readonly MapInput[]): Promise<readonly MapInput[]> {
  const { state, language } = open;
  const batcher = state.ItemBatcher ?? {};
  const scope = scopeOf(branch, open);
  const mostItems = (await language.integer(state, 'MaxItemsPerBatch', scope, batcher)) ?? Number.POSITIVE_INFINITY;
  const mostBytes = (await language.integer(state, 'MaxInputBytesPerBatch', scope, batcher)) ?? 262_144;
  const common = await language.fill(state, batcher.BatchInput, 'ItemBatcher/BatchInput', scope);
  const lists: unknown[][] = [];
  let bytes = 0;
  for (const { input } of inputs) {
    const size = Buffer.byteLength(JSON.stringify(input), 'utf8') + 1;
    const last = lists.at(-1);
    if (last === undefined || last.length >= mostItems || bytes + size > mostBytes) {
      lists.push([input]);
      bytes = size;
    } else {
      last.push(input);
      bytes += size;
    }
  }
  return lists.map((Items) => ({
    input: { ...(isObject(common) ? { BatchInput: common } : {}), Items },
    context: {},
  }));
}
