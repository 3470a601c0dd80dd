// Main as a run applies it: its tip, asked now, and whether what is checked out is that. The only part of stacks/ that asks git.
import { verifySignature } from '../forge/facts-key.ts';
import { readGitAccess } from '../forge/git/access.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { findLineAuthor } from '../forge/git/line-author.ts';
import { readMainLine } from '../forge/git/main-line.ts';
import { findMainTip, listChangedBetween, listChangedSince, listContained, readHead } from '../forge/git/main-tip.ts';
import { requireNoOperation } from '../forge/git/operation.ts';
import { findRemote } from '../forge/git/remote.ts';
import { DormantError } from '../policy/errors.ts';
import type { StackFiles } from '../policy/files/stack-files.ts';
import type { PauseAuthor, WrittenPause } from '../policy/pause/find-pause.ts';
import { formatCount } from '../policy/words/labels.ts';
import { shortenCommit } from './contained-main.ts';
import { buildMainBase, listLinePaths, type MainBase } from './main-base.ts';

interface AppliedMainOptions {
  env: NodeJS.ProcessEnv;
  /** The commit that main was rewound to on purpose; absent: main only goes forward. */
  rewoundTo?: string | undefined;
}

/** Throws `not-main` and `not-the-tip` (exit code 2), and `shallow-clone`. */
export async function readAppliedMain(
  repository: string,
  { stack, tenant }: Pick<StackFiles, 'stack' | 'tenant'>,
  { env, rewoundTo }: AppliedMainOptions,
): Promise<MainBase> {
  const git = createGit(repository, readGitAccess(env));
  const tip = await askMainTip(git);
  const head = await readHead(git);
  const movedTo = await findNewerTip(git, { repository, stack, head, tip: typeof tip === 'string' ? tip : head, env });
  const applied = typeof tip === 'string' && movedTo === null ? tip : head;
  const line = await readMainLine(repository, applied, listLinePaths(stack));
  const isRewound = rewoundTo !== undefined && movedTo === null;
  if (isRewound) await requireTip(git, rewoundTo, tip);
  return buildMainBase(stack, line, {
    ...{ signing: tenant.value.signing ?? null, applied, verify: verifySignature, movedTo, isRewound },
    contained: await listContained(git, applied),
    doubt: typeof tip === 'string' ? null : tip,
  });
}

/** Asks twice: a connection may break, and a run that asks does nothing else meanwhile. */
async function askMainTip(git: Git): Promise<string | DormantError> {
  try {
    return await findMainTip(git).catch(() => findMainTip(git));
  } catch (error) {
    if (!(error instanceof DormantError) || error.code !== 'git') throw error;
    return new DormantError('main-unknown', `Nothing is taken: main's tip cannot be asked. ${error.message}`, {
      where: error.where,
      remedy: 'Make the remote reachable for this run (network, token, its rights), then run the apply again.',
      cause: error,
    });
  }
}

interface NewerTipQuery {
  repository: string;
  stack: string;
  head: string;
  tip: string;
  env: NodeJS.ProcessEnv;
}

/**
 * null: what is checked out is main's tip in all that the stack acts on. On Actions main may move between the checkout and
 * this run, which is nobody's mistake: the run of that push applies it.
 */
async function findNewerTip(git: Git, { repository, stack, head, tip, env }: NewerTipQuery): Promise<string | null> {
  const paths = listActedOn(stack);
  const differing = await listChangedSince(git, tip, paths);
  if (differing.length === 0) return null;
  await requireNoOperation(repository, git);
  const isClean = (await listChangedSince(git, head, paths)).length === 0;
  const isBehind = isClean && (await git.runOrNull(['merge-base', '--is-ancestor', head, tip])) !== null;
  if (isBehind && env.GITHUB_ACTIONS === 'true') return tip;
  throw new DormantError('not-main', describeDifference(differing, tip), {
    exitCode: 2,
    where: differing[0] ?? '',
    remedy: isBehind ? 'Run `git pull`.' : await describeWay(git, { head, tip, isClean }),
  });
}

