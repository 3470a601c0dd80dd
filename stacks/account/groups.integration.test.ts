import type { EmulatorOptions } from '@dormant-m365/emulator';
import { addGroup, IDENTITY_ROLES, SKUS } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { listGrantedRights } from '../../bootstrap/granted.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import type { DesiredState, RestorableGroup } from '../../policy/schemas/account.ts';
import type { NamedGroup } from '../../policy/schemas/policy.ts';
import { aTenantToApplyTo, delicensed, disabled, type TenantToApplyTo } from '../tenant/tenant-to-apply-to.fixture.ts';
import type { AccountChange } from './account-change.ts';
import { createDryRunContext } from './dry-run.ts';

type SkuPartNumber = keyof typeof SKUS;
type GroupInput = NonNullable<EmulatorOptions['groups']>[number];

const { exchangeCmdlets } = listGrantedRights('apply', 'exchange');

const office: GroupInput = { displayName: 'Licensing: Office', licenses: ['SPE_E3', 'VISIOCLIENT'] };
const tools: GroupInput = { displayName: 'Licensing: Tools', licenses: ['POWER_BI_PRO'] };
const named: NamedGroup[] = [{ name: 'Licensing: Office' }, { name: 'Licensing: Tools' }];

/** Kim, silent, with all licences from two groups; the apply may change members and read what groups give more. */
async function aCompany(
  options: Omit<EmulatorOptions, 'people'> = {},
  givers: readonly GroupInput[] = [office, tools],
  direct: readonly SkuPartNumber[] = [],
) {
  const kim = {
    ...{ kind: 'kim', inactiveDays: 143, licenses: [...direct], department: 'Sales' },
    groups: givers.map(({ displayName }) => displayName),
  };
  const tenant = await aTenantToApplyTo([kim], {
    groups: givers,
    identities: {
      apply: {
        appRoles: [...IDENTITY_ROLES.apply, 'GroupMember.ReadWrite.All', 'Directory.Read.All'],
        exchangeCmdlets,
      },
    },
    ...options,
  });
  const all = [...tenant.emulator.tenant.directory.groups.values()];
  const groups = givers.map(({ displayName }): RestorableGroup => {
    const id = all.find(({ properties }) => properties.displayName === displayName)?.id ?? '';
    return { id, displayName };
  });
  const guard = (entries: readonly NamedGroup[] = named) => ({
    policy: aPolicy({ licenses: { groups: [...entries] } }),
  });
  /** The next change, from what the last one reached. */
  let last: Partial<AccountChange> = {};
  const run = async (
    to: Partial<DesiredState>,
    more: { guard?: ReturnType<typeof guard>; change?: Partial<AccountChange> } = {},
  ) => {
    const first = tenant.change('kim');
    const change = tenant.change('kim', to, {
      restore: { ...first.restore, groups },
      to: { ...first.from, ...to },
      ...last,
      ...more.change,
    });
    const outcome = await tenant.apply(change, { guard: more.guard ?? guard() });
    last = { from: outcome.reached };
    return outcome;
  };
  const isMember = (group: RestorableGroup) => {
    const { id } = tenant.emulator.tenant.people.requireKind('kim');
    return tenant.emulator.tenant.directory.groups.get(group.id)?.members.has(id) ?? false;
  };
  const held = () =>
    tenant.emulator
      .getState('kim')
      .licenses.map(({ skuPartNumber }) => skuPartNumber)
      .sort();
  return { ...tenant, groups, guard, run, isMember, held };
}

const phones: GroupInput = { displayName: 'Licensing: Phones', licenses: ['MCOEV'] };

const left: Partial<DesiredState> = { ...delicensed, groups: [] };

function deletions({ emulator }: Pick<TenantToApplyTo, 'emulator'>): string[] {
  return emulator.log.listEntries({ method: 'DELETE' }).map(({ path }) => path);
}

test('an account is taken out of its licence groups after its mailbox is shared, and loses what they give', async () => {
  const company = await aCompany();
  const outcome = await company.run(left);
  expect(outcome).toMatchObject({ failure: null, refused: [], heldBack: [], waits: [] });
  expect(outcome.done.map(({ step, group }) => [step, group])).toEqual([
    ['sign-in-blocked', undefined],
    ['sessions-revoked', undefined],
    ['mailbox-shared', undefined],
    ['group-left', 'Licensing: Office'],
    ['group-left', 'Licensing: Tools'],
  ]);
  expect(outcome.reached).toMatchObject({ licenses: [], groups: [] });
  expect(company.held()).toEqual([]);
  expect(company.groups.map(company.isMember)).toEqual([false, false]);
});

