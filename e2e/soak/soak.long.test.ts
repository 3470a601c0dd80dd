import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runStory } from './run-story.ts';

// One small story of `npm run soak`, which runs larger ones for as long as wanted.

test('a company through which everything goes wrong ends as main says, with nobody touched who was not merged', {
  timeout: 1_800_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-soak-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const history: string[] = [];
  const counts = await runStory({
    seed: 33,
    folder,
    size: 0.1,
    weeks: 3,
    tell: (what) => void history.push(what),
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${history.join('\n')}`, { cause: error });
  });
  expect(counts.writes).toBeGreaterThan(0);
  expect(counts.kills).toBeGreaterThan(0);
  expect(counts.forgeries).toBeGreaterThan(0);
  expect(counts.keys).toBeGreaterThan(0);
  expect(counts['stopped applies']).toBeGreaterThan(0);
  expect(counts['give-backs refused']).toBeGreaterThan(0);
});
