import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { describe, expect, test } from 'vitest';
import { type AuditedTenant, anAuditedTenant } from '../audited-tenant.fixture.ts';
import type { JudgedTenant } from '../judge-tenant.ts';

/** Enough of them that a list of fifteen is seen to leave nobody out. */
const workers = many(30, (at) => ({ kind: `w${at}` }));
/** Silent in all services, and signed in long ago; at work elsewhere; or never signed in. */
const old = (at: number): PersonInput => ({ kind: `old${at}`, inactiveDays: 200 });
const elsewhere = (at: number): PersonInput => ({ ...old(at), kind: `e${at}`, signIn: { successful: 3 } });
const never = (at: number): PersonInput => ({ ...old(at), kind: `n${at}`, signIn: 'missing' });

function many(count: number, person: (at: number) => PersonInput): PersonInput[] {
  return Array.from({ length: count }, (_, at) => person(at));
}

async function aTenant(people: readonly PersonInput[], options: EmulatorOptions = {}) {
  const tenant = await anAuditedTenant({
    users: 0,
    people: [...workers, ...people],
    isDeserted: true,
    ...options,
    switches: { weather: null, ...options.switches },
  });
  return { ...tenant, ...tellingOf(tenant) };
}

function tellingOf({ emulator, find }: AuditedTenant) {
  const reads = () =>
    emulator.log
      .listEntries({ path: '^/v1.0/users$' })
      .filter(({ query, status }) => query.includes('signInActivity') && status === 200)
      .map(({ query }) => decodeURIComponent(query));
  return {
    /** Requests for sign-ins, beside the one that asks whether they can be read. */
    ways: () => ({
      everybody: reads().filter((query) => !query.includes('filter')).length,
      oldSuccesses: reads().filter((query) => query.includes('signInActivity/')).length,
      byId: reads().filter((query) => query.includes('id in')).length,
    }),
    verdictOf: (audited: JudgedTenant, kind: string) => find(audited, kind)?.judgement.verdict ?? 'on no list',
  };
}

describe('sign-ins are read in the way that takes the fewest requests', () => {
  test.each<[string, PersonInput[], Record<string, number>]>([
    ['nobody is silent', [], { everybody: 0, oldSuccesses: 0, byId: 0 }],
    ['a few are silent', many(20, old), { everybody: 0, oldSuccesses: 0, byId: 2 }],
    ['many have been silent', many(100, old), { everybody: 0, oldSuccesses: 1, byId: 0 }],
    [
      'many are silent, and some of them at work elsewhere',
      [...many(100, old), ...many(20, elsewhere), ...many(10, never)],
      { everybody: 0, oldSuccesses: 1, byId: 2 },
    ],
    [
      'most work elsewhere only',
      [...many(700, elsewhere), ...many(10, never)],
      // Two lists are the sample that tells it.
      { everybody: 2, oldSuccesses: 0, byId: 2 + 1 },
    ],
  ])('when %s', async (_, people, expected) => {
    const { audit, ways } = await aTenant(people);
    const { counts, requests } = await audit();
    expect(ways()).toEqual(expected);
    expect(requests.bySource['sign-in access']).toBe(1);
    const silent = people.filter(({ signIn }) => !(signIn && typeof signIn === 'object'));
    expect(counts.verdicts).toEqual({
      active: 30 + people.length - silent.length,
      inactive: silent.length,
      'insufficient-evidence': 0,
    });
  });
});

test.each(['known', 'unknown-too'] as const)(
  'who is missing from the list of old successes is neither active nor never signed in: it lists the %s',
  async (signInFilterLists) => {
    const people = [...many(50, old), ...many(3, elsewhere), ...many(3, never)];
    const { audit, verdictOf, ways } = await aTenant(people, { switches: { signInFilterLists } });
    const audited = await audit();
    expect(ways().oldSuccesses).toBe(1);
    for (const at of [0, 1, 2]) {
      expect(verdictOf(audited, `e${at}`)).toBe('on no list');
      expect(verdictOf(audited, `n${at}`)).toBe('inactive');
    }
  },
);

