import { expect, test } from 'vitest';
import { idOf } from '../account.fixture.ts';
import { aPolicy } from '../policy.fixture.ts';
import type { NamedGroup } from '../schemas/policy.ts';
import { findNamedGroup, type LicenseGroupReading, listGroupObstacles } from './license-groups.ts';

const id = idOf('office');
const named: NamedGroup = { id };

/** An assigned security group of the cloud that gives licences and nothing else, as Graph shows it. */
function aReading(change: Partial<LicenseGroupReading> & { properties?: object } = {}): LicenseGroupReading {
  const { properties, ...rest } = change;
  const group = {
    groupTypes: [],
    membershipRule: null,
    onPremisesSyncEnabled: null,
    isAssignableToRole: null,
    mailEnabled: false,
    securityEnabled: true,
    resourceProvisioningOptions: [],
    ...properties,
  };
  return { group, uses: { applications: [], policies: [], groups: [] }, hasNamesake: false, ...rest };
}

test('an assigned security group that gives licences only may be left', () => {
  expect(listGroupObstacles(aReading(), named)).toEqual([]);
});

test.each<[string, Parameters<typeof aReading>[0], NamedGroup | undefined, string]>([
  ['that is gone or hidden', { group: null }, undefined, 'group-unread'],
  ['whose kind is not shown', { properties: { mailEnabled: undefined } }, undefined, 'group-unread'],
  ['with a rule', { properties: { groupTypes: ['DynamicMembership'] } }, undefined, 'group-dynamic'],
  [
    'with a rule that is paused',
    { properties: { membershipRule: 'user.city -eq "Oslo"' } },
    undefined,
    'group-dynamic',
  ],
  ['from Active Directory', { properties: { onPremisesSyncEnabled: true } }, undefined, 'group-synced'],
  ['that can hold roles', { properties: { isAssignableToRole: true } }, undefined, 'group-role-assignable'],
  ['with mail', { properties: { mailEnabled: true } }, undefined, 'group-mail-enabled'],
  ['for mail only', { properties: { mailEnabled: true, securityEnabled: false } }, undefined, 'group-mail-enabled'],
  ['of Microsoft 365', { properties: { groupTypes: ['Unified'] } }, undefined, 'group-mail-enabled'],
  ['that is a team', { properties: { resourceProvisioningOptions: ['Team'] } }, undefined, 'group-gives-more'],
  [
    'with an app role',
    { uses: { applications: ['Salesforce'], policies: [], groups: [] } },
    undefined,
    'group-gives-more',
  ],
  [
    'of Conditional Access',
    { uses: { applications: [], policies: ['MFA'], groups: [] } },
    undefined,
    'group-gives-more',
  ],
  ['in another group', { uses: { applications: [], policies: [], groups: ['All'] } }, undefined, 'group-gives-more'],
  [
    'of which apps may not be read',
    { uses: { applications: null, policies: [], groups: [] } },
    undefined,
    'group-gives-more',
  ],
  [
    'of which policies may not be read',
    { uses: { applications: [], policies: null, groups: [] } },
    undefined,
    'group-gives-more',
  ],
  [
    'of which groups may not be read',
    { uses: { applications: [], policies: [], groups: null } },
    undefined,
    'group-gives-more',
  ],
  ['whose name another has', { hasNamesake: true }, { name: 'Office' }, 'group-name-shared'],
])('a group %s may not be left', (_, reading, entry = named, reason) => {
  expect(listGroupObstacles(aReading(reading), entry)[0]?.reason).toBe(reason);
});

test('policy.yaml accepts what a group gives more, and nothing else', () => {
  const accepted: NamedGroup = { id, givesMore: 'accepted' };
  const uses = { applications: null, policies: ['MFA'], groups: ['All'] };
  expect(listGroupObstacles(aReading({ uses }), accepted)).toEqual([]);
  const synced = aReading({ uses, properties: { onPremisesSyncEnabled: true } });
  expect(listGroupObstacles(synced, accepted)).toEqual([{ reason: 'group-synced' }]);
});

test('where policy.yaml says the id, another group of its name does not matter', () => {
  expect(listGroupObstacles(aReading({ hasNamesake: true }), named)).toEqual([]);
});

test('a group is named by id or name in any case, and the stricter entry counts', () => {
  const policy = (...groups: NamedGroup[]) => aPolicy({ licenses: { groups } });
  const group = { id, displayName: 'Licensing: Office' };
  expect(findNamedGroup(policy(), group)).toBeNull();
  expect(findNamedGroup(aPolicy(), group)).toBeNull();
  expect(findNamedGroup(policy({ id: id.toUpperCase() }), group)).not.toBeNull();
  expect(findNamedGroup(policy({ name: 'LICENSING: office' }), group)).not.toBeNull();
  expect(findNamedGroup(policy({ name: 'Licensing: Office 2' }), group)).toBeNull();
  expect(findNamedGroup(policy({ name: 'Licensing: Office' }), { id, displayName: null })).toBeNull();
  expect(findNamedGroup(policy({ id, givesMore: 'accepted' }, { name: 'Licensing: Office' }), group)).toEqual({
    name: 'Licensing: Office',
  });
});
