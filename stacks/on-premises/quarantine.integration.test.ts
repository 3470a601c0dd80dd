import type { PersonInput } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { addDays } from '../../policy/evidence.ts';
import type { PolicyChange } from '../../policy/policy.fixture.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import {
  aFile,
  anInactive,
  aTenantToApplyTo,
  type TenantToApplyTo,
  today,
} from '../tenant/tenant-to-apply-to.fixture.ts';
import { type DeclaredResource, listDeclaredResources } from './declared-stack.fixture.ts';
import { groupType, policyType } from './quarantine.ts';

const enforced: PolicyChange = { onPremises: { quarantine: 'enforced' } };

const synced = (kind: string, change: PersonInput = {}): PersonInput =>
  anInactive({ kind, userPrincipalName: `${kind}@contoso.com`, synced: true, ...change });

const cloud = (kind: string) => anInactive({ kind, userPrincipalName: `${kind}@contoso.com` });

const inputsOf = (declared: readonly DeclaredResource[], type: string) =>
  declared.find((each) => each.type === type)?.inputs;

async function heldBy(
  tenant: TenantToApplyTo,
  accounts: readonly AccountFile[],
  more: Partial<Parameters<typeof listDeclaredResources>[1]> = {},
): Promise<unknown> {
  const declared = await listDeclaredResources(tenant, { policy: enforced, accounts, ...more });
  return inputsOf(declared, groupType)?.members;
}

test('exactly the synced accounts whose merged files block sign-in are held', async () => {
  const kinds = ['told', 'asked', 'off', 'gone', 'vetoed', 'back', 'spared'];
  const tenant = await aTenantToApplyTo([...kinds.map((kind) => synced(kind)), cloud('cora')]);
  const spared = aFile(tenant, 'spared', 'disable');
  const accounts = [
    aFile(tenant, 'told', 'notify'),
    aFile(tenant, 'asked', 'review'),
    aFile(tenant, 'off', 'disable'),
    aFile(tenant, 'gone', 'delicense'),
    aFile(tenant, 'vetoed', 'keep'),
    aFile(tenant, 'back', 'restore'),
    aFile(tenant, 'cora', 'disable'),
    { ...spared, desired: { ...spared.desired, accountEnabled: true } },
  ];
  const ids = ['off', 'gone'].map((kind) => tenant.emulator.getState(kind).id).sort();
  expect(await heldBy(tenant, accounts)).toEqual(ids);
  expect(tenant.writes()).toEqual([]);
});

