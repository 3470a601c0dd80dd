import { expect, test } from 'vitest';
import type { Switches } from '../options.ts';
import type { PersonInput } from './person-input.ts';
import { PLANS } from './service-plans.ts';
import { aSmallTenant, type SmallTenant } from './small-tenant.fixture.ts';

/** Ana, whose only licence is taken; `at(days)` is her OneDrive so many days after. */
function unlicensed(person: PersonInput = {}, switches: Partial<Switches> = {}) {
  const small = aSmallTenant([{ kind: 'ana', ...person }], switches);
  small.removeLicenses('ana', 'SPE_E3');
  return { ...small, at: days(small) };
}

function days({ clock, getState }: SmallTenant) {
  let today = 0;
  return (day: number) => {
    clock.advance({ days: day - today });
    today = day;
    return getState('ana').oneDrive;
  };
}

const retained = { oneDrive: { sizeGb: 48, retention: true } };

test('a OneDrive without a licence is read-only on day 60 and in the recycle bin from day 93 to 186', () => {
  const { at } = unlicensed();
  const expected = [
    [59, 'active'],
    [60, 'read-only'],
    [92, 'read-only'],
    [93, 'recycle-bin'],
    [185, 'recycle-bin'],
  ] as const;
  for (const [day, state] of expected) expect(at(day), `day ${day}`).toMatchObject({ state, losses: [] });
  expect(at(186)).toMatchObject({ state: 'gone', losses: ['files'], isInEDiscovery: false });
});

test('nobody has to look on the way', () => {
  expect(unlicensed().at(400)).toMatchObject({ state: 'gone', losses: ['files'] });
});

test('a retention policy keeps it archived, out of eDiscovery from day 275, and no longer than 365 unpaid days', () => {
  const { at } = unlicensed(retained);
  expect(at(93)).toMatchObject({ state: 'archived', isInEDiscovery: true });
  expect(at(274)).toMatchObject({ state: 'archived', isInEDiscovery: true });
  expect(at(275)).toMatchObject({ state: 'archived', isInEDiscovery: false });
  expect(at(364)).toMatchObject({ state: 'archived', losses: [] });
  expect(at(365)).toMatchObject({ state: 'gone', losses: ['files'] });
});

test.each([
  ['with retention', retained],
  ['without', {}],
])('a tenant that pays keeps it for good, %s', (_, person) => {
  const { at } = unlicensed(person, { oneDriveArchiveBilling: true });
  expect(at(2000)).toMatchObject({ state: 'archived', losses: [], isInEDiscovery: true });
});

test('the unpaid days stand still while the tenant pays, whether or not anybody looks', () => {
  const { at, clock, switches, getState } = unlicensed(retained);
  at(200);
  switches.oneDriveArchiveBilling = true;
  clock.advance({ days: 1000 });
  switches.oneDriveArchiveBilling = false;
  clock.advance({ days: 164 });
  expect(getState('ana').oneDrive).toMatchObject({ state: 'archived', isInEDiscovery: false });
  clock.advance({ days: 1 });
  expect(getState('ana').oneDrive).toMatchObject({ state: 'gone' });
});

test('what was kept goes into the recycle bin for 93 days when nobody pays any more', () => {
  const { clock, switches, getState } = unlicensed({}, { oneDriveArchiveBilling: true });
  clock.advance({ days: 100 });
  switches.oneDriveArchiveBilling = false;
  clock.advance({ days: 92 });
  expect(getState('ana').oneDrive).toMatchObject({ state: 'recycle-bin', losses: [] });
  clock.advance({ days: 1 });
  expect(getState('ana').oneDrive).toMatchObject({ state: 'gone', losses: ['files'] });
});

test('and so when the retention ends', () => {
  const { at, applyEvents } = unlicensed(retained);
  at(150);
  applyEvents('ana', { oneDrive: { retention: false } });
  expect(at(242)).toMatchObject({ state: 'recycle-bin', losses: [] });
  expect(at(243)).toMatchObject({ losses: ['files'] });
});

test('a licence given back while it is read-only makes it active at once, and the clock begins anew', () => {
  const { at, addLicenses, removeLicenses } = unlicensed();
  at(92);
  addLicenses('ana', 'SPE_E3');
  expect(at(92)).toMatchObject({ state: 'active', unlicensedSince: null });
  at(500);
  removeLicenses('ana', 'SPE_E3');
  expect(at(559)).toMatchObject({ state: 'active' });
  expect(at(560)).toMatchObject({ state: 'read-only' });
});

test('one that is archived is active a day after its licence is back', () => {
  const { at, addLicenses, clock, getState } = unlicensed(retained);
  at(100);
  addLicenses('ana', 'SPE_E3');
  clock.advance({ hours: 23 });
  expect(getState('ana').oneDrive).toMatchObject({ state: 'archived', unlicensedSince: null });
  clock.advance({ hours: 2 });
  expect(getState('ana').oneDrive).toMatchObject({ state: 'active', losses: [] });
});

