// What runs in the company: audits, and applies that are lost, late, repeated or come in another order. Each looks at what
// the tenant was asked to do meanwhile.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProposalOutcome } from '../../audit/proposal/proposal.ts';
import { buildProposal } from '../../audit/proposal/proposal-file.ts';
import { proposeWithGit } from '../../audit/proposal/propose.ts';
import { runAudit } from '../../audit/run-audit.ts';
import { findLostApply } from '../../cli/apply/find-lost-apply.ts';
import { buildRunOptions } from '../../cli/apply/run-options.ts';
import { openAuditedTenant } from '../../cli/audit/open-tenant.ts';
import { checkStackFiles } from '../../cli/check/check-stack.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { createGit } from '../../forge/git/git.ts';
import { fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import { DormantError } from '../../policy/errors.ts';
import { countDaysBetween } from '../../policy/evidence.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { getStageOrder, isTakingStage } from '../../policy/files/stage.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { aSigner } from '../../policy/signing/signing.fixture.ts';
import { readNotedState } from '../../stacks/engine/read-noted-state.ts';
import { applyStack, type StackOutcome } from '../../stacks/run-stack.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { listWrites } from '../soak/tenant-writes.ts';
import { type Clone, type NamedFile, stack } from './git-company.fixture.ts';
import type { YearStory } from './git-year.fixture.ts';

const author = { name: 'Dormant', email: 'dormant@contoso.com' };

/** An audit and its proposal; then the proposal can be merged, and the check has nothing against it. */
export async function runAuditJob(story: YearStory): Promise<void> {
  const { company } = story;
  const outcomes = await company.checkOut(null, async (clone) => {
    const run = await runAudit({
      repository: clone.folder,
      files: await loadStack(openWorkingTree(clone.folder), stack),
      remote: { github: null, main: 'main' },
      openTenant: openAuditedTenant,
      today: company.today(),
      env: company.envOf('audit'),
      signer: aSigner(),
      verify: verifySignature,
      readNoted: async () => readNotedState({ stack, ...(await buildOptions(story, clone)) }),
      retryPolicy: fastRetryPolicy,
      wait: { everyMs: 1_000, atMostMs: 60_000 },
    });
    const { audited } = run.state;
    if (audited === null) throw new Error('The audit had no main.');
    const proposal = buildProposal(run.result, audited, { main: 'main' });
    return proposeWithGit(proposal, createGit(clone.folder), author);
  });
  story.counts.audits += 1;
  for (const outcome of outcomes) await checkProposal(story, outcome);
}

async function checkProposal(
  story: YearStory,
  { branch, kind, changedFiles, conflicts, undecided }: ProposalOutcome,
): Promise<void> {
  const { company, tell } = story;
  tell(`${branch}: ${kind}, ${changedFiles} files, undecided: ${undecided.map(({ path }) => path).join(', ')}`);
  assert.deepEqual(conflicts, [], 'the audit leaves a conflict to people');
  for (const { path } of undecided)
    assert.ok(story.touchedOnBoth(path), `${path} is said to be undecided, but no two people touched it`);
  if (kind === 'nothing') return;
  await company.checkOut(null, async (clone) => {
    const merge = ['merge', '--quiet', '--no-commit', '--no-ff', `origin/${branch}`];
    await clone.git(...merge).catch((error: unknown) => {
      throw new Error(`${branch} cannot be merged after an audit: ${String(error)}`);
    });
    const problems = await checkStackFiles({ repo: clone.folder, stack, base: 'origin/main', today: company.today() });
    assert.deepEqual(problems, [], 'the check refuses what the audit has just proposed');
    assertRevertsStand(story, await company.readFiles(clone));
  });
}

/** Whom a revert on main set back is not proposed to go further until the time of a keep is over. */
function assertRevertsStand({ company, reverted }: YearStory, files: readonly NamedFile[]): void {
  const { keepDays } = aPolicy().stages;
  for (const { path, file } of files) {
    const { on, order } = reverted.get(path) ?? { on: company.today(), order: Infinity };
    const isOver = countDaysBetween(on, company.today()) >= keepDays;
    assert.ok(isOver || getStageOrder(file.stage) <= order, `${path} is at ${file.stage} again, reverted on ${on}`);
  }
}

/** What the audit's workflow does after it: an apply that was lost is started again. */
export async function repeatLostApply(story: YearStory): Promise<void> {
  const { company, counts, tell } = story;
  const { lost } = await company.checkOut(null, async (clone) => findLostApply(await buildOptions(story, clone)));
  if (lost.length === 0) return;
  tell(`repeated: ${lost.join(' ')}`);
  counts.repeated += 1;
  await runApplyJob(story);
}

interface ApplyJob {
  /** What its checkout is of, as by hand or before something was merged; null: main's tip, as in the workflow. */
  commit?: string | null;
  /** What people do while it runs, once it has changed something. */
  meanwhile?: () => Promise<void>;
}

export async function runApplyJob(
  story: YearStory,
  { commit = null, meanwhile = async () => {} }: ApplyJob = {},
): Promise<StackOutcome | null> {
  const { company, counts, tell } = story;
  const since = company.emulator.log.last;
  const before = await company.checkOut(null, company.readFiles);
  counts.applies += 1;
  const outcome = await company.checkOut(commit, async (clone) => {
    try {
      const running = applyStack(await buildOptions(story, clone));
      await Promise.all([running, actOnceWritten(story, since, { running, meanwhile })]);
      return await running;
    } catch (error) {
      if (!(error instanceof DormantError)) throw error;
      tell(`an apply ends with ${error.code}: ${error.message}`);
      assert.ok(commit !== null, `an apply of main's tip fails: ${error.message}`);
      return null;
    }
  });
  await assertAsMainSays(story, since, [before, await company.checkOut(null, company.readFiles)]);
  if (outcome !== null) story.noteUnsettled(outcome);
  return outcome;
}

function buildOptions({ company }: YearStory, clone: Clone) {
  return buildRunOptions({
    ...{ repo: clone.folder, stack, today: company.today(), identity: 'apply', verbose: false },
  });
}

async function actOnceWritten(
  { company }: YearStory,
  since: number,
  { running, meanwhile }: { running: Promise<unknown>; meanwhile: () => Promise<void> },
): Promise<void> {
  const ended = running.then(
    () => true,
    () => true,
  );
  while (listWrites(company.emulator.log, since).length === 0)
    if (await Promise.race([ended, pause(20, false)])) return;
  await meanwhile();
}

/**
 * Nothing was taken but what main takes, and nothing given back that it takes, whatever was checked out. `tips`: main's files
 * before and after: what people merge meanwhile is seen within a minute.
 */
async function assertAsMainSays(
  { company, counts }: YearStory,
  since: number,
  tips: readonly (readonly NamedFile[])[],
): Promise<void> {
  for (const { id, what, takes } of listWrites(company.emulator.log, since)) {
    counts.writes += 1;
    const files = tips.map((tip) => tip.find(({ file }) => file.account.id === id)?.file ?? null);
    const areTaken = files.map((file) => file !== null && isTakingStage(file.stage));
    const where = `${what} for ${files[0]?.account.userPrincipalName ?? id}, whom main has at ${files[0]?.stage}`;
    if (takes) assert.ok(areTaken.includes(true), where);
    else assert.ok(areTaken.includes(false) || what === 'assignLicense', where);
  }
}
