// Which Dormant this is: a release says so itself, and a checkout asks git.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import manifest from '../package.json' with { type: 'json' };

/** What a build notes in its package.json. `date`: the commit's day, ISO 8601. */
export interface BuildNote {
  commit: string;
  date: string;
}

export const { version } = manifest;

/** As `0.1.0 (commit 9223fcee2d5c, 2026-11-29)`; of an archive without git only the version. */
export async function describeVersion(): Promise<string> {
  const { build } = manifest as { build?: BuildNote };
  const { commit, date } = build ?? (await readCommit()) ?? {};
  return commit === undefined ? version : `${version} (commit ${commit.slice(0, 12)}, ${date})`;
}

/** Of the checkout that this file is in; null: it is in none. */
export async function readCommit(): Promise<BuildNote | null> {
  const args = ['-C', import.meta.dirname, 'log', '-1', '--format=%H %cs'];
  const { stdout } = await promisify(execFile)('git', args).catch(() => ({ stdout: '' }));
  const [commit, date] = stdout.trim().split(' ');
  return commit && date ? { commit, date } : null;
}
