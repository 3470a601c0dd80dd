// What only GitHub knows: who opened, approved and merged what moved a person, what is open about them, and which run kept its record.
import type { AccountMove } from '../../audit/history/account-moves.ts';
import { isProposalBranch } from '../../audit/proposal/group-plan.ts';
import { type CommitPeople, readCommitPeople } from '../../forge/git/commit-people.ts';
import { createGit } from '../../forge/git/git.ts';
import { type KeptArtifact, listKeptArtifacts } from '../../forge/github/artifacts.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { findMergedPull, type MergedPull } from '../../forge/github/merged-pull.ts';
import { listOpenPulls } from '../../forge/github/pull-request.ts';
import { buildRecordDownload } from '../person-commands.ts';
import type { Standing, StandingMove } from './standing.ts';

/** The latest ones are asked about; a person who has moved more often has their commits for the rest. */
const mostAsked = 12;

export async function describeMoves(
  repo: string,
  github: GitHub | null,
  moves: readonly AccountMove[],
): Promise<StandingMove[]> {
  const people = await readCommitPeople(
    createGit(repo),
    moves.map(({ commit }) => commit),
  );
  const asked = new Set(moves.slice(-mostAsked).map(({ commit }) => commit));
  const pulls = new Map<string, MergedPull | null>();
  for (const commit of github === null ? [] : asked) pulls.set(commit, await findMergedPull(github as GitHub, commit));
  return moves.map(({ file, ...move }) => {
    const { author, committer, pull: namedPull }: CommitPeople = people.get(move.commit) ?? nobody;
    const reason = file.reason ?? null;
    return { ...move, reason, author, committer, namedPull, pull: pulls.get(move.commit) ?? null };
  });
}

const nobody: CommitPeople = { author: '', committer: '', pull: null };

/** Those from the stack's branches that change this file. */
export async function listPullsAbout(github: GitHub, stack: string, path: string): Promise<Standing['openPulls']> {
  const open = (await listOpenPulls(github)).filter(({ branch }) => isProposalBranch(stack, branch));
  const found: { number: number; url: string; isDraft: boolean }[] = [];
  for (const { number, url, isDraft } of open)
    if (await changesFile(github, number, path)) found.push({ number, url, isDraft });
  return found;
}

async function changesFile(github: GitHub, number: number, path: string): Promise<boolean> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
  for await (const { filename } of github.iterate(route, { pull_number: number })) if (filename === path) return true;
  return false;
}

/** Of the runs that took or gave something, as far as their record can still be had and is not here. */
export async function listDownloads(
  github: GitHub,
  stack: string,
  { moves, known }: { moves: readonly AccountMove[]; known: ReadonlySet<string> },
): Promise<Standing['downloads']> {
  const kept = await listKeptArtifacts(github, `apply-${stack}`);
  const runs = new Map<number, KeptArtifact>();
  for (const { commit, day } of moves.filter(({ kind }) => kind === 'moved')) {
    const started = kept.filter((artifact) => artifact.commit === commit);
    const later = kept.filter(({ at }) => at.slice(0, 10) >= day).toSorted((a, b) => a.at.localeCompare(b.at));
    for (const artifact of started.length > 0 ? started : later.slice(0, 1)) runs.set(artifact.run, artifact);
  }
  return [...runs.values()]
    .filter(({ run }) => !known.has(String(run)))
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .map(({ run, at }) => ({ run, at, command: buildRecordDownload(stack, run) }));
}
