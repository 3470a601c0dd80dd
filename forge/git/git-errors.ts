// What git says when it refuses, as a sentence of ours with the one step that helps. Git runs with LC_ALL=C, so that it says it in
// the words of its sources (github.com/git/git: setup.c, sequencer.c, revision.c, builtin/).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DormantError, type ErrorContext } from '../../policy/errors.ts';

/** A command that did not end with 0. */
interface FailedCall {
  directory: string;
  args: readonly string[];
  /** undefined: it did not start. */
  exitCode: number | undefined;
  stderr: string;
}

/** With `merge-tree --write-tree`, which says whether a proposal merges; its release notes: git 2.38. */
export const oldestGit = { major: 2, minor: 38 } as const;

export function createGitError({ directory, args, exitCode, stderr }: FailedCall): DormantError {
  const known = refusals.find(({ isMeant }) => isMeant({ directory, args, exitCode, stderr }));
  if (known !== undefined) return known.explain({ where: directory, cause: stderr });
  return new DormantError('git', `git ${findSubcommand(args)} failed: ${findReason(stderr)}`, {
    where: directory,
    remedy: 'Check that this is a full clone of the repository and that its remote can be reached.',
    cause: stderr,
  });
}

interface Refusal {
  isMeant(call: FailedCall): boolean;
  explain(context: Required<Pick<ErrorContext, 'where' | 'cause'>>): DormantError;
}

const refusals: readonly Refusal[] = [
  {
    // No code at all: the program was not found, or the folder that it was to start in.
    isMeant: ({ exitCode, stderr }) => exitCode === undefined && stderr === '',
    explain: (context) =>
      new DormantError('git-missing', 'git could not be started.', {
        ...context,
        remedy: `Install git ${oldestGit.major}.${oldestGit.minor} or newer, so that \`git version\` answers in this shell.`,
      }),
  },
  {
    // usage_with_options() ends with 129 where git does not know an option or a form of a command.
    isMeant: ({ exitCode }) => exitCode === 129,
    explain: (context) =>
      new DormantError('git-too-old', 'This git does not know what it is asked for.', {
        ...context,
        remedy: `See \`git version\`, and install ${oldestGit.major}.${oldestGit.minor} or newer.`,
      }),
  },
  {
    // Since 2.35.2; before 2.38.3 "unsafe repository".
    isMeant: ({ stderr }) => /detected dubious ownership|unsafe repository/.test(stderr),
    explain: ({ where, cause }) =>
      new DormantError('foreign-repository', 'git refuses this repository, because it belongs to another user.', {
        ...{ exitCode: 2, where, cause },
        remedy: `Run as the owner of the folder, or if you trust what is in it: \`git config --global --add safe.directory ${where}\``,
      }),
  },
  {
    isMeant: ({ stderr }) => /not a git repository|cannot change to '/i.test(stderr),
    explain: (context) =>
      new DormantError('no-repository', 'This folder is not a clone of a git repository.', {
        ...{ exitCode: 2, ...context },
        remedy: 'Run this in a clone, or give it with --repo.',
      }),
  },
  {
    isMeant: ({ stderr }) => /must be run in a work tree/.test(stderr),
    explain: ({ where, cause }) => createBareError(where, cause),
  },
  {
    isMeant: ({ args, stderr }) =>
      /does not have any commits yet|(argument|revision|object name) '?HEAD/.test(stderr) ||
      (/Needed a single revision/.test(stderr) && args.some((argument) => argument.startsWith('HEAD'))),
    explain: (context) =>
      new DormantError('no-commits', 'Nothing is committed here yet.', {
        ...{ exitCode: 2, ...context },
        remedy: 'Commit the files of the repository: `git add --all && git commit`',
      }),
  },
];

/** Without asking git, for whoever reads files before that: a bare repository has in its root what others have in .git. */
export function refuseBareRepository(directory: string): void {
  const isBare = ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(directory, name)));
  if (isBare) throw createBareError(directory);
}

function createBareError(where: string, cause?: unknown): DormantError {
  return new DormantError('bare-repository', 'This repository is bare: it has no files to read.', {
    ...{ exitCode: 2, where, cause },
    remedy: 'Run this in a clone of it: `git clone <this folder> <another one>`.',
  });
}

function findSubcommand(args: readonly string[]): string {
  return args.find((argument, index) => !argument.startsWith('-') && args[index - 1] !== '-c') ?? '';
}

/** Git's advice comes after the reason, and the remote's words before it. */
function findReason(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return lines.find((line) => /^(fatal|error): /.test(line)) ?? lines.at(-1) ?? '';
}
