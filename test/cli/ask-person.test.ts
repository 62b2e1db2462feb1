import { PassThrough } from 'node:stream';
import { askPerson } from '../../lib/cli/ask-person.ts';

function bench() {
  const [input, output, stop] = [new PassThrough(), new PassThrough(), new AbortController()];
  const ask = (question = 'Well? ') => askPerson(question, stop.signal, input, output);
  return { input, ask, stop, shown: () => String(output.read() ?? '') };
}

it('asks, and gives the line that is typed, as often as it is wanted', async () => {
  const { input, ask, shown } = bench();
  for (const line of ['maybe', 'yes']) {
    const answer = ask();
    expect(shown()).toBe('Well? ');
    input.write(`${line}\n`);
    expect(await answer).toBe(line);
  }
});

it('gives nothing at the end of the input', async () => {
  const { input, ask } = bench();
  const answer = ask();
  input.end();
  expect(await answer).toBeUndefined();
});

it('gives nothing, and goes on to the next line, when nobody wants to know any more', async () => {
  const { ask, stop, shown } = bench();
  const answer = ask();
  stop.abort();
  expect(await answer).toBeUndefined();
  expect(shown()).toBe('Well? \n');
});