test('everything is given back: memberships, licences, mailbox and sign-in', async () => {
  const company = await aCompany();
  const before = company.held();
  await company.run(left);
  const outcome = await company.run({});
  expect(outcome).toMatchObject({ failure: null, waits: [] });
  expect(outcome.done.map(({ step }) => step)).toEqual([
    ...['sign-in-allowed', 'group-joined', 'group-joined', 'mailbox-regular'],
  ]);
  expect(outcome.reached).not.toHaveProperty('groups');
  expect(company.held()).toEqual(before);
  expect(company.groups.map(company.isMember)).toEqual([true, true]);
  expect(company.emulator.getState('kim')).toMatchObject({ accountEnabled: true, mailbox: { type: 'UserMailbox' } });
});

test('a preview says what the apply then does, and changes no membership', async () => {
  const company = await aCompany();
  const change = company.change('kim', left);
  const planned = { ...change, restore: { ...change.restore, groups: company.groups } };
  const preview = await company.apply(planned, {
    shared: createDryRunContext(company.context({ guard: company.guard() })),
  });
  expect(preview).toMatchObject({ failure: null, heldBack: [], waits: [] });
  expect(company.groups.map(company.isMember)).toEqual([true, true]);
  const steps = preview.done.map(({ step }) => step);
  expect(steps).toEqual((await company.run(left)).done.map(({ step }) => step));
});

test('licences that Entra has not taken yet are waited for by the next run', async () => {
  const company = await aCompany({ switches: { groupLicenseSeconds: 3_600 } }, [office]);
  const waits = { licenses: { everyMs: 5, atMostMs: 20 } };
  const first = await applyWithWaits(company, left, waits);
  expect(first.waits).toMatchObject([{ for: 'group-license' }]);
  expect(first.reached).toMatchObject({ groups: [], licenses: ['SPE_E3', 'VISIOCLIENT'] });
  company.emulator.tenant.clock.advance({ seconds: 3_600 });
  const second = await company.run(left, { change: { from: first.reached } });
  expect(second).toMatchObject({ waits: [], failure: null, reached: { licenses: [], groups: [] } });
});

test('sign-in comes back at once, and mailbox and licences when Entra has given them', async () => {
  const company = await aCompany({}, [office]);
  const gone = await company.run(left);
  company.emulator.tenant.switches.groupLicenseSeconds = 3_600;
  const first = await applyWithWaits(company, {}, { licenses: { everyMs: 5, atMostMs: 20 } }, { from: gone.reached });
  expect(first.waits.map(({ for: what }) => what)).toEqual(['group-license', 'group-license']);
  expect(company.emulator.getState('kim')).toMatchObject({ accountEnabled: true, mailbox: { type: 'SharedMailbox' } });
  expect(first.reached).toMatchObject({ accountEnabled: true, licenses: [], mailbox: 'shared' });
  company.emulator.tenant.clock.advance({ seconds: 3_600 });
  const second = await company.run({}, { change: { from: first.reached } });
  expect(second).toMatchObject({ waits: [], failure: null, reached: { licenses: ['SPE_E3', 'VISIOCLIENT'] } });
  expect(company.emulator.getState('kim')).toMatchObject({ mailbox: { type: 'UserMailbox' } });
});

function applyWithWaits(
  company: Awaited<ReturnType<typeof aCompany>>,
  to: Partial<DesiredState>,
  waits: { licenses: { everyMs: number; atMostMs: number } },
  more: Partial<AccountChange> = {},
) {
  const first = company.change('kim');
  const change = {
    ...first,
    restore: { ...first.restore, groups: company.groups },
    to: { ...first.from, ...to },
    ...more,
  };
  const usual = { everyMs: 20, atMostMs: 120_000 };
  return company.apply(change, { guard: company.guard(), waits: { mailbox: usual, directory: usual, ...waits } });
}

