// The story's time: about a week at a time, to any weekday and hour, and on to the first open hour after a stop.
import assert from 'node:assert/strict';
import { stack } from '../../demo/company.ts';
import { runUndisturbed } from './disturb-command.ts';
import type { Story } from './story.fixture.ts';
import { findReasonNotToTake } from './team-rules.ts';
import { listWrites } from './tenant-writes.ts';

/** Half past an hour, so that no command of the story meets the beginning or the end of a closed hour or a day. */
export function advanceClock({ company, chance }: Story, days = chance.pick([7, 7, 7, 6, 8, 9])): void {
  const { clock } = company.tenant.tenant;
  clock.advance({ days });
  const hour = chance.pick(['02', '07', '08', '08', '10', '13', '17', '23']);
  clock.set(`${company.today()}T${hour}:30:00Z`);
}

/** Some days later in the same week, if that is over which has stopped what is taken: what waits is found, and applied. */
export async function goOnWhenOpen(story: Story, apply: () => Promise<void>): Promise<void> {
  if (findStop(story) === null || story.chance.maybe(0.4)) return;
  advanceClock(story, story.chance.between(1, 4));
  const { exitCode, output } = await runUndisturbed(story, ['repeat', stack]);
  assert.equal(exitCode, 0, output);
  if (findStop(story) !== null) return;
  const { log } = story.company.tenant;
  const since = log.last;
  await apply();
  if (!output.includes('nothing is left to go on with')) return;
  const taken = listWrites(log, since).filter(({ takes }) => takes);
  assert.deepEqual(taken, [], 'dormant repeat has found nothing to go on with');
}

/** Throws where the calendar of the story stays closed for a month. */
export async function waitUntilOpen(story: Story): Promise<void> {
  const { clock } = story.company.tenant.tenant;
  for (let hours = 0; findStop(story) !== null; hours += 4) {
    assert.ok(hours < 24 * 31, 'the calendar does not open');
    clock.advance({ hours: 4 });
  }
}

function findStop({ rules, company }: Story) {
  return findReasonNotToTake(rules, company.tenant.tenant.clock.now());
}
