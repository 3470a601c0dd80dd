import { describe, expect, test } from 'vitest';
import { addDays, type Evidence, type RunFacts, type Service } from '../evidence.ts';
import type { PolicyChange } from '../policy.fixture.ts';
import {
  aLicense,
  anAccount,
  aPolicy,
  aRun,
  daysAgo,
  garbledRow,
  lastSeen,
  reportDay,
  signedIn,
  today,
} from '../tenant.fixture.ts';
import { judgeActivity } from './verdict.ts';

function verdictOf(change: Partial<Evidence>, policy: PolicyChange = {}, run: Partial<RunFacts> = {}) {
  return judgeActivity(anAccount(change), aPolicy(policy), aRun(run));
}

const silent = { usage: lastSeen(), signIns: signedIn(null) };

test('a person who was last seen in July is inactive in December, with the day and the days since', () => {
  expect(verdictOf({})).toEqual({
    verdict: 'inactive',
    reasons: ['no-activity-for-days'],
    lastActivityOn: '2026-07-15',
    inactiveDays: 143,
  });
});

test.each([
  ['exchange', 'exchange-activity'],
  ['oneDrive', 'onedrive-activity'],
  ['sharePoint', 'sharepoint-activity'],
  ['teams', 'teams-activity'],
  ['yammer', 'yammer-activity'],
] as const)('somebody who only uses %s is active', (service, reason) => {
  expect(verdictOf({ ...silent, usage: lastSeen({ [service]: daysAgo(3) }) })).toEqual({
    verdict: 'active',
    reasons: [reason],
    lastActivityOn: daysAgo(3),
    inactiveDays: 3,
  });
});

test('Skype for Business was retired, so that its date keeps nobody', () => {
  const usage = lastSeen({ skypeForBusiness: daysAgo(3), exchange: daysAgo(200) });
  expect(verdictOf({ usage, signIns: signedIn(null) })).toMatchObject({
    verdict: 'inactive',
    inactiveDays: 200,
  });
});

test.each([
  [89, 'active'],
  [90, 'inactive'],
  [91, 'inactive'],
] as const)('after %i days of silence a person is %s', (days, verdict) => {
  const usage = lastSeen({ teams: daysAgo(days) });
  expect(verdictOf({ usage, signIns: signedIn(null) })).toMatchObject({ verdict, inactiveDays: days });
});

test('the days count to the report’s day and not to today, because the report lags', () => {
  // 89 days before the report, 91 before the audit.
  const change = { usage: lastSeen({ exchange: daysAgo(89) }), signIns: signedIn(null) };
  expect(verdictOf(change).verdict).toBe('active');
  expect(verdictOf(change, {}, { reportRefreshDate: today }).verdict).toBe('inactive');
});

test('the policy says how long silence is allowed', () => {
  const change = { usage: lastSeen({ exchange: daysAgo(45) }), signIns: signedIn(null) };
  expect(verdictOf(change, { inactiveAfterDays: 45 }).verdict).toBe('inactive');
  expect(verdictOf(change, { inactiveAfterDays: 46 }).verdict).toBe('active');
});

test('a sign-in that is fresher than the report counts as no days ago, not as less', () => {
  expect(verdictOf({ signIns: signedIn(today) })).toEqual({
    verdict: 'active',
    reasons: ['successful-sign-in'],
    lastActivityOn: today,
    inactiveDays: 0,
  });
});

test('the latest of all sources is the last activity', () => {
  const usage = lastSeen({ exchange: daysAgo(300), oneDrive: daysAgo(200), sharePoint: daysAgo(250) });
  expect(verdictOf({ usage, signIns: signedIn(daysAgo(150)) })).toMatchObject({ inactiveDays: 150 });
  expect(verdictOf({ usage, signIns: signedIn(daysAgo(400)) })).toMatchObject({ inactiveDays: 200 });
});

test('an active person carries every reason, in the order of the services', () => {
  const usage = lastSeen({ teams: daysAgo(1), exchange: daysAgo(2), yammer: daysAgo(300) });
  expect(verdictOf({ usage, signIns: signedIn(daysAgo(4)) }).reasons).toEqual([
    'exchange-activity',
    'teams-activity',
    'successful-sign-in',
  ]);
});