test('who was deleted is in that list, too, and in no other', async () => {
  const { audit, emulator, ways } = await aTenant(many(60, old));
  for (let at = 0; at < 5; at++) emulator.applyEvents(`old${at}`, { delete: true });
  const { counts, inactive } = await audit();
  expect(ways().oldSuccesses).toBe(1);
  expect(counts.accounts).toBe(85);
  expect(inactive).toHaveLength(55);
});

test.each([400, 403, 500, 501])('where that list is answered %i, all are asked for by id', async (status) => {
  const { audit, emulator, ways } = await aTenant(many(60, old));
  emulator.faults.add({ kind: 'status', status, path: '/v1.0/users$', query: 'signInActivity%2F' });
  expect((await audit()).inactive).toHaveLength(60);
  expect(ways()).toEqual({ everybody: 0, oldSuccesses: 0, byId: 4 });
});

test('where lists of a few are refused, everybody is listed', async () => {
  const people = [...many(60, old), ...many(3, elsewhere)];
  const { audit, emulator, ways } = await aTenant(people);
  emulator.faults.add({ kind: 'status', status: 400, path: '/v1.0/users$', query: '(id|Name)%20in' });
  expect((await audit()).counts.verdicts).toEqual({ active: 33, inactive: 60, 'insufficient-evidence': 0 });
  expect(ways()).toMatchObject({ everybody: 1, oldSuccesses: 0 });
});

test('guests who signed in are not on the list of the silent ones', async () => {
  const guests = many(4, (at) => ({
    kind: `g${at}`,
    userType: 'Guest',
    signIn: { successful: at * 100 + 1 },
  }));
  const { audit } = await aTenant([...many(60, old), ...guests]);
  const { guests: listed } = await audit();
  expect(listed).toHaveLength(3);
});

test('where many guests are at work elsewhere, everybody is listed, and only who has been away is a guest to look at', async () => {
  const guests = many(450, (at) => ({ kind: `g${at}`, userType: 'Guest', signIn: { successful: 2 } }));
  const away = many(5, (at) => ({ kind: `a${at}`, userType: 'Guest', signIn: { successful: 300 } }));
  const { audit, ways } = await aTenant([...guests, ...away]);
  const { guests: listed, quality } = await audit();
  expect(listed).toHaveLength(5);
  expect(ways()).toMatchObject({ everybody: 1, oldSuccesses: 0 });
  expect(quality.notes.join()).not.toContain('was not asked for');
});

test('of more shared mailboxes than four requests tell of the sign-ins are not asked for, and the reader hears it', async () => {
  const shared = many(75, (at) => ({
    ...never(at),
    mailbox: { type: 'SharedMailbox' as const },
    licenses: [],
  }));
  const { audit } = await aTenant([...many(60, old), ...shared]);
  const audited = await audit();
  expect(audited.inactive.filter(({ evidence }) => evidence.mailbox.recipientType === 'user')).toHaveLength(60);
  expect(audited.counts.reasons['sign-in-missing']).toBe(75);
  expect(audited.quality.notes.join()).toContain('Of 75 silent accounts for whom nothing follows');
});

describe('an audit stays inside the quota of sign-ins, whichever way Microsoft’s table is read', () => {
  test.each([
    // By the stricter one, the first refusal teaches the pace.
    ['by-minute', 1],
    ['by-family', 0],
  ] as const)('%s: at most %i requests are refused', async (signInListings, most) => {
    const people = [...many(60, old), ...many(200, never)];
    const { audit, emulator } = await aTenant(people, { switches: { signInListings, quotaSpeed: 20 } });
    expect((await audit()).counts.verdicts).toMatchObject({ active: 30, inactive: 260 });
    const used = emulator.budgets.listUse().filter(({ budget }) => budget.startsWith('sign-in'));
    expect(Math.max(...used.map(({ refused }) => refused))).toBeLessThanOrEqual(most);
    expect(used[0]?.total).toBeGreaterThan(10);
  });
});
