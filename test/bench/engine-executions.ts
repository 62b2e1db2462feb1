import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Recording } from '../local/asl/recordings/recording.ts';
import { replayRecording } from '../local/asl/recordings/replay-recording.ts';
import { type Figure, printFigures, share } from './figure.ts';

const OWN = join(__dirname, '../local/asl/recordings/executions.json');

/** An execution that came out otherwise than it was recorded. */
export interface Different {
  readonly id: string;
  readonly how: string;
}

/**
 * Replays recorded executions (a JSON file, or one packed with gzip; by default those of the golden tests) and counts
 * those that come out as recorded: status, output or error, and events in their order.
 */
export async function executionFigures(
  file: string = OWN,
): Promise<{ readonly figures: readonly Figure[]; readonly different: readonly Different[] }> {
  const recordings = readRecordings(file);
  const different: Different[] = [];
  for (const [index, recording] of recordings.entries()) {
    const how = await replayRecording(recording).catch((fault: unknown) => `fault: ${String(fault)}`);
    if (how !== undefined) different.push({ id: `${index} ${recording.test}`, how });
  }
  const reproduced = share(recordings.length - different.length, recordings.length);
  return { figures: [{ name: 'recorded executions reproduced', ...reproduced, atLeast: 95 }], different };
}

function readRecordings(file: string): readonly Recording[] {
  const content = readFileSync(file);
  const text = file.endsWith('.gz') ? gunzipSync(content) : content;
  return JSON.parse(text.toString('utf8')) as readonly Recording[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { executions: { type: 'string' } } });
  const { figures, different } = await executionFigures(values.executions);
  for (const { id, how } of different) console.log(`${id}\n    ${how.slice(0, 600)}`);
  process.exitCode = printFigures(figures) ? 0 : 1;
}

if (require.main === module) void main();
