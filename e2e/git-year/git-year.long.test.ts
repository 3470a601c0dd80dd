import { expect, test } from 'vitest';
import { runGitYear } from './run-git-year.ts';

test('a year on git alone, with whatever people and runs do to it, ends as main says, by no manual step', async () => {
  const counts = await runGitYear({ seed: 1, weeks: 52 });
  expect(counts.merges).toBeGreaterThan(20);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
});

test('weeks on git alone, with applies lost, late, repeated, overtaken and from older checkouts, end as main says', async () => {
  const counts = await runGitYear({ seed: 3, weeks: 5 });
  expect(counts.merges).toBeGreaterThan(2);
  expect(counts.writes).toBeGreaterThan(10);
  expect(counts.reverts).toBeGreaterThan(0);
});
