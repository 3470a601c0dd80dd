// For the test of the guide's way to rewrite history: its own lines, run by bash, with git filter-repo from PyPI.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { readGuideCommands } from './guides/guide-commands.fixture.ts';

/** The release that the guide was tried with. */
const filterRepo = 'git-filter-repo==2.47.0';

export interface Person {
  userPrincipalName: string;
  id: string;
  displayName: string;
}

/**
 * Follows docs/guides/erase.md from the clone to the push, and in `folder`, a clone that has to stay, to its end. Returns the
 * rewritten clone.
 */
export async function rewriteHistory(
  { folder, url }: { folder: string; url: string },
  { userPrincipalName, id, displayName }: Person,
): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'rewrite-'));
  onTestFinished(() => rm(work, { recursive: true, force: true }));
  const programs = join(work, 'programs');
  await execa('python3', ['-m', 'pip', 'install', '--quiet', '--target', programs, filterRepo]);
  const env = {
    PATH: `${join(programs, 'bin')}:${process.env.PATH}`,
    PYTHONPATH: programs,
    ...{ GIT_AUTHOR_NAME: 'Riley', GIT_AUTHOR_EMAIL: 'riley@contoso.com' },
    ...{ GIT_COMMITTER_NAME: 'Riley', GIT_COMMITTER_EMAIL: 'riley@contoso.com' },
  };
  const own = { person: userPrincipalName, id, name: `'${displayName}'`, url };
  const commands = readGuideCommands('erase.md').map(({ text }) => text);
  // What stands before is about a person who asks, and leaves history as it is.
  const lines = commands
    .slice(commands.findIndex((text) => text.startsWith('person=')))
    .map((text) => fillIn(text, own));
  const isKept = (line: string) => /^git (fetch|reset|reflog|gc) /.test(line);
  await execa('bash', ['-euo', 'pipefail', '-c', lines.filter((line) => !isKept(line)).join('\n')], { cwd: work, env });
  await execa('bash', ['-euo', 'pipefail', '-c', lines.filter(isKept).join('\n')], { cwd: folder, env });
  return join(work, 'rewritten');
}

/** What the reader writes in its place. */
function fillIn(line: string, own: Readonly<Record<string, string>>): string {
  const [, name = ''] = /^(\w+)=/.exec(line) ?? [];
  return name in own ? `${name}=${own[name]}` : line;
}

/** All that git has of the repository, reachable or not, as one text. */
export async function readAllObjects(folder: string): Promise<string> {
  const run = (args: string[], input?: string) =>
    execa('git', ['-C', folder, ...args], { ...(input === undefined ? {} : { input }), maxBuffer: 1 << 30 });
  const { stdout: listed } = await run(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)']);
  const { stdout } = await run(['cat-file', '--batch'], `${listed}\n`);
  return stdout;
}
