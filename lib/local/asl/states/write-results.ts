import { type Branch, type OpenState, scopeOf, waitFor } from '../branch.ts';
import { isObject } from '../json-path/read-json-path.ts';
import { uuid } from '../random.ts';
import { StateFailure } from '../state-failure.ts';
import type { ChildResult } from './run-distributed-map.ts';

/**
 * Writes what the child executions gave with `ResultWriter`: a manifest and a file each for those that succeeded and
 * failed; gives the result of the Map. Throws `States.ResultWriterFailed`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export async function writeResults(
  branch: Branch,
  open: OpenState,
  mapRunArn: string,
  children: readonly ChildResult[],
): Promise<unknown> {
  const { state, language } = open;
  const writer = state.ResultWriter ?? {};
  const scope = scopeOf(branch, open);
  const filled = await language.fill(
    state,
    writer.Parameters ?? writer.Arguments ?? {},
    'ResultWriter/Arguments',
    scope,
  );
  const { Bucket: bucket, Prefix: prefix } = isObject(filled) ? filled : {};
  const folder = `${prefix === undefined ? '' : `${String(prefix)}/`}${mapRunArn.split(':').at(-1) ?? uuid(branch.machine.random)}`;
  const put = async (name: string, content: unknown): Promise<void> => {
    const request = {
      resource: writer.Resource ?? '',
      arguments: { Bucket: bucket, Key: `${folder}/${name}`, Body: JSON.stringify(content) },
      context: scope.context,
      signal: branch.signal,
    };
    const outcome = await waitFor(branch, () => branch.machine.callTask(request));
    if (outcome.kind === 'failed')
      throw new StateFailure('States.ResultWriterFailed', outcome.cause ?? outcome.error ?? 'Not written');
  };
  const files = { SUCCEEDED: succeeded(children), FAILED: failed(children), PENDING: [] };
  const listed: Record<string, unknown[]> = {};
  for (const [kind, results] of Object.entries(files)) {
    if (results.length > 0) await put(`${kind}_0.json`, results);
    listed[kind] =
      results.length > 0 ? [{ Key: `${folder}/${kind}_0.json`, Size: JSON.stringify(results).length }] : [];
  }
  await put('manifest.json', { DestinationBucket: bucket, MapRunArn: mapRunArn, ResultFiles: listed });
  return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: `${folder}/manifest.json` } };
}

function succeeded(children: readonly ChildResult[]): readonly unknown[] {
  return children
    .filter(({ failure }) => failure === undefined)
    .map(({ input, output }) => ({
      Input: JSON.stringify(input),
      Output: JSON.stringify(output),
      Status: 'SUCCEEDED',
    }));
}

function failed(children: readonly ChildResult[]): readonly unknown[] {
  return children
    .filter(({ failure }) => failure !== undefined)
    .map(({ input, failure }) => ({
      Input: JSON.stringify(input),
      Error: failure?.error,
      Cause: failure?.reason,
      Status: 'FAILED',
    }));
}
