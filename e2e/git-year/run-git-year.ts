// The weeks of one seed on git alone, and the proof at their end. Throws at the first invariant that does not hold.
import assert from 'node:assert/strict';
import { buildAccountState } from '@dormant-m365/emulator/tenant';
import { assertMerged } from '../../demo/proof.ts';
import { isTakingStage } from '../../policy/files/stage.ts';
import { aYearStory, type YearStory } from './git-year.fixture.ts';
import { repeatLostApply, runApplyJob, runAuditJob } from './jobs.ts';
import { actAsPerson } from './people.ts';

interface YearOptions {
  /** A whole number. */
  seed: number;
  weeks: number;
  tell?: (what: string) => void;
}

export async function runGitYear({ seed, weeks, tell = () => {} }: YearOptions): Promise<YearStory['counts']> {
  const story = await aYearStory(seed, tell);
  for (let week = 0; week < weeks; week++) {
    await runAuditJob(story);
    await repeatLostApply(story);
    for (let day = 0; day < 7; day++) {
      for (let acts = story.chance.pick([0, 0, 1, 1, 2]); acts > 0; acts--) await actAsPerson(story);
      await runSomeApplies(story);
      story.company.passDays(1);
    }
  }
  await assertConverged(story);
  return story.counts;
}

/** Each merge starts an apply, which runs now, later, twice, from an older checkout, or never. */
async function runSomeApplies(story: YearStory): Promise<void> {
  const { chance, counts, tell } = story;
  const waiting = story.pending.splice(0);
  if (chance.maybe(0.3)) waiting.reverse();
  for (const apply of waiting) {
    const fate = chance.pick(['run', 'run', 'overtaken', 'late', 'lost', 'stale', 'twice'] as const);
    if (fate === 'late') story.pending.push(apply);
    if (fate === 'lost') counts.lost += 1;
    if (fate === 'late' || fate === 'lost') continue;
    tell(`an apply: ${fate}`);
    await runApplyJob(story, {
      ...(fate === 'stale' ? { commit: apply.commit } : {}),
      ...(fate === 'overtaken' ? { meanwhile: () => actAsPerson(story) } : {}),
    });
    if (fate === 'twice') await runApplyJob(story, chance.maybe(0.5) ? { commit: apply.commit } : {});
  }
}

/** What was lost is repeated, and then everything is as main says, by nobody's hand; a further apply writes nothing. */
async function assertConverged(story: YearStory): Promise<void> {
  const { counts } = story;
  await repeatLostApply(story);
  await assertTenantIsMain(story);
  await runApplyJob(story);
  const before = counts.writes;
  await runApplyJob(story);
  assert.equal(counts.writes, before, 'an apply after an apply writes once more');
  await assertTenantIsMain(story);
}

async function assertTenantIsMain({ company, unsettled, tell }: YearStory): Promise<void> {
  const files = await company.checkOut(null, company.readFiles);
  const archived = await company.checkOut(null, company.readArchive);
  const { tenant } = company.emulator;
  const states = Array.from({ length: tenant.people.size }, (_, at) => buildAccountState(tenant, at));
  const byId = new Map(states.map((state) => [state.id, state]));
  for (const { file } of files) if (!unsettled.has(file.account.id)) assertMerged(file, byId.get(file.account.id));
  const taking = [...files, ...archived].filter(({ file }) => isTakingStage(file.stage));
  const taken = new Set(taking.map(({ file }) => file.account.id));
  for (const { id, accountEnabled, userPrincipalName } of states)
    assert.ok(accountEnabled || taken.has(id), `${userPrincipalName} is blocked, and no file on main says so`);
  tell(`${files.length} files, ${unsettled.size} unsettled: ${[...unsettled.values()].join(' | ')}`);
}
