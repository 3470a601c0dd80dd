import type { EmulatorOptions } from '@dormant-m365/emulator';
import type { PrivilegeInput } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { applyWithout, aTenantToApplyTo, disabled } from '../tenant/tenant-to-apply-to.fixture.ts';

// Anyone who has become privileged since the review is left alone; so is everybody while nobody can tell who has.

const spare = 'Role: spare, not assigned';
const helpdesk = 'Role: Helpdesk administrators';

test.each<[string, PrivilegeInput, string]>([
  ['owns a role-assignable group', { owns: [spare] }, `owner of the privileged group ${spare}`],
  [
    'may join a group that holds a role',
    { eligibleGroups: [helpdesk] },
    `eligible member of the group ${helpdesk} (PIM for Groups)`,
  ],
  [
    'may own a role-assignable group',
    { eligibleOwnerships: [spare] },
    `eligible owner of the group ${spare} (PIM for Groups)`,
  ],
  ['holds a custom role', { customRoles: ['Licence desk'] }, 'Licence desk (active)'],
  [
    'is in a restricted management unit',
    { restrictedUnits: ['Works council'] },
    'in the restricted management unit Works council',
  ],
  [
    'holds a role over a restricted management unit',
    { scopedRoles: [{ role: 'User Administrator', unit: 'Works council' }] },
    'User Administrator (active, over the restricted management unit Works council)',
  ],
])('a person who by now %s loses nothing', async (_, privilege, because) => {
  const council = { kind: 'council', displayName: 'Council', restrictedUnits: ['Works council'] };
  const { apply, change, emulator, writes } = await aTenantToApplyTo([council]);
  const wanted = change('ana', disabled);
  emulator.applyEvents('ana', { addPrivileges: privilege });
  expect((await apply(wanted)).refused).toEqual([{ code: 'protected', because }]);
  expect(writes()).toEqual([]);
});

const withoutPim: EmulatorOptions = {
  identities: {
    apply: {
      ...applyWithout('AdministrativeUnit.Read.All', 'PrivilegedEligibilitySchedule.Read.AzureADGroup'),
      directoryRoles: ['Exchange Recipient Administrator'],
    },
  },
};
const privileged = (settings: object) => ({ guard: { policy: aPolicy({ risk: { privileged: settings } }) } });

test('while who may activate a group may not be read and the policy asks for it, nothing is taken', async () => {
  const { apply, change, writes } = await aTenantToApplyTo([], withoutPim);
  const { refused, failure } = await apply(change('ana', disabled));
  expect(refused).toMatchObject([
    {
      code: 'privilege-unknown',
      because: expect.stringMatching(/PrivilegedEligibilitySchedule\.Read\.AzureADGroup.*risk\.privileged/),
    },
  ]);
  expect([failure, writes()]).toEqual([null, []]);
});

test('giving back goes on all the same', async () => {
  const { apply, change, emulator, writes } = await aTenantToApplyTo([], withoutPim);
  const blocked = { accountEnabled: false };
  const wanted = change('ana', { accountEnabled: true });
  emulator.applyEvents('ana', blocked);
  const { refused } = await apply({ ...wanted, from: { ...wanted.from, ...blocked } });
  expect(refused).toEqual([]);
  expect(writes()).toEqual(['PATCH /users/ana']);
});

test('where the policy makes it optional, people are blocked', async () => {
  const { apply, change, emulator } = await aTenantToApplyTo([], withoutPim);
  const { refused } = await apply(change('ana', disabled), privileged({ groupEligibility: 'optional' }));
  expect([refused, emulator.getState('ana').accountEnabled]).toEqual([[], false]);
});

test('where the policy asks for the units, too, they have to be readable', async () => {
  const { apply, change } = await aTenantToApplyTo([], withoutPim);
  const settings = { groupEligibility: 'optional', restrictedUnits: 'required' };
  expect((await apply(change('ana', disabled), privileged(settings))).refused).toMatchObject([
    { code: 'privilege-unknown', because: expect.stringContaining('AdministrativeUnit.Read.All') },
  ]);
});

test('without Entra ID P2 nobody is eligible, so people are blocked', async () => {
  const { apply, change, emulator } = await aTenantToApplyTo([], { switches: { premiumP2: false } });
  expect((await apply(change('ana', disabled))).refused).toEqual([]);
  expect(emulator.getState('ana').accountEnabled).toBe(false);
});
