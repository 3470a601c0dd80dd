// A pull request changes account files, files that give back, or the code that acts on them, never two of these: each has its
// own reviewers.
import { createGit } from '../../forge/git/git.ts';
import type { ErrorCode } from '../../policy/error-codes.ts';
import type { Problem } from '../../policy/errors.ts';
import { isGiveBackFile, isPeopleFile } from '../../policy/files/people-file.ts';

/** An account file is under 3 kB; nothing in this repository needs to be larger than this. */
const maxBytes = 1024 * 1024;

/** Git ignores these, so they were added by force. The engine must not find a pull request's files where it works. */
const ignoredPath = /^(out|node_modules)\//;

/** Problems of the whole change between `base` and HEAD; empty outside of a pull request. */
export async function checkChange(repo: string, base: string): Promise<Problem[]> {
  const git = createGit(repo);
  const listing = await git.run(['diff', '--raw', '-z', '--no-renames', '--no-abbrev', `${base}...HEAD`]);
  const changes = parseDiff(listing);
  const sizes = await readSizes(
    repo,
    changes.map(({ blob }) => blob),
  );
  const kept = await selectKeptStacks(repo, changes);
  const people = kept.filter(({ path }) => isPeopleFile(path));
  const others = kept.filter(({ path }) => !isPeopleFile(path));
  return [
    ...changes.filter(({ blob }) => (sizes.get(blob) ?? 0) > maxBytes).map(({ path }) => buildTooLargeProblem(path)),
    ...changes.filter(({ path }) => ignoredPath.test(path)).map(({ path }) => buildIgnoredFileProblem(path)),
    ...changes
      .filter(({ mode }) => mode === '120000' || mode === '160000')
      .map(({ path }) => buildNotAFileProblem(path)),
    ...(people.some(({ path }) => path.startsWith('stacks/'))
      ? others.map(({ path }) => buildMixedChangeProblem(path))
      : []),
    ...listBesideGiveBack(kept),
  ];
}

/** Who approves a give-back approves nothing else. A proposal that writes it into the account’s own file takes it away. */
function listBesideGiveBack(changes: readonly DiffEntry[]): Problem[] {
  if (!changes.some(({ path, blob }) => isGiveBackFile(path) && !isGone(blob))) return [];
  const message =
    'changes together with files of give-back/, which are approved alone; give it a pull request of its own';
  return changes
    .filter(({ path }) => isPeopleFile(path) && !isGiveBackFile(path))
    .map(({ path }) => buildProblem(path, 'mixed-change', message));
}

/** Without the files of stacks that are removed as a whole: that takes settings and people out together. */
async function selectKeptStacks(repo: string, changes: readonly DiffEntry[]): Promise<DiffEntry[]> {
  const folders = changes.flatMap(({ path }) => /^stacks\/[^/]+\/(?=tenant\.yaml$)/.exec(path)?.[0] ?? []);
  const left =
    folders.length === 0
      ? ''
      : await createGit(repo).run(['ls-tree', '-r', '-z', '--name-only', 'HEAD', '--', ...folders]);
  const removed = folders.filter((folder) => !left.split('\0').some((path) => path.startsWith(folder)));
  return changes.filter(({ path }) => !removed.some((folder) => path.startsWith(folder)));
}

interface DiffEntry {
  path: string;
  mode: string;
  blob: string;
}

/** git writes a missing file as zeroes. */
function isGone(blob: string): boolean {
  return /^0+$/.test(blob);
}

function parseDiff(listing: string): DiffEntry[] {
  const fields = listing.split('\0');
  const changes: DiffEntry[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , blob = ''] = (fields[at] ?? '').split(' ');
    changes.push({ path: fields[at + 1] ?? '', mode, blob });
  }
  return changes;
}

async function readSizes(repo: string, blobs: readonly string[]): Promise<Map<string, number>> {
  const present = blobs.filter((blob) => !isGone(blob));
  if (present.length === 0) return new Map();
  const answer = await createGit(repo).run(
    ['cat-file', '--batch-check=%(objectname) %(objectsize)'],
    `${present.join('\n')}\n`,
  );
  return new Map(
    answer.split('\n').map((line) => {
      const [blob = '', size = '0'] = line.split(' ');
      return [blob, Number(size)];
    }),
  );
}

function buildTooLargeProblem(path: string): Problem {
  return buildProblem(
    path,
    'too-large',
    `is larger than ${maxBytes / 1024} kB, which nothing in this repository needs to be`,
  );
}

function buildNotAFileProblem(path: string): Problem {
  return buildProblem(path, 'not-a-file', 'is a link or a submodule; only plain files are allowed');
}

function buildIgnoredFileProblem(path: string): Problem {
  return buildProblem(path, 'ignored-file', 'lies where commands write; take it out');
}

function buildMixedChangeProblem(path: string): Problem {
  return buildProblem(
    path,
    'mixed-change',
    'changes together with account files; code, workflows, schemas and policy need a pull request of their own',
  );
}

function buildProblem(path: string, code: ErrorCode, message: string): Problem {
  return { path, line: 1, column: 1, code, message };
}
