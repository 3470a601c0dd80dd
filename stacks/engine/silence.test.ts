import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { endSilence } from './silence.ts';

const timing = { saidEveryMs: 20, endsAfterMs: 60, insistsAfterMs: 40 };

test('a wait is told with what is waited for, and is over once something happens', async () => {
  const { notes, options } = aListener();
  const run = endSilence(async ({ hear }) => {
    for (let at = 0; at < 10; at += 1) {
      await pause(15);
      hear();
    }
    return 'done';
  }, options);
  await expect(run).resolves.toBe('done');
  const waiting = endSilence(() => pause(50, 'late'), options);
  await expect(waiting).resolves.toBe('late');
  expect(notes).toContain('Nothing for 0 seconds: waiting for the backend.');
});

test('what stays silent is asked to end, and then told to; the error says what was waited for', async () => {
  const { options } = aListener();
  let asked = 0;
  const run = endSilence(
    ({ signal }) =>
      new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => {
          asked += 1;
          if (asked === 2) reject(new Error('interrupted'));
        });
      }),
    options,
  );
  await expect(run).rejects.toMatchObject({ code: 'engine-silent', message: expect.stringContaining('the backend') });
});

test('an error of its own stays its own', async () => {
  const run = endSilence(() => Promise.reject(new Error('no such stack')), aListener().options);
  await expect(run).rejects.toThrow('no such stack');
});

function aListener() {
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  return { notes, options: { describeWait: () => 'the backend', onNote, timing } };
}
