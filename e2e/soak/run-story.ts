// The weeks of one seed, and the proof at their end. Throws at the first violated invariant.
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stack } from '../../demo/company.ts';
import { readAccountFiles } from '../../demo/proof.ts';
import { type CommandResult, killAfter, runDisturbed, runUndisturbed } from './disturb-command.ts';
import { forgeOnMain } from './forgers.ts';
import { forgeGiveBack, giveSomebodyBack } from './give-back-events.ts';
import { changeOneGroup } from './group-events.ts';
import {
  assertAppliedOrReported,
  assertEndedWell,
  assertNobodyDeleted,
  assertNoDuplicateMail,
  assertNothingLost,
  assertOnlyMergedTouched,
  assertOnlyRead,
  assertSparedUnplanned,
  countLostMails,
  formatStages,
  getRecordPath,
  listWrittenSince,
  readRecord,
} from './invariants.ts';
import { changeKeys } from './key-events.ts';
import { applyRandomEvent } from './person-events.ts';
import { createChance } from './random-choice.ts';
import { aRandomCompany } from './random-company.fixture.ts';
import { changeMind, reviewAndMerge } from './reviewer-actions.ts';
import { aStory, type Story } from './story.fixture.ts';
import { advanceClock, goOnWhenOpen, waitUntilOpen } from './story-clock.ts';
import { changeTeamRules, endTeamStops } from './team-events.ts';
import { assertTeamKept, noteStart } from './team-invariants.ts';

export interface StoryOptions {
  /** A whole number. */
  seed: number;
  /** The folder of the company's repository and its results; created anew. */
  folder: string;
  /** Share of the kinds of people that take part, 0 to 1. Default 0.5. */
  size?: number;
  /** Default 5: the four stages, and one more for people who come back. */
  weeks?: number;
  /** Called with each line of the story. */
  tell?: (what: string) => void;
}

export async function runStory(options: StoryOptions): Promise<Story['counts']> {
  const { seed, folder, size = 0.5, weeks = 5, tell = () => {} } = options;
  const chance = createChance(seed);
  const made = await aRandomCompany(folder, chance, { seed, size });
  const { company } = made;
  const story = aStory(made, chance, tell);
  try {
    for (let week = 1; week <= weeks; week++) {
      await runWeek(story, week);
      advanceClock(story);
    }
    await assertConverged(story);
    return story.counts;
  } catch (error) {
    await keepRequests(company, folder);
    throw error;
  } finally {
    await company.close();
  }
}

/** The tenant, and what it was asked, ends with this process. */
async function keepRequests({ tenant }: Story['company'], folder: string): Promise<void> {
  const lines = tenant.log.listEntries().map((entry) => JSON.stringify(entry));
  await writeFile(join(folder, 'requests.jsonl'), `${lines.join('\n')}\n`);
}

async function runWeek(story: Story, week: number): Promise<void> {
  const { chance } = story;
  for (let events = chance.between(0, 4); events > 0; events--)
    applyRandomEvent(story, await readAccountFiles(story.company));
  for (let changes = chance.between(0, 2); changes > 0; changes--) if (chance.maybe(0.5)) changeOneGroup(story);
  if (chance.maybe(0.3)) await changeKeys(story);
  // Before the third week nobody can have lost anything, so most of it is for later.
  for (let changes = chance.pick(week < 3 ? [0, 0, 0, 0, 1] : [0, 1, 1, 2]); changes > 0; changes--)
    await changeTeamRules(story);
  if (chance.maybe(0.3)) await giveSomebodyBack(story);
  await runAuditUntilDone(story);
  await runProposal(story);
  const isMerged = await reviewAndMerge(story);
  await assertSparedUnplanned(story);
  if (isMerged && chance.maybe(0.3)) await changeMind(story);
  if (chance.maybe(0.5)) await forgeOnMain(story);
  if (chance.maybe(0.15)) await forgeGiveBack(story);
  for (let more = chance.between(0, 2); more > 0; more--) await giveSomebodyBack(story);
  await runApplyUntilDone(story, runDisturbed);
  await goOnWhenOpen(story, () => runApplyUntilDone(story, runDisturbed));
  story.tell(formatStages(await readAccountFiles(story.company)));
}

