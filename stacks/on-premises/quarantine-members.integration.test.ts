import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import type { PolicyChange } from '../../policy/policy.fixture.ts';
import { createRestraint } from '../restraint.ts';
import { aFile, anInactive, aTenantToApplyTo, type TenantToApplyTo } from '../tenant/tenant-to-apply-to.fixture.ts';
import { listDeclaredResources, type StackContents } from './declared-stack.fixture.ts';
import { groupType } from './quarantine.ts';
import { describeDoubtfulMembers } from './quarantine-members.ts';

// Nobody leaves the quarantine because something could not be read, nobody joins it so, and the run goes on for all others.

const enforced: PolicyChange = { onPremises: { quarantine: 'enforced' } };

const synced = (kind: string): PersonInput =>
  anInactive({ kind, userPrincipalName: `${kind}@contoso.com`, synced: true });

async function heldBy(tenant: TenantToApplyTo, files: StackContents): Promise<unknown> {
  const declared = await listDeclaredResources(tenant, { policy: enforced, ...files });
  return declared.find(({ type }) => type === groupType)?.inputs.members;
}

const unreadable: [string, (tenant: TenantToApplyTo, id: string) => void, Partial<StackContents>][] = [
  [
    'a user that Graph refuses',
    ({ emulator }, id) => emulator.faults.add({ kind: 'status', status: 403, path: `/users/${id}$` }),
    {},
  ],
  [
    'an entry without accountEnabled',
    ({ emulator }) => emulator.applyEvents('rita', { shows: { accountEnabled: null } }),
    {},
  ],
  [
    'a mailbox of unknown kind',
    ({ emulator }, id) => {
      emulator.faults.add({ kind: 'status', status: 404, path: `/users/${id}/mailboxSettings` });
      emulator.faults.add({ kind: 'status', status: 403, path: '/InvokeCommand' });
    },
    { policy: { ...enforced, mailbox: { convert: 'manual' } } },
  ],
  [
    'products that may not be read',
    ({ emulator }) => emulator.faults.add({ kind: 'status', status: 403, path: '/subscribedSkus' }),
    {},
  ],
];

test.each(unreadable)(
  '%s: anyone who is in quarantine stays, nobody joins, the others go on, and it is said',
  async (_, make, more) => {
    const tenant = await aTenantToApplyTo([synced('paul'), synced('rita'), synced('vera')]);
    const idOf = (kind: string) => tenant.emulator.getState(kind).id;
    const accounts = [aFile(tenant, 'rita', 'disable'), aFile(tenant, 'vera', 'keep')];
    make(tenant, idOf('rita'));
    const inState = { ...createRestraint(), heldBefore: new Set(['rita', 'vera'].map(idOf)) };
    expect(await heldBy(tenant, { accounts, ...more, restraint: inState })).toEqual([idOf('rita')]);
    expect(describeDoubtfulMembers(inState.doubtful)[0]).toMatch(/1 synced account .* stays held.*rita@contoso.com: /);
    const empty = { ...createRestraint(), heldBefore: new Set<string>() };
    expect(await heldBy(tenant, { accounts, ...more, restraint: empty })).toBeUndefined();
  },
);

test('where sign-ins cannot be read and the policy asks for them, nobody leaves the quarantine, and nobody joins', async () => {
  const switches = { signInsShownOf: 'nobody' as const };
  const tenant = await aTenantToApplyTo([synced('paul'), synced('rita')], { switches });
  const accounts = ['paul', 'rita'].map((kind) => aFile(tenant, kind, 'disable'));
  const { id } = tenant.emulator.getState('rita');
  const restraint = { ...createRestraint(), heldBefore: new Set([id]) };
  expect(await heldBy(tenant, { accounts, restraint })).toEqual([id]);
  expect(restraint.doubtful).toHaveLength(2);
});

test('one odd account does not end the quarantine of the others, and a reason to let somebody go still counts', async () => {
  const tenant = await aTenantToApplyTo([synced('odd'), synced('paul'), synced('boss')]);
  const idOf = (kind: string) => tenant.emulator.getState(kind).id;
  tenant.emulator.applyEvents('odd', { shows: { accountEnabled: null } });
  tenant.emulator.applyEvents('boss', { addRoles: ['Global Administrator'] });
  const accounts = ['odd', 'paul', 'boss'].map((kind) => aFile(tenant, kind, 'disable'));
  const restraint = { ...createRestraint(), heldBefore: new Set(['odd', 'boss'].map(idOf)) };
  expect(await heldBy(tenant, { accounts, restraint })).toEqual([idOf('odd'), idOf('paul')].sort());
});

test('anyone who is held stays held and is found in the group, although somebody wrote the id in capitals', async () => {
  const tenant = await aTenantToApplyTo([synced('paul'), synced('rita')]);
  const idOf = (kind: string) => tenant.emulator.getState(kind).id;
  const accounts = ['paul', 'rita'].map((kind) => {
    const file = aFile(tenant, kind, 'disable');
    return { ...file, account: { ...file.account, id: file.account.id.toUpperCase() } };
  });
  tenant.emulator.applyEvents('rita', { shows: { accountEnabled: null } });
  const restraint = { ...createRestraint(), heldBefore: new Set([idOf('rita')]) };
  expect(await heldBy(tenant, { accounts, restraint })).toEqual([idOf('paul'), idOf('rita')].sort());
});
