// The repository behind the stand-in: a real bare git repository, changed only by plumbing commands, as GitHub does.
import { type Git, gitIn } from './git.ts';

export interface Person {
  login: string;
  email: string;
}

export interface FileChanges {
  additions: readonly { path: string; contents: Uint8Array }[];
  deletions: readonly { path: string }[];
}

export interface CommitSummary {
  sha: string;
  parents: string[];
  author: { name: string; email: string; date: string };
  message: string;
}

export interface ChangedFile {
  filename: string;
  status: 'added' | 'removed' | 'modified';
  sha: string;
}

export interface BareRepository {
  git: Git;
  /** The commit a branch points to; null where there is no such branch. */
  head(branch: string): Promise<string | null>;
  exists(oid: string): Promise<boolean>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  mergeBase(one: string, other: string): Promise<string | null>;
  /** Commits of `head` that `base` lacks, oldest first. */
  commits(base: string, head: string): Promise<CommitSummary[]>;
  /** Files that `head` changes since it left `base`. */
  files(base: string, head: string): Promise<ChangedFile[]>;
  hasPath(commit: string, path: string): Promise<boolean>;
  commit(branch: string, from: string, changes: FileChanges, message: string, who: Person): Promise<string>;
  commitTree(
    tree: string,
    parents: readonly string[],
    message: string,
    who: Person,
    committer: Person,
  ): Promise<string>;
  /** The merged tree; null on conflict. */
  mergeTree(one: string, other: string): Promise<string | null>;
  /** Moves a ref from `before` (null: it must not exist) to `after`. */
  update(ref: string, after: string, before: string | null): Promise<void>;
}

/** Opens the bare repository in `directory`; `now` dates the commits that are made here, in milliseconds. */
export function openBareRepository(directory: string, now: () => number = Date.now): BareRepository {
  const git = gitIn(directory);
  const ask = async (...args: string[]) => (await git(args)).stdout.trim();
  const maybe = async (...args: string[]) => {
    const { code, stdout } = await git(args, { allowed: [0, 1, 128] });
    return code === 0 ? stdout.trim() : null;
  };
  return {
    git,
    head: (branch) => maybe('rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`),
    exists: async (oid) => (await maybe('cat-file', '-e', oid)) !== null,
    isAncestor: async (ancestor, descendant) =>
      (await maybe('merge-base', '--is-ancestor', ancestor, descendant)) !== null,
    mergeBase: (one, other) => maybe('merge-base', one, other),
    commits: async (base, head) => parseLog(await ask('log', '--reverse', logFormat, `${base}..${head}`)),
    files: async (base, head) =>
      parseRaw(
        await ask('diff-tree', '-r', '-z', '--no-renames', `${await ask('merge-base', base, head)}`, head),
      ),
    hasPath: async (commit, path) => (await maybe('cat-file', '-e', `${commit}:${path}`)) !== null,
    commit: (branch, from, changes, message, who) =>
      fastImport(git, seconds(now), branch, from, changes, message, who),
    commitTree: (tree, parents, message, who, committer) =>
      commitTree(git, seconds(now), tree, parents, message, who, committer),
    mergeTree: async (one, other) => {
      const { code, stdout } = await git(['merge-tree', '--write-tree', one, other], { allowed: [0, 1] });
      return code === 0 ? stdout.trim() : null;
    },
    update: async (ref, after, before) => {
      await git(['update-ref', ref, after, before ?? '0'.repeat(40)]);
    },
  };
}

const logFormat = '--format=%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%B%x1e';

function parseLog(text: string): CommitSummary[] {
  return text
    .split('\x1e')
    .map((entry) => entry.replace(/^\n/, '').split('\x1f'))
    .filter((fields) => fields.length === 6)
    .map(([sha = '', parents = '', name = '', email = '', date = '', message = '']) => ({
      sha,
      parents: parents.split(' ').filter(Boolean),
      author: { name, email, date },
      message: message.trimEnd(),
    }));
}

function parseRaw(text: string): ChangedFile[] {
  const statuses = { A: 'added', D: 'removed', M: 'modified', T: 'modified' } as const;
  const fields = text.split('\0').filter(Boolean);
  const files: ChangedFile[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, , , sha = '', letter = 'M'] = (fields[at] ?? '').split(' ');
    const status = letter === 'A' || letter === 'D' ? statuses[letter] : 'modified';
    files.push({ filename: fields[at + 1] ?? '', status, sha });
  }
  return files;
}

/** One process for any number of files; the committer is GitHub, as for every commit made through its API. */
async function fastImport(
  git: Git,
  at: number,
  branch: string,
  from: string,
  { additions, deletions }: FileChanges,
  message: string,
  who: Person,
): Promise<string> {
  const parts: (string | Uint8Array)[] = [
    `commit refs/heads/${branch}\n${signature('author', who, at)}${signature('committer', webFlow, at)}`,
    data(Buffer.from(message)),
    `from ${from}\n`,
    ...deletions.map(({ path }) => `D ${quoted(path)}\n`),
    ...additions.flatMap(({ path, contents }) => [`M 100644 inline ${quoted(path)}\n`, data(contents)]),
    'done\n',
  ];
  const input = Buffer.concat(parts.map((part) => Buffer.from(part)));
  await git(['fast-import', '--done', '--quiet'], { input });
  return (await git(['rev-parse', `refs/heads/${branch}`])).stdout.trim();
}

/** GitHub's own committer for commits that it makes and signs. */
export const webFlow: Person = { login: 'GitHub', email: 'noreply@github.com' };

async function commitTree(
  git: Git,
  at: number,
  tree: string,
  parents: readonly string[],
  message: string,
  who: Person,
  committer: Person,
): Promise<string> {
  const { stdout } = await git(['commit-tree', tree, ...parents.flatMap((oid) => ['-p', oid])], {
    input: message,
    env: {
      GIT_AUTHOR_NAME: who.login,
      GIT_AUTHOR_EMAIL: who.email,
      GIT_COMMITTER_NAME: committer.login,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_AUTHOR_DATE: `${at} +0000`,
      GIT_COMMITTER_DATE: `${at} +0000`,
    },
  });
  return stdout.trim();
}

function signature(role: string, { login, email }: Person, at: number): string {
  return `${role} ${login} <${email}> ${at} +0000\n`;
}

function seconds(now: () => number): number {
  return Math.floor(now() / 1000);
}

function data(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

function quoted(path: string): string {
  return `"${path.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}
