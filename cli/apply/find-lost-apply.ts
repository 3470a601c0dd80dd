// Whether main says something that no apply has gone through, or that an apply could go on with now: by main, by the state, and
// where that leaves anything open, by the tenant. What waits for somebody, was refused or is over a limit is not lost: it has
// been seen, and its issue is open.
import { join } from 'node:path';
import { createGit } from '../../forge/git/git.ts';
import { getAccountsFolder } from '../../policy/files/account-file.ts';
import { allowsMails, type TakingStop } from '../../policy/pause/taking-stop.ts';
import { formatCount } from '../../policy/words/labels.ts';
import { shortenCommit } from '../../stacks/contained-main.ts';
import type { StackRunOptions } from '../../stacks/engine/engine-plan.ts';
import { readProgress } from '../../stacks/engine/read-progress.ts';
import { type AccountOutcome, previewStack } from '../../stacks/run-stack.ts';
import { watchStops } from '../../stacks/taking-stop.ts';
import { listTakingSteps } from '../../stacks/tenant/outcome.ts';

type Progress = Awaited<ReturnType<typeof readProgress>>;

export interface LostApply {
  /** What is lost or unfinished and can be gone on with, as sentences; empty: nothing is. */
  lost: string[];
  /** Why nothing is taken now; null: nothing stops it. */
  stop: TakingStop | null;
  /** What waits for that to be over, as sentences. */
  waiting: string[];
}

/** HEAD is main. Writes nothing. Throws what a preview throws where state or tenant cannot be read. */
export async function findLostApply(options: StackRunOptions): Promise<LostApply> {
  const { stack } = options.files;
  const progress = await readProgress({ ...options, stack });
  const stop = await watchStops({ ...options, appliedCommit: progress.commit })();
  // Whether it may go on, the apply finds out itself, and says so.
  if (stop !== null && stop.kind !== 'forge-unknown') return { stop, ...(await findStoppedSteps(options, stop)) };
  const lost = await findLostByState(options, progress);
  // Where main has moved since the checkout, its newer files are the next run's.
  const isKnown = lost.length > 0 || options.main.movedTo !== null;
  return { lost: isKnown ? lost : await findOpenSteps(options), stop: null, waiting: [] };
}

/** What is stopped was not gone through, which is no loss; what is given back goes on. */
async function findStoppedSteps(
  options: StackRunOptions,
  stop: TakingStop,
): Promise<Pick<LostApply, 'lost' | 'waiting'>> {
  const { accounts, mails, quarantine } = await previewStack({ ...options, isPreview: true });
  const open = accounts.filter(isOpen);
  const taking = open.filter(({ report }) => listTakingSteps(report).length > 0);
  const joins = quarantine?.holds.length ?? 0;
  const listMails = (isGoing: boolean) =>
    mails.length > 0 && allowsMails(stop) === isGoing
      ? [`${formatCount(mails.length, 'mail is', 'mails are')} not sent.`]
      : [];
  const giving = open.length - taking.length;
  return {
    lost: [
      ...(giving === 0 ? [] : [`The tenant differs from main in ${formatCount(giving, 'account')} to give back.`]),
      ...(quarantine !== null && quarantine.releases.length > 0 ? ['Not all have left the quarantine.'] : []),
      ...listMails(true),
    ],
    waiting: [
      ...(taking.length === 0 ? [] : [`${formatCount(taking.length, 'account waits', 'accounts wait')}.`]),
      ...(joins === 0 ? [] : ['Not all have joined the quarantine.']),
      ...listMails(false),
    ],
  };
}

async function findLostByState(options: StackRunOptions, progress: Progress): Promise<string[]> {
  const { stack, tenant } = options.files;
  const begun = formatCount(progress.begun, 'account');
  // Without keys no apply notes what it went through.
  const isNoted = tenant.value.signing !== undefined;
  return [
    ...(isNoted ? await findMissingCommit(options.repository, stack, progress) : []),
    ...(progress.begun === 0 ? [] : [`A run that was to change ${begun} did not come to its end.`]),
  ];
}

async function findMissingCommit(repository: string, stack: string, progress: Progress): Promise<string[]> {
  const { commit, begunCommit } = progress;
  const git = createGit(repository);
  // What a stack acts on, and what starts an apply.
  const paths = ['policy', 'exemptions.yaml', join('stacks', stack)];
  const last = await git.runOrNull(['log', '--first-parent', '--max-count=1', '--format=%H', 'HEAD', '--', ...paths]);
  if (!last) return [];
  if (commit === null) {
    // Before the first merge there is nothing to be lost.
    const files = await git.run(['ls-tree', '-r', '--name-only', 'HEAD', '--', getAccountsFolder(stack)]);
    return files === '' ? [] : ['No apply has noted what it went through, although main has files for this stack.'];
  }
  const isContained = (await git.runOrNull(['merge-base', '--is-ancestor', last, commit])) !== null;
  if (!isContained)
    return [`No apply has gone through ${shortenCommit(last)} of main; the last one was of ${shortenCommit(commit)}.`];
  return begunCommit === commit || begunCommit === null
    ? []
    : [`A run of ${shortenCommit(begunCommit)} has begun and did not come to its end.`];
}

/** What failed, what Microsoft let it wait for, and what waited for somebody who has done it since, as the tenant shows. */
async function findOpenSteps(options: StackRunOptions): Promise<string[]> {
  const { accounts, mails, quarantine } = await previewStack({ ...options, isPreview: true });
  const open = accounts.filter(isOpen);
  const isQuarantineOpen = quarantine !== null && quarantine.holds.length + quarantine.releases.length > 0;
  return [
    ...(open.length === 0 ? [] : [`The tenant differs from main in ${formatCount(open.length, 'account')}.`]),
    ...(mails.length === 0 ? [] : [`${formatCount(mails.length, 'mail is', 'mails are')} not sent.`]),
    ...(isQuarantineOpen ? ['The quarantine is not as main says.'] : []),
  ];
}

function isOpen({ report: { done, refused } }: AccountOutcome): boolean {
  return done.length > 0 && refused.length === 0;
}
