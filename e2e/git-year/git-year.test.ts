import { expect, test } from 'vitest';
import { runGitYear } from './run-git-year.ts';

test('weeks on git alone, with applies lost, late, repeated and from older checkouts, end as main says', async () => {
  const counts = await runGitYear({
    seed: Number(process.env.SEED ?? 3),
    weeks: 8,
    tell: (what) => process.env.TELL && console.log(what),
  });
  expect(counts.merges).toBeGreaterThan(2);
  expect(counts.writes).toBeGreaterThan(10);
  expect(counts.lost).toBeGreaterThan(0);
});
