// The check that a pull request has to pass: run on a commit before it is pushed to main.
import assert from 'node:assert/strict';
import { stack } from '../../demo/company.ts';
import type { Story } from './story.fixture.ts';

/** HEAD against the remote's main: it may name what it names of main itself, which somebody has pushed past it, and nothing else. */
export async function requireChecked({ company: { start, git } }: Story): Promise<void> {
  const { exitCode, output } = await start('check', stack).ended;
  if (exitCode === 0) return;
  const branch = await git('rev-parse', '--abbrev-ref', 'HEAD');
  await git('switch', '--quiet', '--detach', 'origin/main');
  const { output: ofMain } = await start('check', stack).ended;
  await git('switch', '--quiet', branch);
  const known = new Set(ofMain.split('\n'));
  const added = output.split('\n').filter((line) => !known.has(line));
  assert.deepEqual({ exitCode, added }, { exitCode: 2, added: [] }, `the check refuses what a team may do:\n${output}`);
}
