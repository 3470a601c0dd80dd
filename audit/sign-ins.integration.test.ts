import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { NO_SIGN_IN_FORMS } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import type { AuditedTenant } from './audited-tenant.fixture.ts';
import { anAuditedTenant } from './audited-tenant.fixture.ts';
import type { JudgedTenant } from './judge-tenant.ts';

const worker = (kind: string, more: PersonInput = {}): PersonInput => ({ kind, ...more });
const workers = (count: number, more: PersonInput = {}) =>
  Array.from({ length: count }, (_, at) => worker(`w${at}`, more));
/** Silent in all services for 200 days, and at work in other applications: signed in three days ago. */
const elsewhere = (kind: string): PersonInput => ({
  kind,
  inactiveDays: 200,
  signIn: { successful: 3 },
});
/** Silent in all services for 200 days. */
const silent = (kind: string, more: PersonInput = {}): PersonInput => ({ kind, inactiveDays: 200, ...more });

async function aTenant(people: readonly PersonInput[], options: EmulatorOptions = {}) {
  const tenant = await anAuditedTenant({ users: 0, people, isDeserted: true, ...options });
  return { ...tenant, ...tellingOf(tenant) };
}

function tellingOf({ emulator, find }: AuditedTenant) {
  return {
    /** The verdict with its reasons, of anyone who has a file or is on a list; `on no list` for the others. */
    of: (audited: JudgedTenant, kind: string) => {
      const judgement = find(audited, kind)?.judgement;
      return judgement ? [judgement.verdict, ...judgement.reasons].join(' ') : 'on no list';
    },
    listRequests: (query: RegExp) =>
      emulator.log.listEntries({ path: '^/v1.0/users' }).filter((it) => query.test(it.query)),
  };
}

const inactive = 'inactive no-activity-for-days';

test.each(NO_SIGN_IN_FORMS)(
  'a person of whom Graph knows no sign-in, written as "%s", is judged after a read of that account alone',
  async (form) => {
    const people = [...workers(2), silent('ana', { signIn: form })];
    const { audit, of, emulator } = await aTenant(people);
    expect(of(await audit(), 'ana')).toBe(inactive);
    const { id } = emulator.getState('ana');
    expect(emulator.log.listEntries({ path: `/v1.0/users/${id}$` })).toHaveLength(1);
  },
);

test('nobody whose sign-ins a crowded page left out is taken for inactive, and who never signed in still is', async () => {
  const people = [
    ...workers(20),
    ...Array.from({ length: 10 }, (_, at) => elsewhere(`e${at}`)),
    ...Array.from({ length: 4 }, (_, at) => silent(`n${at}`, { signIn: 'missing' })),
  ];
  const { audit, of } = await aTenant(people, { switches: { crowdedSignInPage: 16 } });
  const audited = await audit();
  expect(people.slice(20, 30).map(({ kind = '' }) => of(audited, kind))).toEqual(Array(10).fill('on no list'));
  expect(people.slice(30).map(({ kind = '' }) => of(audited, kind))).toEqual(Array(4).fill(inactive));
  expect(audited.counts.verdicts).toEqual({ active: 30, inactive: 4, 'insufficient-evidence': 0 });
});

test('also where even a list of fifteen is crowded, one account alone decides', async () => {
  const people = [...workers(20), ...Array.from({ length: 6 }, (_, at) => elsewhere(`e${at}`))];
  const { audit } = await aTenant(people, { switches: { crowdedSignInPage: 2 } });
  expect((await audit()).counts.verdicts).toMatchObject({ active: 26, inactive: 0 });
});

test('where Graph refuses the list of a few, each is read alone', async () => {
  const { audit, of, emulator } = await aTenant([...workers(2), elsewhere('e'), silent('n', { signIn: 'missing' })], {
    switches: { crowdedSignInPage: 1 },
  });
  emulator.faults.add({ kind: 'status', status: 400, path: '/v1.0/users$', query: 'id%20in' });
  emulator.faults.add({
    kind: 'status',
    status: 501,
    path: '/v1.0/users$',
    query: 'signInActivity.*Name%20in',
  });
  const audited = await audit();
  expect([of(audited, 'e'), of(audited, 'n')]).toEqual(['on no list', inactive]);
});

