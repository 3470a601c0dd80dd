import { expect, test } from 'vitest';
import { createQuotaNotifier } from './quota-notes.ts';

test('a run says what it waits for and how long, once a minute', () => {
  const sentences: string[] = [];
  let now = 0;
  const note = createQuotaNotifier(
    (sentence) => sentences.push(sentence),
    () => now,
  );
  note(1_500);
  expect(sentences).toEqual([]);
  note(1_500);
  now = 30_000;
  note(10_000);
  now = 61_000;
  note(9_500);
  expect(sentences).toEqual([
    'Waiting 2 s for Microsoft’s quota of sign-ins (5 reads in 10 seconds, or 10 a minute); 3 s so far.',
    'Waiting 10 s for Microsoft’s quota of sign-ins (5 reads in 10 seconds, or 10 a minute); 23 s so far.',
  ]);
});
