import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appRoles, isReadOnlyRole } from './app-roles.ts';
import { exchangeGroups, listExchangeEntries } from './exchange-roles.ts';
import { grantOptions, grants, listAppRoles, pipelineIdentities } from './grants.ts';
import { findBreaches, guarantees } from './guarantees.ts';

const everything = new Set(grantOptions);

test('with every option granted, no guarantee is broken', () => {
  for (const identity of pipelineIdentities) {
    expect(guarantees.filter((guarantee) => guarantee.identity === identity)).not.toEqual([]);
    expect(findBreaches(identity, listAppRoles(identity, everything))).toEqual([]);
  }
});

test('the audit writes nothing but the setting of the reports', () => {
  const writes = listAppRoles('audit', everything, 'graph').filter((appRole) => !isReadOnlyRole(appRole));
  expect(writes).toEqual(['ReportSettings.ReadWrite.All']);
});

test('what the audit may do in Exchange is reading', () => {
  expect(listExchangeEntries('audit').filter(({ cmdlet }) => !cmdlet.startsWith('Get-'))).toEqual([]);
  const parents = exchangeGroups.audit.roles.map(({ parent }) => parent);
  expect(parents).toEqual(['View-Only Recipients', 'View-Only Configuration']);
});

test('the one thing that the apply may change in Exchange is the type of a mailbox', () => {
  const changing = listExchangeEntries('apply').filter(({ cmdlet }) => !cmdlet.startsWith('Get-'));
  expect(changing).toEqual([{ cmdlet: 'Set-Mailbox', parameters: ['Identity', 'Type'] }]);
});

test.each(pipelineIdentities)(
  'the %s sees the policies of the whole organisation, which are on no mailbox',
  (identity) => {
    expect(listExchangeEntries(identity).map(({ cmdlet }) => cmdlet)).toContain('Get-OrganizationConfig');
  },
);

test('nobody may delete: no role of Graph that does, no Exchange cmdlet that does', () => {
  for (const identity of pipelineIdentities) {
    expect(listAppRoles(identity, everything)).not.toContain('User.ReadWrite.All');
    expect(listExchangeEntries(identity).filter(({ cmdlet }) => cmdlet.startsWith('Remove-'))).toEqual([]);
  }
});

test('nobody may read mail, so no answer to a notice can change anything', () => {
  for (const identity of pipelineIdentities) {
    const ofMail = listAppRoles(identity, everything).filter((appRole) => /^Mail(?!boxSettings)/.test(appRole));
    expect(ofMail.filter((appRole) => appRole !== 'Mail.Send')).toEqual([]);
  }
});

test('the apply reads no report', () => {
  expect(listAppRoles('apply', everything).filter((appRole) => appRole.startsWith('Report'))).toEqual([]);
});

test.each([
  ['audit', 'User.ReadWrite.All'],
  ['audit', 'User.EnableDisableAccount.All'],
  ['audit', 'User.RevokeSessions.All'],
  ['audit', 'LicenseAssignment.ReadWrite.All'],
  ['audit', 'Group.ReadWrite.All'],
  ['apply', 'Group.ReadWrite.All'],
  ['audit', 'Mail.Send'],
  ['audit', 'Directory.ReadWrite.All'],
  ['audit', 'AppRoleAssignment.ReadWrite.All'],
  ['audit', 'Something.Manage.All'],
  ['apply', 'User.ReadWrite.All'],
  ['apply', 'User.DeleteRestore.All'],
  ['apply', 'Directory.ReadWrite.All'],
  ['apply', 'RoleManagement.ReadWrite.Directory'],
  ['apply', 'Application.ReadWrite.OwnedBy'],
  ['apply', 'Reports.Read.All'],
  ['apply', 'ReportSettings.Read.All'],
  ['apply', 'Mail.ReadWrite'],
] as const)('a grant too many is a breach: %s with %s', (identity, appRole) => {
  const found = findBreaches(identity, [...listAppRoles(identity, everything), appRole]);
  expect(found.map((breach) => breach.appRole)).toContain(appRole);
});

test('whatever is left out, the rest is a part of the whole and breaks nothing', () => {
  fc.assert(
    fc.property(fc.subarray([...grantOptions]), fc.constantFrom(...pipelineIdentities), (chosen, identity) => {
      const granted = listAppRoles(identity, new Set(chosen));
      const all = listAppRoles(identity, everything);
      return granted.every((each) => all.includes(each)) && findBreaches(identity, granted).length === 0;
    }),
  );
});

test('no role stands twice for one identity, and every id is a GUID of its own', () => {
  for (const identity of pipelineIdentities) {
    const names = grants[identity].map(({ appRole }) => appRole);
    expect(new Set(names).size).toBe(names.length);
  }
  const ids = Object.values(appRoles).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('every role of the catalogue is granted to somebody', () => {
  const granted = new Set(pipelineIdentities.flatMap((identity) => listAppRoles(identity, everything)));
  expect(Object.keys(appRoles).filter((name) => ![...granted].some((each) => each === name))).toEqual([]);
});
