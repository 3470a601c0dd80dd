// Test support: a bare repository with a first commit on main, clones of it, and people who commit to it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type GitPerson, openBareRepository } from './bare-repository.ts';
import type { GitHubIdentity } from './state.ts';

/** Path to text; null removes the file. */
export type FileTexts = Record<string, string | null>;

export interface ARepository {
  /** The bare repository's folder, for `git clone` and as a remote. */
  bare: string;
  /** A new full clone, removed with the repository. */
  clone(): Promise<string>;
  /** Commits to a branch as a person would by `git push`; a new branch begins at main. Returns the commit. */
  commit(branch: string, files: FileTexts, message?: string, who?: GitPerson): Promise<string>;
  /** The file's text on a branch; null where there is none. */
  read(branch: string, path: string): Promise<string | null>;
  findHead(branch: string): Promise<string | null>;
  /** The subjects of a branch's commits that main lacks, oldest first. */
  listSubjects(branch: string): Promise<string[]>;
  remove(): Promise<void>;
}

const ana: GitPerson = { login: 'Ana Lind', email: 'ana@contoso.com' };

/** The pipeline's app, with the permissions that audit.yml requests. */
export const appIdentity: GitHubIdentity = {
  login: 'dormant-app[bot]',
  email: 'dormant-app[bot]@users.noreply.github.com',
  type: 'Bot',
  token: 'ghs_app',
  appId: 412_345,
  permissions: {
    actions: 'write',
    contents: 'write',
    issues: 'write',
    metadata: 'read',
    pull_requests: 'write',
    statuses: 'write',
  },
};

/** The workflow's own token. */
export const actionsIdentity: GitHubIdentity = {
  ...appIdentity,
  login: 'github-actions[bot]',
  token: 'ghs_actions',
  // On github.com; https://docs.github.com/pull-requests/reference/status-checks has rules pinned to it.
  appId: 15_368,
};

/** A reviewer with write access. */
export const reviewerIdentity: GitHubIdentity = {
  login: 'ana',
  email: ana.email,
  type: 'User',
  token: 'ghp_ana',
  permissions: { ...appIdentity.permissions, administration: 'write' },
};

export async function aRepository(files: FileTexts = { 'README.md': 'A repository.\n' }): Promise<ARepository> {
  const root = await mkdtemp(join(tmpdir(), 'dormant-github-'));
  const bare = join(root, 'origin.git');
  await runGit(['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  const repository = openBareRepository(bare);
  const empty = (await repository.runGit(['hash-object', '-t', 'tree', '-w', '--stdin'])).stdout.trim();
  const start = await repository.commitTree({
    tree: empty,
    parents: [],
    message: 'Start',
    author: ana,
    committer: ana,
  });
  await repository.updateRef('refs/heads/main', start, null);
  let clones = 0;

  const commit: ARepository['commit'] = async (branch, changes, message = 'Edit', who = ana) => {
    const from = (await repository.findHead(branch)) ?? (await repository.findHead('main')) ?? start;
    const entries = Object.entries(changes);
    return repository.commit({
      branch,
      from,
      additions: entries.flatMap(([path, text]) => (text === null ? [] : [{ path, contents: Buffer.from(text) }])),
      deletions: entries.filter(([, text]) => text === null).map(([path]) => ({ path })),
      message,
      author: who,
    });
  };
  await commit('main', files, 'First files');
  return {
    bare,
    commit,
    async clone() {
      clones += 1;
      const folder = join(root, `clone-${clones}`);
      await runGit(['clone', '--quiet', bare, folder]);
      return folder;
    },
    async read(branch, path) {
      const { code, stdout } = await repository.runGit(['show', `refs/heads/${branch}:${path}`], {
        allowed: [0, 128],
      });
      return code === 0 ? stdout : null;
    },
    findHead: (branch) => repository.findHead(branch),
    async listSubjects(branch) {
      const { stdout } = await repository.runGit(['log', '--reverse', '--format=%s', `main..${branch}`]);
      return stdout.split('\n').filter(Boolean);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function runGit(args: string[]): Promise<void> {
  await promisify(execFile)('git', args);
}