test.each<[string, Partial<GroupInput>, string]>([
  ['finds its members by a rule', { membershipRule: 'user.department -eq "Sales"' }, 'group-dynamic'],
  ['comes from Active Directory', { synced: true }, 'group-synced'],
  ['has mail', { kind: 'mail-enabled security' }, 'group-mail-enabled'],
  ['is one of Microsoft 365', { kind: 'microsoft365' }, 'group-mail-enabled'],
  ['is a team', { kind: 'team' }, 'group-mail-enabled'],
  ['has an app role', { appRoles: ['Payroll'] }, 'group-gives-more'],
  ['is named by Conditional Access', { conditionalAccess: 'exclude' }, 'group-gives-more'],
  ['is in another group', { memberOf: ['Everybody'] }, 'group-gives-more'],
])('nobody is taken out of a group that %s', async (_, properties, reason) => {
  const company = await aCompany({}, [{ ...tools, ...properties }]);
  const outcome = await company.run(left);
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'POWER_BI_PRO', reason }]);
  expect(outcome).toMatchObject({ failure: null, reached: { licenses: ['POWER_BI_PRO'] } });
  expect(outcome.reached).not.toHaveProperty('groups');
  expect(company.groups.map(company.isMember)).toEqual([true]);
  expect(deletions(company)).toEqual([]);
});

test('policy.yaml accepts a group that gives more', async () => {
  const company = await aCompany({}, [{ ...tools, appRoles: ['Payroll'], memberOf: ['Everybody'] }]);
  const outcome = await company.run(left, {
    guard: company.guard([{ name: 'Licensing: Tools', givesMore: 'accepted' }]),
  });
  expect(outcome).toMatchObject({ heldBack: [], reached: { groups: [], licenses: [] } });
});

test.each<[string, readonly NamedGroup[], GroupInput[], string]>([
  ['that policy.yaml does not name any more', [], [tools], 'inherited-from-group'],
  [
    'whose name another group has',
    [{ name: 'Licensing: Tools' }],
    [tools, { displayName: 'Licensing: Tools' }],
    'group-name-shared',
  ],
])('a group %s is not left', async (_, entries, givers, reason) => {
  const company = await aCompany({}, [tools]);
  const { directory, clock } = company.emulator.tenant;
  for (const { displayName } of givers.slice(1)) addGroup(directory, clock.now(), { displayName });
  const outcome = await company.run(left, { guard: company.guard(entries) });
  expect(outcome.heldBack).toMatchObject([{ skuPartNumber: 'POWER_BI_PRO', reason }]);
  expect(deletions(company)).toEqual([]);
});

test('who is in a group that can hold roles is privileged, and loses nothing', async () => {
  const company = await aCompany({}, [{ ...tools, roleAssignable: true }]);
  expect(await company.run(left)).toMatchObject({ done: [], refused: [{ code: 'protected' }] });
});

