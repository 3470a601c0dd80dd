// A pull request changes either people's state or the code that acts on it, never both: each has its own reviewers.
import { gitIn } from '../../audit/git/git.ts';
import type { Problem } from '../../policy/errors.ts';

/** Larger files have no business in this repository; an account file is under 3 kB. */
const maxBytes = 1024 * 1024;

const state = /^(stacks\/[^/]+\/((accounts|archive)\/[^/]+|escalations)\.yaml|exemptions\.yaml)$/;

/** Git ignores it, so it is there by force: the engine must not find files of a pull request where it works. */
const ignored = /^(out|node_modules)\//;

/** Problems of what changed as a whole between `base` and HEAD; empty outside of a pull request. */
export async function problemsOfChange(repo: string, base: string): Promise<Problem[]> {
  const git = gitIn(repo);
  const listing = await git.run(['diff', '--raw', '-z', '--no-renames', '--no-abbrev', `${base}...HEAD`]);
  const changes = parse(listing);
  const sizes = await sizesOf(
    repo,
    changes.map(({ blob }) => blob),
  );
  const people = changes.filter(({ path }) => state.test(path));
  const others = changes.filter(({ path }) => !state.test(path));
  return [
    ...changes.filter(({ blob }) => (sizes.get(blob) ?? 0) > maxBytes).map(({ path }) => tooLarge(path)),
    ...changes.filter(({ path }) => ignored.test(path)).map(({ path }) => written(path)),
    ...changes.filter(({ mode }) => mode === '120000' || mode === '160000').map(({ path }) => notAFile(path)),
    ...(people.some(({ path }) => path.startsWith('stacks/')) ? others.map(({ path }) => mixed(path)) : []),
  ];
}

interface Change {
  path: string;
  mode: string;
  blob: string;
}

function parse(listing: string): Change[] {
  const fields = listing.split('\0');
  const changes: Change[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , blob = ''] = (fields[at] ?? '').split(' ');
    changes.push({ path: fields[at + 1] ?? '', mode, blob });
  }
  return changes;
}

async function sizesOf(repo: string, blobs: readonly string[]): Promise<Map<string, number>> {
  const present = blobs.filter((blob) => !/^0+$/.test(blob));
  if (present.length === 0) return new Map();
  const answer = await gitIn(repo).run(
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

function tooLarge(path: string): Problem {
  return problem(
    path,
    'too-large',
    `is larger than ${maxBytes / 1024} kB, which nothing in this repository needs to be`,
  );
}

function notAFile(path: string): Problem {
  return problem(path, 'not-a-file', 'is a link or a submodule; only plain files are allowed');
}

function written(path: string): Problem {
  return problem(path, 'ignored-file', 'lies where commands write; take it out');
}

function mixed(path: string): Problem {
  return problem(
    path,
    'mixed-change',
    'changes together with account files; code, workflows, schemas and policy need a pull request of their own',
  );
}

function problem(path: string, code: string, message: string): Problem {
  return { path, line: 1, column: 1, code, message };
}
