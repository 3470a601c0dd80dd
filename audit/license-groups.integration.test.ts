import type { EmulatorOptions } from '@dormant-m365/emulator';
import type { AppRole } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { buildNewAccountFile } from '../policy/plan/build-account-file.ts';
import type { NamedGroup } from '../policy/schemas/policy.ts';
import { anAuditedTenant, auditAppRoles } from './audited-tenant.fixture.ts';

type GroupInput = NonNullable<EmulatorOptions['groups']>[number];

const office: GroupInput = { displayName: 'Licensing: Office', licenses: ['SPE_E3', 'VISIOCLIENT'] };
/** What bootstrap's option `groupUses` lets the audit read. */
const rolesWithUses = [...auditAppRoles, 'Directory.Read.All', 'Policy.Read.All'] as const;

/** Somebody whose licences come from one group, as the audit sees it and writes it down. */
async function found(
  group: GroupInput,
  groups: readonly NamedGroup[],
  { others = [], appRoles = rolesWithUses }: { others?: readonly GroupInput[]; appRoles?: readonly AppRole[] } = {},
) {
  const tenant = await anAuditedTenant({
    users: 0,
    people: [{ kind: 'ana', inactiveDays: 150, licenses: [], groups: [group.displayName] }],
    groups: [group, ...others],
    identities: { audit: { appRoles } },
  });
  const rules = { ...tenant.rules, policy: { ...tenant.rules.policy, licenses: { groups: [...groups] } } };
  const audited = await tenant.audit({ rules });
  const judged = tenant.find(audited, 'ana');
  if (judged === undefined) throw new Error('Ana is on no list');
  const file = buildNewAccountFile(judged, rules, audited.run);
  return { file, savings: judged.judgement.savings, licenses: judged.evidence.licenses };
}

test('a group that policy.yaml names and nothing stands against is in the file, and its licences are money', async () => {
  const { file, savings } = await found(office, [{ name: 'licensing: office' }]);
  expect(file.restore.groups).toMatchObject([{ displayName: 'Licensing: Office' }]);
  expect(file.savings.heldBack).toEqual([]);
  expect(savings.reclaimable.map(({ license }) => license.skuPartNumber).sort()).toEqual(['SPE_E3', 'VISIOCLIENT']);
  expect(file.savings.monthly).toBe(savings.cost);
});

test('a group that policy.yaml does not name is in no file, and its licences stay', async () => {
  const { file, licenses } = await found(office, [{ name: 'Licensing: Office 2' }]);
  expect(file.restore).not.toHaveProperty('groups');
  expect(licenses[0]).not.toHaveProperty('groupObstacles');
  expect(file.savings).toMatchObject({ monthly: 0, heldBack: [{ reason: 'inherited-from-group' }, {}] });
});

test.each<[string, Partial<GroupInput>, string]>([
  ['finds its members by a rule', { membershipRule: 'user.department -ne "None"' }, 'group-dynamic'],
  ['comes from Active Directory', { synced: true }, 'group-synced'],
  ['has mail', { kind: 'mail-enabled security' }, 'group-mail-enabled'],
  ['has an app role', { appRoles: ['Payroll'] }, 'group-gives-more'],
  ['is excluded from Conditional Access', { conditionalAccess: 'exclude' }, 'group-gives-more'],
  ['is in another group', { memberOf: ['Everybody'] }, 'group-gives-more'],
])('what a group gives that %s stays, and the file says why', async (_, properties, reason) => {
  const { file } = await found({ ...office, ...properties }, [{ name: 'Licensing: Office' }]);
  expect(file.savings.heldBack.map((entry) => entry.reason)).toEqual([reason, reason]);
  expect(file.savings.monthly).toBe(0);
});

test('a name that two groups have holds both; the id is meant for one', async () => {
  const twin = { displayName: 'Licensing: Office' };
  const shared = await found(office, [{ name: 'Licensing: Office' }], { others: [twin] });
  expect(shared.file.savings.heldBack).toMatchObject([{ reason: 'group-name-shared' }, {}]);
  const id = '3c0f2b0e-5a1d-4c5e-9d52-0b7a6b1f3e99';
  const named = await found({ ...office, id }, [{ id }], { others: [twin] });
  expect(named.file.savings.heldBack).toEqual([]);
});

test('what may not be read of a group counts as more than licences, unless policy.yaml accepts it', async () => {
  const blind = { appRoles: auditAppRoles };
  const { file } = await found(office, [{ name: 'Licensing: Office' }], blind);
  expect(file.savings.heldBack).toMatchObject([{ reason: 'group-gives-more' }, {}]);
  const accepted = await found(office, [{ name: 'Licensing: Office', givesMore: 'accepted' }], blind);
  expect(accepted.file.savings.heldBack).toEqual([]);
});
