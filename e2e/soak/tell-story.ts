// The four weeks of one seed, and the proof at their end. Throws with the first thing that does not hold.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stack } from '../../cli/story/company.ts';
import { accountFiles } from '../../cli/story/proof.ts';
import { aRandomCompany } from './a-random-company.ts';
import { aStory, type Story } from './a-story.ts';
import { chanceOf } from './chance.ts';
import { disturbed, type Ended, killedAfter, undisturbed } from './disturbance.ts';
import { somethingHappens } from './events.ts';
import { changeOfMind, reviewAndMerge } from './reviewers.ts';
import {
  appliedOrSaid,
  endedWell,
  lostMailsIn,
  nobodyToldTwice,
  nothingIsLost,
  onlyRead,
  onlyTheMerged,
  recordPath,
  sparedAreUnplanned,
  stagesOf,
  takeRecord,
  writtenSince,
} from './rules.ts';

export interface StoryOptions {
  /** A whole number. */
  seed: number;
  /** The company's repository and its results; made anew. */
  folder: string;
  /** Share of the kinds of people that take part, 0 to 1. Default 0.5. */
  size?: number;
  /** Default 5: the four stages, and one more to come back in. */
  weeks?: number;
  /** Hears what happens, line by line. */
  tell?: (what: string) => void;
}

export async function tellStory(options: StoryOptions): Promise<Story['counts']> {
  const { seed, folder, size = 0.5, weeks = 5, tell = () => {} } = options;
  const chance = chanceOf(seed);
  const company = await aRandomCompany(folder, seed, chance, size);
  const story = aStory(company, chance, tell);
  try {
    for (let week = 1; week <= weeks; week++) {
      await aWeek(story);
      company.tenant.tenant.clock.advance({ days: 7 });
    }
    await proveIt(story);
    return story.counts;
  } finally {
    await company.close();
  }
}

async function aWeek(story: Story): Promise<void> {
  const { chance } = story;
  for (let events = chance.between(0, 4); events > 0; events--)
    somethingHappens(story, await accountFiles(story.company));
  await anAudit(story);
  await aProposal(story);
  const isMerged = await reviewAndMerge(story);
  await sparedAreUnplanned(story);
  if (isMerged && chance.maybe(0.3)) await changeOfMind(story);
  await anApply(story, disturbed);
  story.tell(stagesOf(await accountFiles(story.company)));
}

/** As the schedule does: an audit, whatever becomes of it; `conceal` after a kill, or the next audit. */
async function anAudit(story: Story): Promise<void> {
  const { company, chance, counts } = story;
  for (let attempt = 1; ; attempt++) {
    const since = company.tenant.log.last;
    const args = ['audit', stack, ...verbosity(story)];
    const ended = await (attempt < 3 ? disturbed(story, 'audit', args) : undisturbed(story, args));
    counts.audits += 1;
    endedWell(story, ended);
    onlyRead(story, since, ended);
    if (ended.exitCode === 0) break;
    if (!ended.isKilled)
      assert.equal(await company.git('status', '--porcelain'), '', 'a failed audit left files');
    assert.ok(attempt < 3, `an audit that nothing disturbs fails:\n${ended.said}`);
    if (chance.maybe(0.5)) {
      endedWell(story, await undisturbed(story, ['conceal', stack]));
      assert.ok(company.tenant.tenant.concealment.isSet, 'conceal has not concealed the names');
    }
    await cleanClone(story);
  }
  assert.ok(company.tenant.tenant.concealment.isSet, 'the names are readable after an audit');
  await cleanClone(story);
}

/** What is logged then must hold no secret either. */
function verbosity({ chance }: Story): string[] {
  return chance.maybe(0.3) ? ['--verbose'] : [];
}

async function aProposal(story: Story): Promise<void> {
  if (story.chance.maybe(0.3)) await killedAfter(story, story.chance.between(200, 2000), ['propose', stack]);
  const ended = await undisturbed(story, ['propose', stack]);
  assert.equal(ended.exitCode, 0, ended.said);
}

/** A scheduled job has a checkout of its own; here the clone is shared with the reviewers. */
async function cleanClone({ company: { git } }: Story): Promise<void> {
  await git('reset', '--quiet', '--hard');
  await git('clean', '--quiet', '--force', '-d', 'stacks');
}

async function anApply(story: Story, first: typeof disturbed): Promise<void> {
  const ended = await oneApply(story, () => first(story, 'apply', ['apply', stack, ...verbosity(story)]));
  if (ended.exitCode === 0) return;
  const again = await oneApply(story, () => undisturbed(story, ['apply', stack]));
  assert.ok(!again.isKilled);
}

async function oneApply(story: Story, run: () => Promise<Ended>): Promise<Ended> {
  const { company, counts } = story;
  await rm(recordPath(company), { force: true });
  const since = company.tenant.log.last;
  const ended = await run();
  counts.applies += 1;
  endedWell(story, ended);
  await onlyTheMerged(story, since);
  story.lostMails += lostMailsIn(story, since, ended);
  nobodyToldTwice(story);
  if ((await takeRecord(story)) && !ended.isKilled) await appliedOrSaid(story);
  return ended;
}

/** Nothing goes wrong any more: everything becomes what main says, and then stays so without a single write. */
async function proveIt(story: Story): Promise<void> {
  const { company, unsettled, isMeddledWith, tell } = story;
  const last = await oneApply(story, () => undisturbed(story, ['apply', stack]));
  await appliedOrSaid(story);
  const since = company.tenant.log.last;
  await oneApply(story, () => undisturbed(story, ['apply', stack]));
  const again = writtenSince(story, since).filter((id) => !unsettled.has(id));
  assert.deepEqual(again, [], 'an apply after an apply that changed everything writes once more');
  nothingIsLost(story);
  tell(`${unsettled.size} accounts unsettled, ${isMeddledWith.size} changed by others`);
  assert.ok(
    last.exitCode === 0 || unsettled.size > 0,
    `the last apply fails without saying for whom:\n${last.said}`,
  );
  assert.ok(company.tenant.tenant.concealment.isSet, 'the names are readable at the end');
}

/** Where a story of a seed leaves its repository. */
export function folderOf(seed: number): string {
  return join(import.meta.dirname, '..', '..', 'out', 'soak', String(seed));
}