test('out of the recycle bin only an administrator gets it, with a licence for good', () => {
  const { at, addLicenses, applyEvents } = unlicensed();
  at(100);
  addLicenses('ana', 'SPE_E3');
  expect(at(150)).toMatchObject({ state: 'recycle-bin' });
  applyEvents('ana', { oneDrive: { isRestored: true } });
  expect(at(400)).toMatchObject({ state: 'active', losses: [] });
  expect(() => applyEvents('ana', { oneDrive: { isRestored: true } })).toThrow('not in the recycle bin');
});

test('a licence that comes after the end brings nothing back', () => {
  const { at, addLicenses } = unlicensed();
  at(186);
  addLicenses('ana', 'SPE_E3');
  expect(at(190)).toMatchObject({ state: 'gone', losses: ['files'] });
});

test('a tenant may set the active days: read-only begins 33 days before their end', () => {
  const { at } = unlicensed({}, { unlicensedOneDriveActiveDays: 200 });
  expect(at(166)).toMatchObject({ state: 'active' });
  expect(at(167)).toMatchObject({ state: 'read-only' });
  expect(at(200)).toMatchObject({ state: 'recycle-bin' });
  expect(at(293)).toMatchObject({ state: 'gone' });
});

test('where the clock does not apply nothing happens', () => {
  expect(unlicensed({}, { oneDriveClock: 'off' }).at(2000)).toMatchObject({
    state: 'active',
    unlicensedSince: null,
    losses: [],
  });
});

test.each([
  ['a suite', 'ENTERPRISEPACK', 'active'],
  ['Frontline', 'SPE_F1', 'active'],
  ['OneDrive alone', 'WACONEDRIVESTANDARD', 'active'],
  ['Visio, which has a OneDrive of its own', 'VISIOCLIENT', 'active'],
  ['Exchange alone', 'EXCHANGESTANDARD', 'gone'],
  ['the archive add-on', 'EXCHANGEARCHIVE_ADDON', 'gone'],
] as const)('beside %s it is %s', (_, left, state) => {
  const small = aSmallTenant([{ kind: 'ana', licenses: ['SPE_E3', left] }]);
  small.removeLicenses('ana', 'SPE_E3');
  expect(days(small)(400)).toMatchObject({ state });
});

test('a plan that is turned off carries no OneDrive', () => {
  const disabledPlans = [PLANS.sharePointEnterprise.servicePlanId];
  const small = aSmallTenant([{ kind: 'ana', oneDrive: {}, licenses: [{ sku: 'SPE_E3', disabledPlans }] }]);
  expect(days(small)(100)).toMatchObject({ state: 'recycle-bin' });
});

test('an account that lost its licence long ago comes with the days that have passed', () => {
  const people = [{ kind: 'ana', licenses: [], oneDrive: { unlicensedDaysAgo: 70 } }];
  const at = days(aSmallTenant(people));
  expect(at(0)).toMatchObject({ state: 'read-only' });
  expect(at(24)).toMatchObject({ state: 'recycle-bin' });
});

test('unpaid days count from July 2026 for those that had no licence long before', () => {
  const oneDrive = { retention: true, unlicensedDaysAgo: 700 };
  const at = days(aSmallTenant([{ kind: 'ana', licenses: [], oneDrive }]));
  expect(at(0)).toMatchObject({ state: 'archived', isInEDiscovery: true });
  expect(at(205)).toMatchObject({ state: 'archived' });
  expect(at(206)).toMatchObject({ state: 'gone' });
});

test('anyone who has a licence and used it has one with a size of its own, who never did has none', () => {
  const { getState } = aSmallTenant([
    { kind: 'used' },
    { kind: 'never', lastActivity: { oneDrive: null } },
    { kind: 'unlicensed', licenses: [] },
    { kind: 'measured', oneDrive: { sizeMb: 120 } },
    { kind: 'counted', oneDrive: { sizeGb: 3.1, files: 812 } },
  ]);
  expect(getState('used').oneDrive).toMatchObject({ sizeBytes: expect.any(Number), state: 'active' });
  expect([getState('never').oneDrive, getState('unlicensed').oneDrive]).toEqual([null, null]);
  expect(getState('measured').oneDrive).toMatchObject({ sizeBytes: 120 * 1024 ** 2, fileCount: 307 });
  expect(getState('counted').oneDrive).toMatchObject({
    sizeBytes: Math.floor(3.1 * 1024 ** 3),
    fileCount: 812,
  });
});

test('a deleted account starts the clock, too', () => {
  const { tenant, clock, applyEvents } = aSmallTenant([{ kind: 'ana' }]);
  applyEvents('ana', { delete: true });
  clock.advance({ days: 186 });
  expect(tenant.people.requireKind('ana').oneDrive?.losses).toEqual(['files']);
});
