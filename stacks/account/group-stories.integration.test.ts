import { expect, test } from 'vitest';
import { aPersonStory, aTenantOfStories, createChance, type PersonStory } from './group-stories.fixture.ts';

// Random stories of one person each: out of groups, out of some, back again, in any order, killed at any write, with licences
// that come and go late, while a group becomes one of Active Directory. `npm run soak` runs whole companies of them.

const seed = Number(process.env.DORMANT_TEST_STORIES ?? 11);
const storyCount = 25;

test(`whatever happened before, giving back ends with all groups and licences of before (seed ${seed})`, async () => {
  const chance = createChance(seed);
  const tenant = await aTenantOfStories(storyCount, chance);
  const { log, tenant: own } = tenant.emulator;
  let left = 0;
  for (let at = 0; at < storyCount; at += 1) {
    let waitsMs = 50;
    const story = aPersonStory(tenant, `person${at}`, () => waitsMs);
    const before = story.read();
    const history: string[] = [];
    const says = (what: string) => history.push(what);
    const apply = async (...args: Parameters<PersonStory['apply']>) => {
      const since = log.last;
      const outcome = await story.apply(...args);
      says(
        `${JSON.stringify(args)}: ${JSON.stringify(outcome && { ...outcome, done: outcome.done.map(({ step }) => step) })}`,
      );
      for (const { path, status } of log.listEntries({ method: 'DELETE', after: since })) {
        const [, id = ''] = /^\/v1\.0\/groups\/([^/]+)\/members\/[^/]+\/\$ref$/.exec(path) ?? [];
        expect(
          story.groups.map((group) => group.id),
          path,
        ).toContain(id);
        expect(story.isSynced({ id }), `${path} ${status}`).toBe(false);
        left += 1;
      }
      return outcome;
    };
    try {
      for (let step = chance.pick([2, 3, 4]); step > 0; step -= 1) {
        own.switches.groupLicenseSeconds = chance.maybe(0.3) ? 3_600 : 0;
        if (chance.maybe(0.25)) {
          const group = chance.pick(story.groups);
          story.setSynced(group, !story.isSynced(group));
          says(`${group.displayName} synced: ${story.isSynced(group)}`);
        }
        const stage = chance.pick(['delicense', 'delicense', 'delicense', 'restore', 'keep'] as const);
        const keeps = chance.maybe(0.2) ? [chance.pick(story.groups).id] : [];
        const dies = chance.maybe(0.4) ? chance.pick([1, 2, 3, 4, 5, 6]) : undefined;
        await apply(stage, { keeps, ...(dies === undefined ? {} : { dies }) });
        if (chance.maybe(0.5)) own.clock.advance({ seconds: 3_601 });
      }
      for (const group of story.groups) if (story.isSynced(group)) story.setSynced(group, false);
      own.clock.advance({ seconds: 3_601 });
      Object.assign(own.switches, { groupLicenseSeconds: 0 });
      waitsMs = 120_000;
      const last = await apply('restore');
      expect(last?.failure ?? null).toBeNull();
      expect(story.read()).toEqual(before);
      // And everything can be taken then, but what another product needs.
      const taken = await apply('delicense');
      expect(taken).toMatchObject({ failure: null, refused: [], waits: [] });
      expect(story.read().groups).toEqual([]);
      expect(story.read().licenses).toEqual([]);
    } catch (error) {
      throw new Error(`seed ${seed}, story ${at}: ${JSON.stringify(before)}\n${history.join('\n')}\n${String(error)}`, {
        cause: error,
      });
    }
  }
  expect(left).toBeGreaterThan(storyCount);
});