test('one licence that has to stay holds the membership', async () => {
  const company = await aCompany({}, [office]);
  company.emulator.applyEvents('kim', { mailbox: { litigationHold: true } });
  const outcome = await company.run(left);
  expect(outcome.heldBack.map(({ skuPartNumber, reason }) => [skuPartNumber, reason])).toEqual([
    ['SPE_E3', 'litigation-hold'],
    ['VISIOCLIENT', 'group-license-stays'],
  ]);
  expect(company.groups.map(company.isMember)).toEqual([true]);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['comes from Active Directory', { onPremisesSyncEnabled: true }, /Active Directory/],
  ['can hold roles', { isAssignableToRole: true }, /can hold roles/],
  ['has a rule', { groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Oslo"' }, /by the rule/],
])('nobody is put back into a group that by now %s, and the run names it', async (_, properties, words) => {
  const company = await aCompany();
  await company.run(left);
  const group = company.emulator.tenant.directory.groups.get(company.groups[1]?.id ?? '');
  Object.assign(group?.properties ?? {}, properties);
  const outcome = await company.run({});
  expect(outcome.failure).toMatchObject({ code: 'licence-not-given', message: expect.stringMatching(words) });
  expect(outcome.failure?.message).toContain('Licensing: Tools');
  expect(company.held()).toEqual(['SPE_E3', 'VISIOCLIENT']);
  expect(company.groups.map(company.isMember)).toEqual([true, false]);
});

test('a membership that the file keeps is said to stay, and nobody is told to end it by hand', async () => {
  const company = await aCompany();
  const [, kept] = company.groups;
  const outcome = await company.run({ ...left, licenses: ['POWER_BI_PRO'], groups: [kept?.id ?? ''] });
  expect(outcome.heldBack).toMatchObject([
    { skuPartNumber: 'POWER_BI_PRO', reason: 'group-license-stays', because: expect.stringContaining('as reviewed') },
  ]);
  expect(company.groups.map(company.isMember)).toEqual([false, true]);
});

test('a product that somebody assigned directly since the review is said to be held still', async () => {
  const company = await aCompany({}, [tools]);
  const planned = company.change('kim');
  company.emulator.applyEvents('kim', { addLicenses: ['POWER_BI_PRO'] });
  const outcome = await company.run(left, { change: { from: planned.from } });
  expect(outcome.heldBack).toMatchObject([
    { skuPartNumber: 'POWER_BI_PRO', reason: 'assigned-since', because: expect.stringContaining('directly') },
  ]);
  expect(company.groups.map(company.isMember)).toEqual([false]);
});

test('a licence that ends in Error is not given back: the run says what Microsoft says', async () => {
  const company = await aCompany({}, [tools]);
  const gone = await company.run(left);
  company.emulator.tenant.switches.groupLicenseSeconds = 3_600;
  const joined = await applyWithWaits(company, {}, { licenses: { everyMs: 5, atMostMs: 20 } }, { from: gone.reached });
  expect(joined.waits).toMatchObject([{ for: 'group-license' }]);
  // Somebody else takes the last seat before Entra comes to the group.
  company.emulator.tenant.seats.buy(SKUS.POWER_BI_PRO.skuId, 0);
  company.emulator.tenant.clock.advance({ seconds: 3_600 });
  const outcome = await company.run({}, { change: { from: joined.reached } });
  expect(outcome.failure).toMatchObject({ code: 'licence-not-given' });
  expect(outcome.failure?.message).toContain('CountViolation');
  expect(outcome.reached).toMatchObject({ accountEnabled: true, licenses: [] });
});

test.each<[string, GroupInput, boolean]>([
  ['gives licences only, is joined again', tools, true],
  ['gives more, is not', { ...tools, appRoles: ['Payroll'] }, false],
])('a group that policy.yaml has ceased to name and that %s', async (_, group, isJoined) => {
  const company = await aCompany({}, [group]);
  await company.run(left, { guard: company.guard([{ name: 'Licensing: Tools', givesMore: 'accepted' }]) });
  expect(company.groups.map(company.isMember)).toEqual([false]);
  await company.run({}, { guard: company.guard([]) });
  expect(company.groups.map(company.isMember)).toEqual([isJoined]);
});

test('a group that is gone gives nothing back, and the run names it', async () => {
  const company = await aCompany();
  await company.run(left);
  company.emulator.tenant.directory.groups.delete(company.groups[1]?.id ?? '');
  const outcome = await company.run({});
  expect(outcome.failure).toMatchObject({
    code: 'licence-not-given',
    message: expect.stringContaining('Licensing: Tools'),
  });
  expect(outcome.reached.groups).toEqual([company.groups[0]?.id]);
  expect(company.held()).toEqual(['SPE_E3', 'VISIOCLIENT']);
  expect(company.emulator.getState('kim')).toMatchObject({ accountEnabled: true });
});

test('without a free seat nothing is joined', async () => {
  const company = await aCompany({}, [tools]);
  await company.run(left);
  company.emulator.tenant.seats.buy(SKUS.POWER_BI_PRO.skuId, 0);
  const outcome = await company.run({});
  expect(outcome.failure).toMatchObject({ code: 'no-seats' });
  expect(company.groups.map(company.isMember)).toEqual([false]);
});

test('an apply that may not change members says what to do, and has left nothing', async () => {
  const { apply } = { apply: { appRoles: [...IDENTITY_ROLES.apply, 'Directory.Read.All' as const], exchangeCmdlets } };
  const company = await aCompany({ identities: { apply } }, [tools]);
  const outcome = await company.run(left);
  expect(outcome.failure).toMatchObject({ code: 'group-forbidden', remedy: expect.stringContaining('dormant doctor') });
  expect(outcome.reached).toMatchObject({ accountEnabled: false, licenses: ['POWER_BI_PRO'] });
  expect(outcome.reached).not.toHaveProperty('groups');
});

test('who is out of the group already, or in it again, is as wanted', async () => {
  const company = await aCompany({}, [tools]);
  await company.run(disabled);
  company.emulator.applyEvents('kim', { removeGroups: ['Licensing: Tools'] });
  expect(await company.run(left)).toMatchObject({ failure: null, reached: { groups: [], licenses: [] } });
  company.emulator.applyEvents('kim', { addGroups: ['Licensing: Tools'] });
  expect(await company.run({})).toMatchObject({ failure: null, reached: { licenses: ['POWER_BI_PRO'] } });
});

const impatient = { licenses: { everyMs: 5, atMostMs: 20 } };

test('a licence that another one needs stays after the group was left: it is held back, and no later run waits for it', async () => {
  const company = await aCompany({}, [office, phones]);
  const named = company.guard([{ name: 'Licensing: Office' }]);
  const outcome = await company.run(left, { guard: named });
  expect(company.groups.map(company.isMember)).toEqual([false, true]);
  expect(outcome).toMatchObject({ failure: null, waits: [] });
  expect(outcome.heldBack.map(({ skuPartNumber, reason }) => [skuPartNumber, reason])).toEqual([
    ['MCOEV', 'inherited-from-group'],
    ['SPE_E3', 'needed-by-another'],
    ['VISIOCLIENT', 'needed-by-another'],
  ]);
  expect(outcome.reached.licenses.toSorted()).toEqual(['MCOEV', 'SPE_E3', 'VISIOCLIENT']);
  const again = await company.run(left, { guard: named });
  expect(again).toMatchObject({ done: [], failure: null, waits: [] });
  expect(again.heldBack.map(({ skuPartNumber }) => skuPartNumber)).toEqual(['MCOEV', 'SPE_E3', 'VISIOCLIENT']);
  const back = await company.run({}, { guard: named });
  expect(back).toMatchObject({ failure: null, waits: [] });
  expect(back.reached.licenses.toSorted()).toEqual(['MCOEV', 'SPE_E3', 'VISIOCLIENT']);
});

test('a direct licence that a group’s licence needs goes after the group was left', async () => {
  const company = await aCompany({}, [phones], ['SPE_E3']);
  const outcome = await company.run(left, { guard: company.guard([{ name: 'Licensing: Phones' }]) });
  expect(outcome).toMatchObject({ failure: null, waits: [], heldBack: [], reached: { licenses: [], groups: [] } });
  expect(company.held()).toEqual([]);
});

test('where Entra takes hours, one account is waited for, and the others are left for the next run', async () => {
  const company = await aCompany({ switches: { groupLicenseSeconds: 3_600 } }, [office, tools]);
  const context = { ...company.context({ guard: company.guard() }), patience: { isSpent: false } };
  const waits: unknown[] = [];
  const shared = {
    ...context,
    // Long enough for a second look on a slow machine.
    waits: { ...context.waits, licenses: { everyMs: 5, atMostMs: 1_000 } },
    onWait: (wait: unknown) => waits.push(wait),
  };
  const change = company.change('kim', left, { restore: { ...company.change('kim').restore, groups: company.groups } });
  const first = await company.apply(change, { shared });
  expect(first.waits.map((wait) => wait.for)).toEqual(['group-license']);
  expect(waits.length).toBeGreaterThan(0);
  waits.length = 0;
  const second = await company.apply({ ...change, from: first.reached }, { shared });
  expect(second.waits.map((wait) => wait.for)).toEqual(['group-license']);
  expect(waits).toEqual([]);
  company.emulator.tenant.clock.advance({ seconds: 3_600 });
  const third = await company.apply({ ...change, from: first.reached }, { shared });
  expect(third).toMatchObject({ waits: [], reached: { licenses: [], groups: [] } });
});

test('a direct licence comes back, too, where its group was left and Entra had not yet followed', async () => {
  const company = await aCompany({ switches: { groupLicenseSeconds: 3_600 } }, [tools], ['POWER_BI_PRO']);
  const before = company.emulator.getState('kim').licenses;
  const gone = await applyWithWaits(company, left, impatient);
  expect(gone.reached).toMatchObject({ licenses: ['POWER_BI_PRO'], groups: [] });
  const back = await applyWithWaits(company, {}, impatient, { from: gone.reached });
  expect(back.done.map(({ step }) => step)).toContain('licenses-changed');
  company.emulator.tenant.clock.advance({ seconds: 3_600 });
  const toTexts = (licenses: typeof before) =>
    licenses.map(({ skuPartNumber, assignedByGroup }) => `${skuPartNumber} ${assignedByGroup}`).toSorted();
  expect(toTexts(company.emulator.getState('kim').licenses)).toEqual(toTexts(before));
});
