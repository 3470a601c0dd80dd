import { expect, test } from 'vitest';
import { findGitHubReferences, renderMarkdown } from '../../../forge/markdown/rendered-markdown.fixture.ts';
import { idOf } from '../../../policy/account.fixture.ts';
import { serialiseEscalations } from '../../../policy/files/escalations-file.ts';
import { anAudit } from '../../report/audit.fixture.ts';
import { aPerson } from '../../report/person.fixture.ts';
import { groupPlan } from '../group-plan.ts';
import { formatPullRequestTitle, renderPullRequestBody } from './body.ts';

const cara = aPerson({
  userPrincipalName: 'cara.vo@contoso.com',
  displayName: 'Cara *Vo* @all',
  jobTitle: 'Chief | Financial Officer',
});
const { policy } = anAudit();
const withHr = { policy: { notifications: { ...policy.notifications, hrContact: 'hr@contoso.com' } } };
const onMain = serialiseEscalations([
  {
    ...{ id: idOf('zoe@contoso.com'), userPrincipalName: 'zoe@contoso.com', displayName: 'Zoe Lang' },
    ...{ why: 'job title "CEO"', lastActivity: '2026-06-01', since: '2026-11-30' },
  },
]);

test('an executive is named with what they were recognised by, since when, and who is told', () => {
  const result = anAudit({ people: [cara], ...withHr });
  const body = renderPullRequestBody(result);
  expect(formatPullRequestTitle(result)).toBe('Dormant contoso: escalate 1 to HR (7 December 2026)');
  expect(body.split('\n')[0]).toContain(
    '**Merging this takes nothing away from anybody.** 1 executive is put on HR’s list, and no account of theirs changes.',
  );
  expect(body).toContain('### Executives for HR: 1 new');
  expect(body).toContain('nothing changes for their accounts');
  expect(body).toContain('`hr@contoso.com` gets one mail about the new ones, and about nobody twice within 90 days.');
  const rendered = renderMarkdown(body);
  expect(findGitHubReferences(rendered)).toEqual([]);
  expect(rendered.textContent).toContain('job title "Chief | Financial Officer"');
  expect(rendered.textContent).toContain('since 15 July');
});

test('where no contact is set, the body says that HR gets no mail', () => {
  const body = renderPullRequestBody(anAudit({ people: [cara] }));
  expect(body).toContain('HR gets no mail, because `notifications.hrContact` is not set');
});

test('anyone who leaves the list does so with the reason, and nobody is written to for that', () => {
  const body = renderPullRequestBody(anAudit({ people: [], escalationsText: onMain, ...withHr }));
  expect(body).toContain('### Executives for HR: 1 off the list');
  expect(body).toContain('leaves it: the tenant no longer has this account');
  expect(body).not.toContain('hr@contoso.com');
});

test('a week in which nobody is new or leaves has no such section', () => {
  const zoe = aPerson({ userPrincipalName: 'zoe@contoso.com', displayName: 'Zoe Lang', jobTitle: 'CEO' });
  const body = renderPullRequestBody(anAudit({ people: [zoe], escalationsText: onMain }));
  expect(body).not.toContain('Executives for HR');
});

test('a department’s pull request names no executive’s entry, and HR’s own names them all', () => {
  const result = anAudit({ people: [aPerson(), cara] });
  const groups = groupPlan(result.plan, { ...policy.proposal, groupBy: 'department' });
  const bodies = groups.map(({ branch, plan }) => [branch, renderPullRequestBody({ ...result, plan })] as const);
  const withList = bodies.filter(([, body]) => body.includes('Executives for HR'));
  expect(withList.map(([branch]) => branch)).toEqual(['dormant/contoso/escalations']);
});
