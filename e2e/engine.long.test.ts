import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endSilence } from '../stacks/engine/silence.ts';
import { maxParallelOperations } from '../stacks/engine/workspace.ts';
import { aStackOf, declarePerson } from './engine.fixture.ts';

test('A backend that does not answer: an engine that is silent for too long is ended, and the error says what it waited for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const declareAna = async () => declarePerson('ana', true);
  const stack = await aStackOf(folder, declareAna, { SLOW_MS: '3600000' });
  const notes: string[] = [];
  const run = endSilence(({ signal, hear }) => stack.up({ parallel: maxParallelOperations, signal, onEvent: hear }), {
    ...{ describeWait: () => 'the tenant', onNote: (note) => notes.push(note) },
    timing: { saidEveryMs: 2_000, endsAfterMs: 20_000, insistsAfterMs: 4_000 },
  });
  await expect(run).rejects.toMatchObject({ code: 'engine-silent', message: expect.stringContaining('the tenant') });
  expect(notes[0]).toBe('Nothing for 2 seconds: waiting for the tenant.');
});
