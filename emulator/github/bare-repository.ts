// The repository of the stand-in: a real bare git repository, changed only by plumbing commands, as GitHub does.
import { createGitRunner, type RunGit } from './run-git.ts';

export interface GitPerson {
  login: string;
  email: string;
}

interface FileChanges {
  additions: readonly { path: string; contents: Uint8Array }[];
  deletions: readonly { path: string }[];
}

interface CommitSummary {
  sha: string;
  parents: string[];
  author: { name: string; email: string; date: string };
  message: string;
}

interface ChangedFile {
  filename: string;
  status: 'added' | 'removed' | 'modified';
  sha: string;
}

/** A commit of changed files on top of `from`. */
interface CommitOrder extends FileChanges {
  branch: string;
  from: string;
  message: string;
  author: GitPerson;
}

/** A commit of a tree that is there. */
interface TreeCommitOrder {
  tree: string;
  parents: readonly string[];
  message: string;
  author: GitPerson;
  committer: GitPerson;
}

/** `sha` null: the file goes. */
export type TreeEntry = { path: string; mode: string } & ({ content: string } | { sha: string | null });

export interface BareRepository {
  directory: string;
  runGit: RunGit;
  /** The commit a branch points to; null where there is no such branch. */
  findHead(branch: string): Promise<string | null>;
  hasObject(oid: string): Promise<boolean>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  findMergeBase(one: string, other: string): Promise<string | null>;
  /** Commits of `head` that `base` lacks, oldest first. */
  listCommits(base: string, head: string): Promise<CommitSummary[]>;
  /** Files that `head` has changed since it branched off `base`. */
  listChangedFiles(base: string, head: string): Promise<ChangedFile[]>;
  hasPath(commit: string, path: string): Promise<boolean>;
  /** A tree's files with these in their place; rejects where an entry names no object. */
  buildTree(base: string, entries: readonly TreeEntry[]): Promise<string>;
  commit(order: CommitOrder): Promise<string>;
  commitTree(order: TreeCommitOrder): Promise<string>;
  /** The merged tree; null on conflict. */
  mergeTree(one: string, other: string): Promise<string | null>;
  /** Moves a ref from `before` (null: it must not exist) to `after`. */
  updateRef(ref: string, after: string, before: string | null): Promise<void>;
}

/** Opens the bare repository in `directory`; `now` dates the commits that are made here, in milliseconds. */
export function openBareRepository(directory: string, now: () => number = Date.now): BareRepository {
  const runGit = createGitRunner(directory);
  const readGit = async (...args: string[]) => (await runGit(args)).stdout.trim();
  const tryGit = async (...args: string[]) => {
    const { code, stdout } = await runGit(args, { allowed: [0, 1, 128] });
    return code === 0 ? stdout.trim() : null;
  };
  return {
    directory,
    runGit,
    findHead: (branch) => tryGit('rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`),
    hasObject: async (oid) => (await tryGit('cat-file', '-e', oid)) !== null,
    isAncestor: async (ancestor, descendant) =>
      (await tryGit('merge-base', '--is-ancestor', ancestor, descendant)) !== null,
    findMergeBase: (one, other) => tryGit('merge-base', one, other),
    listCommits: async (base, head) => parseLog(await readGit('log', '--reverse', logFormat, `${base}..${head}`)),
    listChangedFiles: async (base, head) =>
      parseDiff(
        await readGit('diff-tree', '-r', '-z', '--no-renames', `${await readGit('merge-base', base, head)}`, head),
      ),
    hasPath: async (commit, path) => (await tryGit('cat-file', '-e', `${commit}:${path}`)) !== null,
    buildTree: (base, entries) => buildTree(runGit, base, entries),
    commit: (order) => importCommit(runGit, toSeconds(now), order),
    commitTree: (order) => commitTree(runGit, toSeconds(now), order),
    mergeTree: async (one, other) => {
      const { code, stdout } = await runGit(['merge-tree', '--write-tree', one, other], { allowed: [0, 1] });
      return code === 0 ? stdout.trim() : null;
    },
    updateRef: async (ref, after, before) => {
      await runGit(['update-ref', ref, after, before ?? '0'.repeat(40)]);
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

function parseDiff(text: string): ChangedFile[] {
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
async function importCommit(
  git: RunGit,
  at: number,
  { branch, from, additions, deletions, message, author }: CommitOrder,
): Promise<string> {
  const parts: (string | Uint8Array)[] = [
    `commit refs/heads/${branch}\n${formatSignature('author', author, at)}${formatSignature('committer', webFlow, at)}`,
    encodeData(Buffer.from(message)),
    `from ${from}\n`,
    ...deletions.map(({ path }) => `D ${quotePath(path)}\n`),
    ...additions.flatMap(({ path, contents }) => [`M 100644 inline ${quotePath(path)}\n`, encodeData(contents)]),
    'done\n',
  ];
  const input = Buffer.concat(parts.map((part) => Buffer.from(part)));
  await git(['fast-import', '--done', '--quiet'], { input });
  return (await git(['rev-parse', `refs/heads/${branch}`])).stdout.trim();
}

/** GitHub's own committer for commits that it makes and signs. */
export const webFlow: GitPerson = { login: 'GitHub', email: 'noreply@github.com' };

async function commitTree(
  git: RunGit,
  at: number,
  { tree, parents, message, author, committer }: TreeCommitOrder,
): Promise<string> {
  const { stdout } = await git(['commit-tree', tree, ...parents.flatMap((oid) => ['-p', oid])], {
    input: message,
    env: {
      GIT_AUTHOR_NAME: author.login,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_COMMITTER_NAME: committer.login,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_AUTHOR_DATE: `${at} +0000`,
      GIT_COMMITTER_DATE: `${at} +0000`,
    },
  });
  return stdout.trim();
}

const scratch = 'refs/scratch';

async function buildTree(git: RunGit, base: string, entries: readonly TreeEntry[]): Promise<string> {
  const parts = entries.flatMap((entry) => {
    const path = quotePath(entry.path);
    if ('content' in entry) return [`M ${entry.mode} inline ${path}\n`, encodeData(Buffer.from(entry.content))];
    return entry.sha === null ? [`D ${path}\n`] : [`M ${entry.mode} ${entry.sha} ${path}\n`];
  });
  const start = [`commit ${scratch}\n${formatSignature('committer', webFlow, 0)}`, encodeData(Buffer.alloc(0))];
  const input = Buffer.concat([...start, `M 040000 ${base} ""\n`, ...parts, 'done\n'].map((part) => Buffer.from(part)));
  await git(['fast-import', '--done', '--quiet', '--force'], { input });
  const tree = (await git(['rev-parse', `${scratch}^{tree}`])).stdout.trim();
  await git(['update-ref', '-d', scratch]);
  return tree;
}

function formatSignature(role: string, { login, email }: GitPerson, at: number): string {
  return `${role} ${login} <${email}> ${at} +0000\n`;
}

function toSeconds(now: () => number): number {
  return Math.floor(now() / 1000);
}

function encodeData(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

function quotePath(path: string): string {
  return `"${path.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}
