import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anAccountFile } from '../account-file.fixture.ts';
import { addDays, type Day } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import { aPolicy } from '../policy.fixture.ts';
import type { Stage } from '../schemas/account.ts';
import type { FileVersion } from '../signing/main-line.ts';
import { describeRamp } from '../words/describe-ramp.ts';
import { applyRamp, findRampPosition } from './ramp.ts';
import { listWaves, type Wave } from './waves.ts';

const firstDay = '2026-11-02';
const on = (days: number) => addDays(firstDay, days);
const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const ramp = { start: 5, growth: 2, quietDays: 14 };
const policy = aPolicy({ ramp });

/** A move of one account that main got on a day. */
function move(at: number, day: number, stage: Stage, folder = 'accounts'): FileVersion {
  const file = anAccountFile(stage);
  const text = serialiseAccountFile({ ...file, account: { ...file.account, id: idOf(at) } });
  return { path: `stacks/contoso/${folder}/${at}.yaml`, text, at: day };
}

const days = new Map(Array.from({ length: 400 }, (_, day) => [day, on(day)]));
const wavesOf = (...versions: FileVersion[]) => listWaves({ versions, giveBacks: [], days, start: 0 });
const position = (today: number, ...versions: FileVersion[]) =>
  findRampPosition(policy, { waves: wavesOf(...versions), today: on(today), uncounted: [] });

test('without a ramp there is no position, and the limits are the policy’s', () => {
  expect(findRampPosition(aPolicy(), { waves: [], today: firstDay, uncounted: [] })).toBeNull();
  expect(applyRamp(aPolicy(), null).limits).toEqual(aPolicy().limits);
});

test('it begins small, doubles with each wave that stays quiet, and waits while a wave is young', () => {
  expect(position(0)).toMatchObject({ cap: 5, good: 0, bad: 0, last: null, pending: null });
  const first = move(1, 0, 'disable');
  expect(position(13, first)).toMatchObject({ cap: 5, good: 0, pending: { day: on(0), until: on(14) } });
  expect(position(14, first)).toMatchObject({ cap: 10, good: 1, last: { day: on(0), givenBack: 0 }, pending: null });
  const second = move(2, 20, 'disable');
  expect(position(33, first, second)?.cap).toBe(10);
  expect(position(34, first, second)?.cap).toBe(20);
});

test('a wave of which somebody is given back in time is bad: the cap falls, but not below the start', () => {
  const waves = [move(1, 0, 'disable'), move(2, 20, 'disable'), move(3, 40, 'disable')];
  expect(position(60, ...waves)?.cap).toBe(40);
  const back = [...waves, move(3, 45, 'restore')];
  expect(position(60, ...back)).toMatchObject({ cap: 10, good: 2, bad: 1, last: { day: on(40), givenBack: 1 } });
  expect(position(60, ...back.map((each) => each))?.cap).toBe(10);
  expect(position(20, move(1, 0, 'disable'), move(1, 3, 'keep'))?.cap).toBe(5);
  expect(position(60, ...waves, move(3, 55, 'restore'))?.cap).toBe(40);
});

test('whom this very proposal gives back counts at once', () => {
  const waves = wavesOf(move(1, 0, 'disable'), move(2, 20, 'disable'));
  const now = findRampPosition(policy, {
    waves,
    today: on(27),
    uncounted: [],
    givenBackNow: new Set([foldId(idOf(2))]),
  });
  expect(now).toMatchObject({ cap: 5, bad: 1 });
});

test('in a freeze or a pause nobody could notice anything: its days make no wave good', () => {
  const query = { waves: wavesOf(move(1, 0, 'disable')), uncounted: [{ from: on(1), to: on(10) }] };
  expect(findRampPosition(policy, { ...query, today: on(23) })).toMatchObject({ cap: 5, pending: { until: on(24) } });
  expect(findRampPosition(policy, { ...query, today: on(24) })).toMatchObject({ cap: 10, good: 1 });
});

