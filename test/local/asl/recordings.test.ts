import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording } from './recordings/recording.ts';
import { replayRecording } from './recordings/replay-recording.ts';

const FILE = join(__dirname, 'recordings/executions.json');
const recordings = JSON.parse(readFileSync(FILE, 'utf8')) as readonly Recording[];

it.each(recordings.map((recording, index) => [`${index} ${recording.test}`, recording] as const))(
  'an execution comes out as Step Functions ran it: %s',
  async (_name, recording) => {
    expect(await replayRecording(recording)).toBeUndefined();
  },
);
