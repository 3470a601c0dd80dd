import { test } from 'vitest';
import { expectFinishedAfterKill, runWholeDay } from './killed-day.fixture.ts';

// The other steps are in apply-killed.long.test.ts.
test('an apply that is killed in its middle leaves nothing that the next one does not finish', async () => {
  const { count, wanted } = await runWholeDay();
  await expectFinishedAfterKill(Math.ceil(count / 2), wanted);
});