/** Audits as the schedule does, until one succeeds; after a kill `conceal` or the next audit conceals the names. */
async function runAuditUntilDone(story: Story): Promise<void> {
  const { company, chance, counts } = story;
  for (let attempt = 1; ; attempt++) {
    const since = company.tenant.log.last;
    const args = ['audit', stack, ...pickVerbosity(story)];
    const ended = await (attempt < 3 ? runDisturbed(story, 'audit', args) : runUndisturbed(story, args));
    counts.audits += 1;
    assertEndedWell(story, ended);
    assertOnlyRead(story, since, ended);
    assert.equal(await company.git('status', '--porcelain'), '', 'an audit left files');
    if (ended.exitCode === 0) break;
    assert.ok(attempt < 3, `an audit that nothing disturbs fails:\n${ended.output}`);
    if (chance.maybe(0.5)) {
      assertEndedWell(story, await runUndisturbed(story, ['conceal', stack]));
      assert.ok(company.tenant.tenant.concealment.isSet, 'conceal has not concealed the names');
    }
  }
  assert.ok(company.tenant.tenant.concealment.isSet, 'the names are readable after an audit');
}

/** The verbose log must not contain a secret either. */
function pickVerbosity({ chance }: Story): string[] {
  return chance.maybe(0.3) ? ['--verbose'] : [];
}

async function runProposal(story: Story): Promise<void> {
  if (story.chance.maybe(0.3)) await killAfter(story, story.chance.between(200, 2000), ['propose', stack]);
  const ended = await runUndisturbed(story, ['propose', stack]);
  assert.equal(ended.exitCode, 0, ended.output);
}

async function runApplyUntilDone(story: Story, first: typeof runDisturbed): Promise<void> {
  const ended = await runApply(story, () => first(story, 'apply', ['apply', stack, ...pickVerbosity(story)]));
  if (ended.exitCode === 0) return;
  const again = await runApply(story, () => runUndisturbed(story, ['apply', stack]));
  assert.ok(!again.isKilled);
}

async function runApply(story: Story, run: () => Promise<CommandResult>): Promise<CommandResult> {
  const { company, counts } = story;
  await rm(getRecordPath(company), { force: true });
  for (const { account } of await readAccountFiles(company)) story.everFiledIds.add(account.id);
  const start = noteStart(story);
  const { since } = start;
  const ended = await run();
  counts.applies += 1;
  if (start.stop !== null) counts['stopped applies'] += 1;
  assertEndedWell(story, ended);
  await assertTeamKept(story, start);
  await assertOnlyMergedTouched(story, since);
  story.lostMails += countLostMails(story, since, ended);
  assertNoDuplicateMail(story);
  if ((await readRecord(story)) && !ended.isKilled) await assertAppliedOrReported(story);
  return ended;
}

/** Without faults everything becomes as main says, and then stays so without a single write. */
async function assertConverged(story: Story): Promise<void> {
  const { company, unsettled, meddledIds, tell } = story;
  await endTeamStops(story);
  await waitUntilOpen(story);
  const last = await runApply(story, () => runUndisturbed(story, ['apply', stack]));
  await assertAppliedOrReported(story);
  assert.deepEqual([...story.stoppedIds], [], 'somebody waits for a stop that is over');
  const since = company.tenant.log.last;
  await runApply(story, () => runUndisturbed(story, ['apply', stack]));
  const again = listWrittenSince(story, since).filter((id) => !unsettled.has(id));
  assert.deepEqual(again, [], 'an apply after an apply that changed everything writes once more');
  assertNobodyDeleted(story);
  assertNothingLost(story);
  tell(`${unsettled.size} accounts unsettled, ${meddledIds.size} changed by others`);
  assert.ok(
    last.exitCode === 0 || unsettled.size > 0 || story.isLimited,
    `the last apply fails without saying for whom:\n${last.output}`,
  );
  assert.ok(company.tenant.tenant.concealment.isSet, 'the names are readable at the end');
}

/** The folder of a seed's story. */
export function getStoryFolder(seed: number): string {
  return join(import.meta.dirname, '..', '..', 'out', 'soak', String(seed));
}
