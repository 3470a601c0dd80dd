// `dormant upgrade`: fetches another version, lets the newer of the two do the work, and puts the result on a branch.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { fetchBranches } from '../../forge/git/fetch-branches.ts';
import { createGit, type Git, type GitAccess } from '../../forge/git/git.ts';
import { findMainName } from '../../forge/git/known-main.ts';
import { findRemote, itself } from '../../forge/git/remote.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { openPull } from '../../forge/github/open-pull.ts';
import { DormantError } from '../../policy/errors.ts';
import { resolveSource } from '../new-repository/create-repository.ts';
import type { UpgradeResult } from './carry-out.ts';
import { isOlder } from './changelog.ts';
import { findInstalled, hideSecrets, installPackage } from './released-package.ts';
import type { NamedFile } from './render-upgrade.ts';
import type { UpgradeOrder } from './upgrade-order.ts';
import { readUpgradedRepository } from './upgraded-repository.ts';

interface UpgradeOptions {
  repository: string;
  /** A version, a tag of the registry such as `latest`, or the path of a tarball. */
  wanted: string;
  access: GitAccess;
  /** null: the branch stays in the clone. */
  github: GitHub | null;
  /** Called before what takes seconds. */
  say(sentence: string): void;
}

export interface UpgradeOutcome {
  /** null: the code was a copy. */
  from: string | null;
  to: string;
  /** null: the repository runs that version already. */
  branch: string | null;
  files: NamedFile[];
  /** Of the pull request; null: it is for a person to open. */
  url: string | null;
  /** What to run next, in order. */
  next: string[];
}

/** Leaves the work tree, the current branch and main of the clone as they are. Throws `DormantError`. */
export async function upgrade(options: UpgradeOptions): Promise<UpgradeOutcome> {
  const { repository, access } = options;
  const git = createGit(repository, access);
  const scratch = await mkdtemp(join(tmpdir(), 'dormant-upgrade-'));
  const tree = join(scratch, 'tree');
  try {
    await git.run(['worktree', 'add', '--quiet', '--detach', tree, await fetchMain(git, options)]);
    return await upgradeIn(tree, scratch, git, options);
  } finally {
    await git.runOrNull(['worktree', 'remove', '--force', tree]);
    await rm(scratch, { recursive: true, force: true });
  }
}

async function fetchMain(git: Git, { say }: UpgradeOptions): Promise<string> {
  const remote = (await findRemote(git)) ?? itself;
  if (remote !== itself) say('Fetching main …');
  return fetchBranches(git, { remote, main: await findMainName(git) });
}

async function upgradeIn(tree: string, scratch: string, git: Git, options: UpgradeOptions): Promise<UpgradeOutcome> {
  const { repository, wanted, say } = options;
  const { name, source } = await readUpgradedRepository(tree, repository);
  const install = async (what: string, from: string) => {
    const folder = join(scratch, what);
    await mkdir(folder);
    return installPackage(from, folder, tree);
  };
  say(`Installing ${wanted} beside the repository …`);
  const target = resolveSource(wanted);
  const after = await install('after', target);
  const before = source === null ? null : ((await findInstalled(repository)) ?? (await install('before', source)));
  const ends = { from: before?.version ?? null, to: after.version };
  if (ends.from === ends.to) return { ...ends, branch: null, files: [], url: null, next: [] };

  const branch = `dormant-upgrade/${after.version}`;
  await requireNewBranch(git, branch);
  say('Writing what changes …');
  const named = target.startsWith('file:') ? target : after.version;
  const { title, body, files } = await carryOutByNewer({
    repository,
    tree,
    scratch,
    name,
    before,
    after,
    source: named,
  });
  await git.run(['branch', branch, await createGit(tree).run(['rev-parse', 'HEAD'])]);
  const url = await publish(git, { ...options, branch, title, body });
  const kept = { branch, title, body, version: after.version, remote: await findRemote(git) };
  const next = url === null ? await keepBody(repository, kept) : [];
  return { ...ends, branch, files, url, next };
}

async function requireNewBranch(git: Git, branch: string): Promise<void> {
  if ((await git.runOrNull(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`])) === null) return;
  throw new DormantError('branch-exists', `There is a branch ${branch} already.`, {
    exitCode: 2,
    remedy: `Merge its pull request, or delete it (\`git branch -D ${branch}\`), and run this again.`,
  });
}

/** Of two versions the newer knows what has changed, whichever of them was started. */
async function carryOutByNewer(order: UpgradeOrder): Promise<UpgradeResult> {
  const { before, after, scratch } = order;
  const newer = before !== null && isOlder(after.version, before.version) ? before : after;
  const file = join(scratch, 'order.json');
  await writeFile(file, JSON.stringify(order));
  const program = join(newer.folder, 'cli/carry-out-upgrade.js');
  const { exitCode, stdout, stderr } = await execa(process.execPath, [program, file], {
    reject: false,
    env: hideSecrets(process.env),
  });
  if (exitCode === 0) return JSON.parse(stdout);
  const { message, remedy } = parseFailure(stdout) ?? { message: stderr, remedy: '' };
  throw new DormantError('upgrade-stopped', message, { exitCode: exitCode === 2 ? 2 : 1, remedy });
}

function parseFailure(text: string): { message: string; remedy: string } | null {
  try {
    return JSON.parse(text).error;
  } catch {
    return null;
  }
}

interface Published extends UpgradeOptions {
  branch: string;
  title: string;
  body: string;
}

/** The pull request's address; null: somebody has to open it. */
async function publish(git: Git, { branch, title, body, github }: Published): Promise<string | null> {
  const remote = await findRemote(git);
  if (github === null || remote === null) return null;
  await git.run(['push', '--quiet', remote, branch]);
  const { pull } = await openPull(github, {
    ...{ branch, main: await findMainName(git), title, body, isDraft: false },
    ...{ labels: ['dormant'], reviewers: { users: [], teams: [] } },
  });
  return pull.url;
}

interface Kept extends Pick<Published, 'branch' | 'title' | 'body'> {
  version: string;
  /** null: there is none, so that the branch is merged here. */
  remote: string | null;
}

/** Where git ignores it. Returns what makes a pull request of the branch. */
async function keepBody(repository: string, { branch, title, body, version, remote }: Kept): Promise<string[]> {
  const path = `out/upgrade/${version}.md`;
  await mkdir(dirname(join(repository, path)), { recursive: true });
  await writeFile(join(repository, path), `${body}\n`);
  if (remote === null) return [`git merge --no-ff ${branch}`];
  return [
    `git push --set-upstream ${remote} ${branch}`,
    `gh pr create --head ${branch} --title "${title}" --body-file ${path}`,
  ];
}