test('one policy blocks the group from every app, and only reports it unless the policy says otherwise', async () => {
  const tenant = await aTenantToApplyTo([synced('paul')]);
  const accounts = [aFile(tenant, 'paul', 'disable')];
  const policyIn = async (quarantine: 'report-only' | 'enforced') =>
    inputsOf(await listDeclaredResources(tenant, { policy: { onPremises: { quarantine } }, accounts }), policyType);
  expect(await policyIn('report-only')).toMatchObject({
    state: 'enabledForReportingButNotEnforced',
    conditions: {
      clientAppTypes: ['all'],
      applications: { includedApplications: ['All'] },
      users: {
        includedGroups: ['quarantine-object'],
        excludedRoles: expect.arrayContaining([expect.any(String)]),
      },
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  });
  expect(await policyIn('enforced')).toMatchObject({ state: 'enabled' });
});

test('without anybody to hold there is no group, no policy and no plugin to install', async () => {
  const tenant = await aTenantToApplyTo([synced('paul')]);
  const azureadIn = async (file: AccountFile, policy: PolicyChange) => {
    const declared = await listDeclaredResources(tenant, { policy, accounts: [file] });
    return declared.filter(({ type }) => type.includes('azuread'));
  };
  expect(await azureadIn(aFile(tenant, 'paul', 'review'), enforced)).toEqual([]);
  expect(await azureadIn(aFile(tenant, 'paul', 'disable'), { onPremises: { quarantine: 'off' } })).toEqual([]);
  expect(tenant.emulator.log.listEntries({ identity: 'apply' })).toEqual([]);
});

test('the provider is given no secret and no client, which the state would keep', async () => {
  const tenant = await aTenantToApplyTo([synced('paul')]);
  const accounts = [aFile(tenant, 'paul', 'disable')];
  const declared = await listDeclaredResources(tenant, { policy: enforced, accounts });
  const given = inputsOf(declared, 'pulumi:providers:azuread') ?? {};
  expect(given).toMatchObject({ tenantId: tenant.tenant.tenantId, environment: 'global' });
  expect(Object.keys(given).filter((key) => /secret|token|certificate|clientId/i.test(key))).toEqual([]);
});

const roles = (...names: string[]): PersonInput => ({ roles: names });

test.each<[string, PersonInput, PolicyChange]>([
  ['an emergency access account', { userPrincipalName: 'breakglass1@contoso.com' }, {}],
  ['an executive', { jobTitle: 'Chief Financial Officer' }, {}],
  ['a service account', { userPrincipalName: 'svc-backup@contoso.com' }, {}],
  ['somebody with a role', roles('Helpdesk Administrator'), {}],
  ['a guest', { userType: 'Guest' }, {}],
  ['whom the policy has named since', {}, { risk: { emergencyAccessAccounts: ['paul@*'] } }],
])('%s is never held, whatever a file says', async (_who, change, policy) => {
  const tenant = await aTenantToApplyTo([synced('paul', change), synced('rita')]);
  // Edited by hand and pushed past the review: the file itself looks harmless.
  const paul = aFile(tenant, 'paul', 'disable');
  const files = [paul, aFile(tenant, 'rita', 'disable')];
  expect(await heldBy(tenant, files, { policy: { ...enforced, ...policy } })).toEqual([
    tenant.emulator.getState('rita').id,
  ]);
});

test('an exempt account is let go, and so is one that is gone or has become somebody else', async () => {
  const tenant = await aTenantToApplyTo(['exempt', 'gone', 'other', 'rita'].map((kind) => synced(kind)));
  const accounts = ['exempt', 'gone', 'other', 'rita'].map((kind) => aFile(tenant, kind, 'disable'));
  const exemption = { account: 'exempt@contoso.com', reason: 'On leave', owner: 'HR', until: today };
  tenant.emulator.applyEvents('gone', { delete: true });
  tenant.emulator.applyEvents('other', { userPrincipalName: 'new@contoso.com', displayName: 'New Person' });
  expect(await heldBy(tenant, accounts, { exemptions: [exemption] })).toEqual([tenant.emulator.getState('rita').id]);
});

test('anyone who has signed in since the review is not held, unless Active Directory has disabled them since', async () => {
  const tenant = await aTenantToApplyTo([synced('paul', { signIn: { successful: 2 } })]);
  const accounts = [aFile(tenant, 'paul', 'disable')];
  expect(await heldBy(tenant, accounts)).toBeUndefined();
  tenant.emulator.applyEvents('paul', { accountEnabled: false });
  expect(await heldBy(tenant, accounts)).toEqual([tenant.emulator.getState('paul').id]);
});

test('old evidence holds nobody who can still sign in, and lets nobody go who cannot', async () => {
  const tenant = await aTenantToApplyTo([synced('paul'), synced('rita')]);
  tenant.emulator.applyEvents('rita', { accountEnabled: false });
  const accounts = ['paul', 'rita'].map((kind) => aFile(tenant, kind, 'disable'));
  expect(await heldBy(tenant, accounts, { today: addDays(today, 31) })).toEqual([tenant.emulator.getState('rita').id]);
});

test('where nobody has asked the state, an account that cannot be read stops the run: to leave it out would let it go', async () => {
  const tenant = await aTenantToApplyTo([synced('paul'), synced('rita')]);
  const { id } = tenant.emulator.getState('rita');
  tenant.emulator.faults.add({ kind: 'status', status: 403, path: `/users/${id}$` });
  const accounts = ['paul', 'rita'].map((kind) => aFile(tenant, kind, 'disable'));
  await expect(heldBy(tenant, accounts)).rejects.toMatchObject({ code: 'request-failed' });
});

test('while nobody can tell who is privileged, the quarantine stays as it is: leaving somebody out would let them go', async () => {
  const appRoles = [
    'GroupMember.Read.All',
    'LicenseAssignment.Read.All',
    'MailboxSettings.Read',
    'RoleManagement.Read.Directory',
    'User.Read.All',
  ] as const;
  const tenant = await aTenantToApplyTo([synced('paul')], { identities: { apply: { appRoles } } });
  await expect(heldBy(tenant, [aFile(tenant, 'paul', 'disable')])).rejects.toMatchObject({
    code: 'privilege-unknown',
    message: expect.stringContaining('The quarantine stays as it is'),
  });
});
