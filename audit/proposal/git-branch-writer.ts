// Changes a branch with plain git: commits are made in the clone's object store, without its working tree, and pushed.
import type { Git } from '../../forge/git/git.ts';
import { writeTree } from '../../forge/git/write-tree.ts';
import { BranchMoved, type BranchWriter, createBranchInTheWayError, createPushRefusedError } from './branch-writer.ts';

export interface CommitAuthor {
  name: string;
  email: string;
}

/** `remote`: its name in the clone. */
export function createGitBranchWriter(git: Git, remote: string, author: CommitAuthor): BranchWriter {
  // Never forced, so that git itself refuses to lose a commit.
  const push = async (branch: string, commit: string) => {
    await git.run(['push', '--quiet', remote, `${commit}:refs/heads/${branch}`]).catch((error: unknown) => {
      const answer = error instanceof Error ? String(error.cause ?? '') : '';
      const inTheWay = /'[^']+' exists; cannot create '[^']+'/.exec(answer)?.[0];
      if (inTheWay !== undefined) throw createBranchInTheWayError(branch, inTheWay);
      if (hasLostRace(answer)) throw new BranchMoved(branch, error);
      const reason = findRefusal(answer);
      throw reason === null ? error : createPushRefusedError(branch, reason);
    });
  };
  const commitTree = (tree: string, parents: readonly string[], message: string) =>
    git.run(
      [...buildIdentityArgs(author), 'commit-tree', tree, ...parents.flatMap((oid) => ['-p', oid]), '-F', '-'],
      message,
    );
  return {
    async create(branch, at) {
      if ((await git.run(['ls-remote', remote, `refs/heads/${branch}`])) !== '') throw new BranchMoved(branch);
      await push(branch, at);
    },
    async forward(branch, to) {
      await push(branch, to);
    },
    async append({ branch, head }, changes, { headline, body }) {
      const tree = await writeTree(
        git,
        head,
        changes.map(({ path, text }) => [path, text === null ? null : { text }]),
      );
      const commit = await commitTree(tree, [head], `${headline}\n\n${body}\n`);
      await push(branch, commit);
      return commit;
    },
    async merge({ branch, head }, main, message) {
      const tree = await git.runOrNull(['merge-tree', '--write-tree', head, main]);
      if (tree === null) return null;
      const commit = await commitTree(tree, [head, main], `${message}\n`);
      await push(branch, commit);
      return commit;
    },
    async mergeTree({ branch, head }, { main, tree, message }) {
      const commit = await commitTree(tree, [head, main], `${message}\n`);
      await push(branch, commit);
      return commit;
    },
    async restart({ branch, head }, main, message) {
      const commit = await commitTree(`${main}^{tree}`, [head, main], `${message}\n`);
      await push(branch, commit);
      return commit;
    },
  };
}

function buildIdentityArgs({ name, email }: CommitAuthor): string[] {
  return ['-c', `user.name=${name}`, '-c', `user.email=${email}`, '-c', 'commit.gpgSign=false'];
}

/** Whether the push was not a fast-forward, or somebody else moved the ref at the same time. */
function hasLostRace(answer: string): boolean {
  return /\[rejected\]|failed to update ref|cannot lock ref|incorrect old value|reference already exists/.test(answer);
}

/** What a hook or rule of the remote says, with git's word for it; null: it refused nothing. */
function findRefusal(answer: string): string | null {
  const [, why] = /\[remote rejected\].*\(([^)]*)\)$/m.exec(answer) ?? [];
  if (why === undefined) return null;
  const said = [...answer.matchAll(/^remote: *(.*\S)/gm)].map(([, line = '']) => line);
  return [said.join(' ').slice(0, 900), why].filter(Boolean).join(' ');
}
