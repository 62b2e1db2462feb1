import { type Branch, type OpenState, scopeOf, waitFor } from '../branch.ts';
import { isObject } from '../json-path/read-json-path.ts';
import { StateFailure } from '../state-failure.ts';

/** Most items that a distributed Map reads; a larger `MaxItems` means this. */
const MOST_ITEMS = 100_000_000;

/**
 * The items that `ItemReader` reads: the objects of a bucket, or what is in one of them (JSON, JSON lines, CSV).
 * Throws `States.ItemReaderFailed`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export async function readItems(branch: Branch, open: OpenState): Promise<readonly unknown[]> {
  const { state, language } = open;
  const reader = state.ItemReader ?? {};
  const config = reader.ReaderConfig ?? {};
  const scope = scopeOf(branch, open);
  const fields = await language.fill(state, reader.Parameters ?? reader.Arguments ?? {}, 'ItemReader/Arguments', scope);
  const maxItems = (await language.integer(state, 'MaxItems', scope, config)) ?? 0;
  if (maxItems < 0) throw readerFailed('field MaxItems must be positive');
  const request = {
    resource: reader.Resource ?? '',
    arguments: fields,
    context: scope.context,
    signal: branch.signal,
  };
  const outcome = await waitFor(branch, () => branch.machine.callTask(request));
  if (outcome.kind === 'failed') throw readerFailed(outcome.cause ?? outcome.error ?? 'The items could not be read');
  const items = itemsIn(request.resource, config, isObject(outcome.output) ? outcome.output : {});
  return items.slice(0, maxItems === 0 ? MOST_ITEMS : maxItems);
}

function readerFailed(cause: string): StateFailure {
  return new StateFailure('States.ItemReaderFailed', cause);
}

function itemsIn(
  resource: string,
  config: Readonly<Record<string, unknown>>,
  output: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  if (resource.endsWith(':listObjectsV2')) return Array.isArray(output.Contents) ? output.Contents : [];
  const text = typeof output.Body === 'string' ? output.Body : JSON.stringify(output.Body ?? null);
  switch (config.InputType) {
    case 'CSV':
      return csvItems(text, config);
    case 'JSONL':
      return text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .map(parse);
    default: {
      const items = parse(text);
      if (!Array.isArray(items)) throw readerFailed('Attempting to map over non-iterable node.');
      return items;
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw readerFailed('The content of the object is not valid JSON.');
  }
}

const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/** A row is an object with the headers as keys; fields past the headers are left out, missing ones are empty. */
function csvItems(text: string, config: Readonly<Record<string, unknown>>): readonly unknown[] {
  const rows = csvRows(text, DELIMITERS[String(config.CSVDelimiter ?? 'COMMA')] ?? ',');
  const given = config.CSVHeaderLocation === 'GIVEN' && Array.isArray(config.CSVHeaders);
  const headers = given ? (config.CSVHeaders as readonly unknown[]).map(String) : (rows[0] ?? []);
  return rows
    .slice(given ? 0 : 1)
    .map((row) => Object.fromEntries(headers.map((header, index) => [header, row[index] ?? ''])));
}

/** RFC 4180: a field in double quotes may hold delimiters, line ends and doubled quotes. */
function csvRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  let blank = true;
  const endRow = (): void => {
    row.push(field);
    // A line without anything on it is no row.
    if (!blank) rows.push(row);
    row = [];
    field = '';
    blank = true;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character !== '\n' && character !== '\r') blank = false;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === delimiter) {
      row.push(field);
      field = '';
    } else if (character === '\n') endRow();
    else if (character !== '\r') field += character;
  }
  endRow();
  return rows;
}