async function describeWay(
  git: Git,
  { head, tip, isClean }: { head: string; tip: string; isClean: boolean },
): Promise<string> {
  const isAhead = isClean && (await git.runOrNull(['merge-base', '--is-ancestor', tip, head])) !== null;
  if (!isAhead) return 'Check out main as it is on the remote, and merge what else is meant by a pull request.';
  const commits = formatCount(Number(await git.run(['rev-list', '--count', `${tip}..${head}`])), 'commit');
  return `The remote does not have ${commits} of what is checked out: push them, by a pull request where main asks for one.`;
}

function describeDifference(paths: readonly string[], tip: string): string {
  const named = paths.slice(0, 10).join(', ');
  const more = paths.length > 10 ? ` and ${formatCount(paths.length - 10, 'other file')}` : '';
  return `Only main's tip is applied (${shortenCommit(tip)}), and what is checked out differs from it in ${named}${more}.`;
}

async function requireTip(git: Git, rewoundTo: string, tip: string | DormantError): Promise<void> {
  if (typeof tip !== 'string') throw tip;
  const isId = /^[0-9a-f]{4,64}$/i.test(rewoundTo);
  const found = isId ? await git.runOrNull(['rev-parse', '--verify', '--quiet', `${rewoundTo}^{commit}`]) : null;
  if (found === tip) return;
  throw new DormantError('not-the-tip', `Main was not rewound to ${rewoundTo}: its tip is ${tip}.`, {
    exitCode: 2,
    remedy: `If main was set back to its tip on purpose, give that: --rewound-to ${shortenCommit(tip)}`,
  });
}

/**
 * Asks whether main has moved since `commit` in what the stack acts on, at most once in `everyMs`; an answer that ends the
 * run is kept. null: it has not. Throws `main-unknown`.
 */
export function watchMain(
  { repository, stack, commit }: { repository: string; stack: string; commit: string },
  { env, everyMs }: { env: NodeJS.ProcessEnv; everyMs: number },
): () => Promise<string | null> {
  const git = createGit(repository, readGitAccess(env));
  const ask = async () => {
    const tip = await askMainTip(git);
    if (typeof tip !== 'string') throw tip;
    const isSame = tip === commit || (await listChangedBetween(git, [commit, tip], listActedOn(stack))).length === 0;
    return isSame ? null : tip;
  };
  let answer: Promise<string | null> = Promise.resolve(null);
  let askedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if ((await answer) !== null || Date.now() - askedAt < everyMs) return answer;
    askedAt = Date.now();
    answer = ask();
    return answer;
  };
}

/** Whether main had it when `tip` was applied; false where either is not known here. */
export async function isContainedIn(repository: string, commit: string, tip: string): Promise<boolean> {
  const answer = await createGit(repository).runOrNull(['merge-base', '--is-ancestor', commit, tip]);
  return answer !== null;
}

/** Whether the clone's remote is on that server. */
export async function isRemoteOf(repository: string, serverUrl: string): Promise<boolean> {
  const git = createGit(repository);
  const remote = await findRemote(git);
  const url = remote === null ? null : await git.runOrNull(['remote', 'get-url', remote]);
  const host = /^(?:\w+:\/\/)?(?:[^@/]+@)?([^:/]+)/.exec(url ?? '')?.[1];
  return host?.toLowerCase() === new URL(serverUrl).hostname;
}

/** Who wrote a pause into what is checked out; null: git does not know. */
export function findPauseAuthor(repository: string, pause: WrittenPause): Promise<PauseAuthor | null> {
  return findLineAuthor(createGit(repository), 'HEAD', pause);
}

/** git's patterns for what a stack's runs read from the repository: their `*` also matches folders. */
function listActedOn(stack: string): string[] {
  return ['policy/*.yaml', 'policy/*.ics', 'exemptions.yaml', `stacks/${stack}/*.yaml`];
}
