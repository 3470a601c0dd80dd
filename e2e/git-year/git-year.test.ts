import { expect, test } from 'vitest';
import { runGitYear } from './run-git-year.ts';

test('weeks on git alone, with applies lost, late, repeated, overtaken and from older checkouts, end as main says', async () => {
  const counts = await runGitYear({ seed: 3, weeks: 5 });
  expect(counts.merges).toBeGreaterThan(2);
  expect(counts.writes).toBeGreaterThan(10);
  expect(counts.reverts).toBeGreaterThan(0);
});