test('recent failed sign-ins without a success look like a spray and keep nobody', () => {
  expect(verdictOf({ signIns: signedIn(daysAgo(143), daysAgo(2)) })).toMatchObject({
    verdict: 'inactive',
    reasons: ['no-activity-for-days', 'signs-of-spray'],
    inactiveDays: 143,
  });
});

const services = {
  'services silent for 143 days': lastSeen({ exchange: daysAgo(143) }),
  'services never used': lastSeen(),
  'services used this week': lastSeen({ teams: daysAgo(3) }),
};
const attemptsOnly = ['insufficient-evidence', 'sign-in-attempts-only'] as const;

// An attempt may have succeeded, and a value that did not come may be anything: neither is "never signed in".
describe.each(Object.entries(services))('%s', (name, usage) => {
  const silence = name === 'services never used' ? 'never-active' : 'no-activity-for-days';
  test.each<[string, Evidence['signIns'], readonly [string, ...string[]]]>([
    ['no sign-in known at all', signedIn(null), ['inactive', silence]],
    ['no known success, an attempt of this week', signedIn(null, daysAgo(2)), attemptsOnly],
    ['no known success, an attempt of 89 days ago', signedIn(null, daysAgo(89)), attemptsOnly],
    ['no known success, an attempt of tomorrow', signedIn(null, addDays(reportDay, 1)), attemptsOnly],
    ['no known success, an attempt of 90 days ago', signedIn(null, daysAgo(90)), ['inactive', silence]],
    ['a success long ago', signedIn(daysAgo(200)), ['inactive', 'no-activity-for-days']],
    [
      'a success long ago, attempts since',
      signedIn(daysAgo(200), daysAgo(2)),
      ['inactive', 'no-activity-for-days', 'signs-of-spray'],
    ],
    ['a success of this week', signedIn(daysAgo(4)), ['active', 'successful-sign-in']],
    ['a success of today', signedIn(today), ['active', 'successful-sign-in']],
    ['nothing came', { kind: 'missing' }, ['insufficient-evidence', 'sign-in-missing']],
    ['unavailable', { kind: 'unavailable' }, ['insufficient-evidence', 'sign-in-unavailable']],
  ])('and %s', (_, signIns, [verdict, ...reasons]) => {
    const found = verdictOf({ usage, signIns });
    if (name === 'services used this week') {
      expect(found.verdict).toBe('active');
      expect(found.reasons).toContain('teams-activity');
    } else expect([found.verdict, ...found.reasons]).toEqual([verdict, ...reasons]);
  });
});

test('sign-in data that did not come is a doubt also where the policy could do without sign-ins', () => {
  expect(verdictOf({ signIns: { kind: 'missing' } }, { signIns: 'optional' })).toMatchObject({
    verdict: 'insufficient-evidence',
    reasons: ['sign-in-missing'],
  });
});

test.each([
  [89, true],
  [90, false],
] as const)('attempts %i days ago are a sign of spray: %s', (days, isSpray) => {
  const { reasons } = verdictOf({ signIns: signedIn(daysAgo(143), daysAgo(days)) });
  expect(reasons.includes('signs-of-spray')).toBe(isSpray);
});

test('an active person shows no signs of spray, whatever else was tried', () => {
  expect(verdictOf({ signIns: signedIn(daysAgo(1), today) }).reasons).toEqual(['successful-sign-in']);
});

test('an account without any date anywhere was never active, and has no days', () => {
  expect(verdictOf(silent)).toEqual({
    verdict: 'inactive',
    reasons: ['never-active'],
    lastActivityOn: null,
    inactiveDays: null,
  });
});

test('services that are silent prove nothing while sign-ins cannot be read and the policy requires them', () => {
  expect(verdictOf({ signIns: { kind: 'unavailable' } })).toMatchObject({
    verdict: 'insufficient-evidence',
    reasons: ['sign-in-unavailable'],
    inactiveDays: 143,
  });
});