test('a file of give-back/ gives back as a stage does', () => {
  const asked = {
    path: 'stacks/contoso/give-back/1.yaml',
    text: `account:\n  id: ${idOf(1)}\nreason: is back\n`,
    at: 3,
  };
  const waves = listWaves({
    versions: [move(1, 0, 'disable'), move(2, 0, 'disable')],
    giveBacks: [asked],
    days,
    start: 0,
  });
  expect([...(waves[0]?.givenBack ?? [])]).toEqual([[foldId(idOf(1)), on(3)]]);
  const gone = { ...asked, text: null };
  expect(listWaves({ versions: [move(1, 0, 'disable')], giveBacks: [gone], days, start: 0 })[0]?.givenBack.size).toBe(
    0,
  );
});

test('merges of one day are one wave; delicensing is another one; the archive and what is gone are none', () => {
  const waves = wavesOf(
    move(1, 0, 'disable'),
    move(2, 0, 'disable'),
    move(1, 7, 'delicense'),
    move(1, 200, 'delicense', 'archive'),
    { path: 'stacks/contoso/accounts/1.yaml', text: null, at: 200 },
    move(2, 201, 'review'),
  );
  expect(waves.map(({ day, accounts }) => [day, accounts.size])).toEqual([
    [on(0), 2],
    [on(7), 1],
  ]);
  expect([...(waves[0]?.givenBack ?? [])]).toEqual([[foldId(idOf(2)), on(201)]]);
});

test('waves from before the policy had a ramp say nothing', () => {
  const versions = [move(1, 0, 'disable'), move(1, 3, 'restore'), move(2, 30, 'disable')];
  expect(listWaves({ versions, giveBacks: [], days, start: 10 })).toHaveLength(1);
  expect(listWaves({ versions, giveBacks: [], days, start: Number.POSITIVE_INFINITY })).toEqual([]);
});

test('every cap on accounts is at most the ramp’s', () => {
  const at = position(0);
  expect(applyRamp(policy, at).limits).toMatchObject({
    newAccountsPerAudit: 5,
    newAccountsPerDepartment: 5,
    changesPerApply: 5,
    changesPerDepartment: 5,
    shareOfTenant: policy.limits.shareOfTenant,
  });
  expect(applyRamp(aPolicy({ ramp, limits: { changesPerWeek: 300 } }), at).limits.changesPerWeek).toBe(10);
});

test('the words say how many, of how many, and why', () => {
  const say = (today: number, ...versions: FileVersion[]) => {
    const found = position(today, ...versions);
    return found && describeRamp(found, policy);
  };
  expect(say(0)).toBe('5 accounts at a time, of 100 that the limits allow: no wave has been good yet');
  expect(say(5, move(1, 0, 'disable'))).toContain(`; the wave of ${on(0)} counts on ${on(14)} if it stays quiet`);
  expect(say(14, move(1, 0, 'disable'))).toContain(`10 accounts at a time`);
  expect(say(14, move(1, 0, 'disable'), move(1, 2, 'restore'))).toContain(
    `it fell after the wave of ${on(0)}, of which 1 account was given back within 14 days`,
  );
});

const waves = fc.array(
  fc.record({
    after: fc.integer({ min: 1, max: 30 }),
    back: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
  }),
  { maxLength: 12 },
);

function toWaves(steps: readonly { after: number; back: number | null }[]): Wave[] {
  let day: Day = firstDay;
  return steps.map(({ after, back }, at) => {
    day = addDays(day, after);
    const id: IdKey = foldId(idOf(at));
    return { day, accounts: new Set([id]), givenBack: new Map(back === null ? [] : [[id, addDays(day, back)]]) };
  });
}

test('it is never above the limits, never below its start, and one more restore never raises it', () => {
  fc.assert(
    fc.property(
      waves,
      fc.integer({ min: 0, max: 400 }),
      fc.nat(11),
      fc.integer({ min: 1, max: 200 }),
      (steps, today, worse, limit) => {
        const limited = aPolicy({ ramp, limits: { changesPerApply: limit } });
        const query = { waves: toWaves(steps), today: on(today), uncounted: [] };
        const found = findRampPosition(limited, query)?.cap ?? 0;
        expect(found).toBeLessThanOrEqual(limit);
        expect(found).toBeGreaterThanOrEqual(Math.min(ramp.start, limit));
        const worsened = steps.map((step, at) => (at === worse ? { ...step, back: 0 } : step));
        expect(findRampPosition(limited, { ...query, waves: toWaves(worsened) })?.cap).toBeLessThanOrEqual(found);
      },
    ),
  );
});
