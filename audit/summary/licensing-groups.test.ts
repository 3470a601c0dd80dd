import { expect, test } from 'vitest';
import { aLicense, idOf } from '../../policy/account.fixture.ts';
import type { AssignedLicense } from '../../policy/evidence.ts';
import type { GroupObstacle } from '../../policy/licenses/license-groups.ts';
import { renderPullRequestBody } from '../proposal/markdown/body.ts';
import { anAudit } from '../report/audit.fixture.ts';
import { renderHtmlReport } from '../report/html.ts';
import { aPerson } from '../report/person.fixture.ts';
import { listGroupNotes, sumByAssignment } from './licensing-groups.ts';

function given(sku: string, groupName: string, groupObstacles?: readonly GroupObstacle[]): AssignedLicense {
  const group = { assignedByGroup: idOf(groupName), groupName };
  return aLicense(sku, { ...group, ...(groupObstacles === undefined ? {} : { groupObstacles }) });
}

function aTeam(size: number, licenses: readonly AssignedLicense[]) {
  return Array.from({ length: size }, (_, index) =>
    aPerson({ userPrincipalName: `person${index}@contoso.com`, displayName: `Person ${index}`, licenses }),
  );
}

const synced: GroupObstacle = { reason: 'group-synced' };

test('what inactive people hold is summed by how it is assigned, and what of it has to stay', () => {
  const people = aTeam(1, [
    aLicense('EMS'),
    aLicense('SPE_E3'),
    given('SPE_E3', 'Office', []),
    given('VISIOCLIENT', 'All staff'),
  ]);
  expect(sumByAssignment(anAudit({ people }))).toEqual({
    direct: { monthly: 10.6, heldBack: 0 },
    byGroup: { monthly: 51, heldBack: 15 },
  });
});

test('a group that is named in vain, one that nobody was seen with, and one of mostly inactive people are pointed out', () => {
  const people = aTeam(5, [given('SPE_E3', 'Office', []), given('EMS', 'Synced', [synced])]);
  const policy = { licenses: { groups: [{ name: 'Office' }, { name: 'Synced' }, { name: 'Ofice' }] } };
  const notes = listGroupNotes(anAudit({ people, policy }));
  expect(notes).toEqual([
    'policy.yaml names the group Synced, but nobody is taken out of it: it has its members from Active Directory, where the account can be taken out of it. What inactive people have from it costs USD 53 a month.',
    'policy.yaml names the group Ofice, but nobody was seen with a licence of such a group.',
    'Of the 5 accounts with a licence of the group Office, 5 are inactive, for USD 180 a month: is it still needed?',
    'Of the 5 accounts with a licence of the group Synced, 5 are inactive, for USD 53 a month: is it still needed?',
  ]);
  const body = renderPullRequestBody(anAudit({ people, policy }));
  expect(body).toContain('### Groups that give licences\n');
  expect(body).toContain('- policy.yaml names the group Ofice, but');
});

test('a tenant whose groups are in order has no list of them in the pull request', () => {
  const body = renderPullRequestBody(anAudit({ people: aTeam(3, [given('SPE_E3', 'Office', [])]) }));
  expect(body).not.toContain('Groups that give licences');
});

test('however many groups are pointed out, the pull request has a few lines, and the report the rest', () => {
  const licenses = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((name) => given('EMS', `Group ${name}`, [synced]));
  const audit = anAudit({ people: aTeam(1, licenses) });
  const body = renderPullRequestBody(audit);
  expect(body.match(/policy\.yaml names the group/g)).toHaveLength(6);
  expect(body).toContain('- 2 more in report.html.');
  expect(renderHtmlReport(audit).match(/<li>policy\.yaml names the group/g)).toHaveLength(8);
});

test('the report shows each group with what it gives, to how many, what it costs, and what a merge does', () => {
  const people = aTeam(2, [
    aLicense('SPE_E3'),
    given('SPE_E3', 'Office', []),
    given('EMS', 'Synced', [synced]),
    given('VISIOCLIENT', '<b>All</b>'),
  ]);
  const page =
    /<section aria-labelledby="groups">.*?<\/section>/s.exec(renderHtmlReport(anAudit({ people })))?.[0] ?? '';
  const row = (...cells: string[]) =>
    `</th>${cells.map((cell, at) => (at > 2 ? `<td><span class="words">${cell}</span></td>` : `<td>${cell}</td>`)).join('')}`;
  expect(page).toContain(
    `<th scope="row">Office${row('2', '2', 'USD 72', 'SPE_E3', 'people are taken out of it, unless a licence of it has to stay')}`,
  );
  expect(page).toContain(
    `<th scope="row">Synced${row('2', '2', 'USD 21.20', 'EMS', 'nobody is taken out of it: it has its members from Active Directory, where the account can be taken out of it')}`,
  );
  expect(page).toContain('<th scope="row">&#60;b&#62;All&#60;/b&#62;</th>');
  expect(page).toContain('not named in policy.yaml, so nobody is taken out of it');
  expect(page).toContain(`<th scope="row">Office${row('SPE_E3', '2')}`);
  expect(page).toContain(
    'USD 0 is assigned directly (USD 0 of it has to stay), and USD 123 comes from groups (USD 51 of it has to stay)',
  );
  expect(renderHtmlReport(anAudit())).not.toContain('Groups that give licences');
});
