// Which files of archive/ a branch has taken away by the pipeline's own commits: what a person takes away is judged otherwise.
import { listYamlFiles } from '../../audit/history/stack-history.ts';
import { findTouchedPaths } from '../../forge/git/branch.ts';
import { createGit } from '../../forge/git/git.ts';
import { getArchiveFolder } from '../../policy/files/account-file.ts';

/** Of what HEAD has: a change of the working tree is a person's. */
export async function readErasedPaths(repo: string, base: string, stack: string): Promise<ReadonlySet<string>> {
  const git = createGit(repo);
  const start = await git.runOrNull(['merge-base', base, 'HEAD']);
  if (start === null) return new Set();
  const folder = `${getArchiveFolder(stack)}/`;
  const [before, now] = await Promise.all([listYamlFiles(repo, start, folder), listYamlFiles(repo, 'HEAD', folder)]);
  const gone = [...before.keys()].filter((path) => !now.has(path));
  if (gone.length === 0) return new Set();
  const touched = await findTouchedPaths(git, 'HEAD', [base]);
  return new Set(gone.filter((path) => !touched.has(path)));
}
