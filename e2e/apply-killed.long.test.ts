import { test } from 'vitest';
import { expectFinishedAfterKill, runWholeDay } from './killed-day.fixture.ts';

test('an apply that is killed at any of its steps leaves nothing that the next one does not finish', {
  timeout: 1_800_000,
}, async () => {
  const { count, wanted } = await runWholeDay();
  for (let step = 1; step <= count; step += 1) await expectFinishedAfterKill(step, wanted);
});