test('more of them than the caps allow stay in doubt, and the reader is told', async () => {
  const people = [...workers(3), ...Array.from({ length: 5 }, (_, at) => silent(`n${at}`, { signIn: 'missing' }))];
  const { audit, rules } = await aTenant(people);
  const limits = { ...rules.policy.limits, newAccountsPerAudit: 2 };
  const audited = await audit({ rules: { ...rules, policy: { ...rules.policy, limits } } });
  expect(audited.counts.verdicts).toEqual({ active: 3, inactive: 2, 'insufficient-evidence': 3 });
  expect(audited.counts.reasons['sign-in-missing']).toBe(3);
  expect(audited.quality.notes.join()).toContain('3 silent accounts came without sign-in data');
});

test('people at work whom a crowded page left out do not keep others from being asked for', async () => {
  const expensive = Array.from(
    { length: 12 },
    (_, at): PersonInput => ({ ...elsewhere(`e${at}`), licenses: [{ sku: 'SPE_E5' }] }),
  );
  const people = [...workers(20), ...expensive, silent('n', { signIn: 'missing', licenses: [{ sku: 'SPE_E3' }] })];
  const { audit, of, rules } = await aTenant(people, { switches: { crowdedSignInPage: 16 } });
  const limits = { ...rules.policy.limits, newAccountsPerAudit: 1 };
  const audited = await audit({ rules: { ...rules, policy: { ...rules.policy, limits } } });
  expect(of(audited, 'n')).toBe(inactive);
  expect(audited.counts.verdicts).toEqual({ active: 32, inactive: 1, 'insufficient-evidence': 0 });
});

test('an account in the plan does not move on because a page left its sign-in out', async () => {
  const { audit, of, emulator } = await aTenant([...workers(2), elsewhere('e'), silent('n', { signIn: 'missing' })], {
    switches: { crowdedSignInPage: 1 },
  });
  const planned = ['e', 'n'].map((kind) => {
    const { id, userPrincipalName } = emulator.tenant.people.requireKind(kind);
    return {
      path: `${kind}.yaml`,
      text: '',
      file: { account: { id, userPrincipalName } },
      touchedByPerson: false,
    };
  });
  // Only the ids of the files matter here.
  const audited = await audit({ proposed: planned as never });
  expect([of(audited, 'e'), of(audited, 'n')]).toEqual(['active successful-sign-in', inactive]);
});

test('a throttled read of a few accounts leaves them in doubt and does not end the audit', async () => {
  const { audit, emulator } = await aTenant([...workers(3), silent('n', { signIn: 'missing' })]);
  emulator.faults.add({ kind: 'status', status: 429, retryAfter: 0, path: emulator.getState('n').id });
  const { counts, inactive: list } = await audit();
  expect(list).toEqual([]);
  expect(counts.reasons['sign-in-missing']).toBe(1);
});

test('200 without signInActivity for everybody is unavailable, not "never signed in"', async () => {
  const people = [...workers(20), silent('ana'), silent('n', { signIn: 'missing' })];
  const { audit, rules, of } = await aTenant(people, { switches: { signInsShownOf: 'nobody' } });
  const audited = await audit();
  expect(audited.inactive).toEqual([]);
  expect(audited.counts.reasons).toMatchObject({ 'sign-in-unavailable': 2, 'sign-in-missing': 0 });
  expect(audited.quality).toMatchObject({ signIns: 'unavailable' });
  expect(audited.quality.notes.join()).toContain('not one of the enabled accounts that the services saw');
  const optional = { ...rules, policy: { ...rules.policy, signIns: 'optional' as const } };
  expect(of(await audit({ rules: optional }), 'ana')).toBe(`${inactive} sign-in-not-known`);
});

test('fifteen who work are asked, alone as well, before sign-ins count as unavailable', async () => {
  const { audit, listRequests, emulator } = await aTenant(workers(40), {
    switches: { signInsShownOf: 'nobody', weather: null },
  });
  await audit();
  const singleReads = emulator.log
    .listEntries({ path: '^/v1.0/users/' })
    .filter(({ query, status }) => query.includes('signInActivity') && status === 200);
  expect(singleReads).toHaveLength(15);
  expect(listRequests(/Name%20in/)).toHaveLength(1);
});