test('where the policy lets services alone decide, the missing sign-ins are noted', () => {
  expect(verdictOf({ signIns: { kind: 'unavailable' } }, { signIns: 'optional' })).toMatchObject({
    verdict: 'inactive',
    reasons: ['no-activity-for-days', 'sign-in-not-known'],
  });
});

test('keeps a user whose report row is missing, or there twice', () => {
  expect(verdictOf({ usage: { kind: 'missing' } })).toMatchObject({
    verdict: 'insufficient-evidence',
    reasons: ['report-row-missing'],
  });
  expect(verdictOf({ usage: { kind: 'ambiguous' } })).toMatchObject({
    verdict: 'insufficient-evidence',
    reasons: ['report-row-ambiguous'],
  });
});

test('keeps a user whose row or entry cannot be read for certain, unless the rest of it tells of recent activity', () => {
  const silentRow = garbledRow({ exchange: daysAgo(143) });
  expect(verdictOf({ usage: silentRow })).toMatchObject({
    verdict: 'insufficient-evidence',
    reasons: ['report-row-unreadable'],
  });
  expect(verdictOf({ incomplete: ['accountEnabled'] })).toMatchObject({
    verdict: 'insufficient-evidence',
    reasons: ['account-incomplete'],
  });
  expect(verdictOf({ usage: garbledRow({ exchange: daysAgo(5) }) }).verdict).toBe('active');
});

test('a recent sign-in makes somebody active whose report row is missing', () => {
  const change = { usage: { kind: 'missing' as const }, signIns: signedIn(daysAgo(10)) };
  expect(verdictOf(change)).toMatchObject({ verdict: 'active', reasons: ['successful-sign-in'] });
});

test.each([
  [89, 'insufficient-evidence'],
  [90, 'inactive'],
] as const)('an account made %i days ago has %s', (days, verdict) => {
  const licenses = [aLicense('SPE_E3', { assignedOn: daysAgo(60) })];
  const change = { ...silent, createdOn: daysAgo(days), licenses };
  expect(verdictOf(change).verdict).toBe(verdict);
  expect(verdictOf(change).reasons).toEqual([days < 90 ? 'account-too-new' : 'never-active']);
});

test('an account without a day of creation is from before 2018, and old enough', () => {
  expect(verdictOf({ createdOn: null }).verdict).toBe('inactive');
});

test.each([
  [29, null, 'insufficient-evidence'],
  [30, null, 'inactive'],
  [29, 'a4b1c9f5-0000-4000-8000-0c8a3a1d2b4e', 'insufficient-evidence'],
  [30, 'a4b1c9f5-0000-4000-8000-0c8a3a1d2b4e', 'inactive'],
] as const)('licensed %i days ago, by group %s: %s', (days, assignedByGroup, verdict) => {
  const licenses = [aLicense('EMS'), aLicense('SPE_E3', { assignedOn: daysAgo(days), assignedByGroup })];
  expect(verdictOf({ licenses }).verdict).toBe(verdict);
  if (verdict !== 'inactive') expect(verdictOf({ licenses }).reasons).toEqual(['recently-licensed']);
});

test('a licence without a day of assignment is not recent', () => {
  expect(verdictOf({ licenses: [aLicense('SPE_E3', { assignedOn: null })] }).verdict).toBe('inactive');
});

test('every doubt is told, not only the first', () => {
  const licenses = [aLicense('SPE_E3', { assignedOn: daysAgo(2) })];
  const change: Partial<Evidence> = {
    usage: { kind: 'missing' },
    signIns: { kind: 'unavailable' },
    createdOn: daysAgo(10),
    licenses,
  };
  expect(verdictOf(change)).toEqual({
    verdict: 'insufficient-evidence',
    reasons: ['report-row-missing', 'sign-in-unavailable', 'account-too-new', 'recently-licensed'],
    lastActivityOn: null,
    inactiveDays: null,
  });
});

test('each service alone keeps a person up to the report’s own day', () => {
  const judged: Service[] = ['exchange', 'oneDrive', 'sharePoint', 'teams', 'yammer'];
  for (const service of judged) {
    const usage = lastSeen({ [service]: reportDay });
    expect(verdictOf({ ...silent, usage })).toMatchObject({ verdict: 'active', inactiveDays: 0 });
  }
});
