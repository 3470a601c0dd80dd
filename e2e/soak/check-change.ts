// The check that a pull request has to pass: run on a commit before it is pushed to main.
import assert from 'node:assert/strict';
import { stack } from '../../demo/company.ts';
import { readForgeries } from './forgers.ts';
import type { Story } from './story.fixture.ts';

/** HEAD against the remote's main. What somebody has forged there may be named; nothing of `paths` may. */
export async function requireChecked(story: Story, paths: readonly string[]): Promise<void> {
  const { exitCode, output } = await story.company.start('check', stack).ended;
  if (exitCode === 0) return;
  const isForged = (await readForgeries(story)).length > 0;
  const isNamed = paths.some((path) => output.includes(path));
  assert.ok(exitCode === 2 && isForged && !isNamed, `the check refuses what a team may do:\n${output}`);
}