test.each<[string, 'read' | 'unavailable', PersonInput]>([
  ['has signed in', 'read', {}],
  ['has only tried to', 'read', { signIn: { successful: null, attempt: 1 } }],
  ['tried long ago', 'read', { signIn: { successful: null, attempt: 400 } }],
  ['has no value', 'unavailable', { signIn: 'missing' }],
  ['has a value without a date', 'unavailable', { signIn: 'first-day' }],
  ['is disabled', 'unavailable', { accountEnabled: false }],
  ['was last seen eight days before the report', 'unavailable', { lastActivity: seen(10), signIn: {} }],
  ['was last seen seven days before the report', 'read', { lastActivity: seen(9), signIn: {} }],
  ['was seen in Yammer only', 'read', { lastActivity: { ...seen(null), yammer: 4 } }],
  ['was seen in Skype for Business only', 'unavailable', { lastActivity: { ...seen(null), skype: 4 } }],
  ['is not in the report', 'unavailable', { reportRow: 'missing' }],
  ['has an apostrophe in its name', 'read', { userPrincipalName: "sean.o'neill@contoso.com" }],
])('in a tenant with one enabled account, which %s, sign-ins are %s', async (_, access, person) => {
  const { audit } = await aTenant([worker('one', person), worker('leaver', { accountEnabled: false })]);
  const { quality } = await audit();
  expect(quality.signIns).toBe(access);
});

test('one in fifteen is enough', async () => {
  const people = [...workers(14, { signIn: 'missing' }), worker('last')];
  const { audit } = await aTenant(people);
  expect((await audit()).quality.signIns).toBe('read');
});

test('with nobody whom the services saw this week, nobody can tell, and the reader hears why', async () => {
  const { audit } = await aTenant([silent('ana')]);
  const { quality, inactive: list } = await audit();
  expect(list).toEqual([]);
  expect(quality.notes.join()).toContain('the services saw no enabled account');
});

test('attempts without any known success are no silence; with a success long ago they are a spray', async () => {
  const { audit, of, rules } = await aTenant([
    ...workers(2),
    silent('tried', { signIn: { successful: null, attempt: 2 } }),
    silent('sprayed', { signIn: { successful: 200, attempt: 2 } }),
    silent('triedLongAgo', { signIn: { successful: null, attempt: 150 } }),
  ]);
  const audited = await audit({ rules });
  expect(of(audited, 'tried')).toBe('on no list');
  expect(audited.counts.reasons['sign-in-attempts-only']).toBe(1);
  expect(of(audited, 'sprayed')).toBe(`${inactive} signs-of-spray`);
  expect(of(audited, 'triedLongAgo')).toBe(inactive);
});

test.each<[string, number, number]>([
  ['as in the spring of 2023', 120, 300],
  ['smaller than ever', 30, 300],
  ['just below what is asked', 499, 600],
])('a largest page with sign-ins, %s (%i): smaller pages list everybody once', async (_, largest, users) => {
  const { audit } = await aTenant([], { users, switches: { largestSignInPage: largest } });
  const found = await audit();
  const whole = await aTenant([], { users });
  const expected = await whole.audit();
  expect(found.counts).toEqual(expected.counts);
  expect(found.inactive).toEqual(expected.inactive);
  expect(found.quality).toEqual(expected.quality);
});

test('a 400 for the size in the middle of a listing loses nobody and doubles nobody', async () => {
  const { audit, emulator } = await aTenant([], { users: 700 });
  const expected = await audit();
  emulator.faults.add({ kind: 'status', status: 400, path: '/v1.0/users$', query: 'skiptoken', count: 1 });
  const found = await audit();
  expect(found.counts).toEqual(expected.counts);
  expect(found.quality).toEqual(expected.quality);
});

test('the parts of a listing get smaller pages, too', async () => {
  const { audit, emulator, listRequests } = await aTenant([], { users: 700 });
  const expected = await audit();
  emulator.tenant.switches.largestSignInPage = 120;
  const found = await audit({ parts: { mostParts: 3, pagesPerPart: 0.1 } });
  expect(found.counts).toEqual(expected.counts);
  expect(found.quality).toEqual(expected.quality);
  expect(listRequests(/Name%20ge.*/).every(({ status }) => status === 200 || status === 400)).toBe(true);
  expect(listRequests(/top=62&/).length).toBeGreaterThan(1);
});

test('without sign-ins pages get smaller, too; what no size mends ends the audit', async () => {
  const { audit, emulator } = await aTenant([], { users: 300, switches: { premium: false } });
  emulator.faults.add({ kind: 'status', status: 400, path: '/v1.0/users$', query: 'top=(999|499)' });
  expect((await audit()).counts.accounts).toBe(298);
  emulator.faults.add({ kind: 'status', status: 400, path: '/v1.0/users$', query: 'top=' });
  await expect(audit()).rejects.toMatchObject({ code: 'request-failed' });
});

function seen(daysAgo: number | null): NonNullable<PersonInput['lastActivity']> {
  return { exchange: daysAgo, oneDrive: null, sharePoint: null, teams: null };
}
