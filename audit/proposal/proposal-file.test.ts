import { expect, test } from 'vitest';
import { addRemainingDoubts } from '../collect/data-quality.ts';
import { anAudit, anAuditResult } from '../report/audit.fixture.ts';
import { renderHtmlReport } from '../report/html.ts';
import { buildProposal } from './proposal-file.ts';

const isDraft = (...change: Parameters<typeof anAudit>) =>
  buildProposal(anAuditResult(...change), { main: 'abc', branches: new Map() }, { main: 'main' }).isDraft;

const risk = (privileged: object) => {
  const { policy } = anAudit();
  return { policy: { risk: { ...policy.risk, privileged } } };
};

test.each<[string, Parameters<typeof anAudit>[0], boolean]>([
  ['all sources were complete', {}, false],
  ['sign-ins could not be read', { quality: { signIns: 'unavailable' } }, true],
  ['who may activate a role could not be read', { quality: { roleEligibility: 'unavailable' } }, true],
  ['who may activate a group could not be read', { quality: { groupEligibility: 'unavailable' } }, true],
  [
    'it could not be read, and the policy does not ask for it',
    { quality: { groupEligibility: 'unavailable' }, ...risk({ groupEligibility: 'optional' }) },
    false,
  ],
  [
    'it could not be read, in a policy from before it could be asked for',
    { quality: { groupEligibility: 'unavailable' }, ...risk({}) },
    true,
  ],
  [
    'the tenant has no licence for eligibility',
    { quality: { roleEligibility: 'unlicensed', groupEligibility: 'unlicensed' } },
    false,
  ],
  ['units could not be named', { quality: { restrictedUnits: 'unavailable' } }, false],
  [
    'units could not be named, and the policy asks for it',
    { quality: { restrictedUnits: 'unavailable' }, ...risk({ restrictedUnits: 'required' }) },
    true,
  ],
])('where %s, the pull request is a draft: %#', (_, change, draft) => {
  expect(isDraft(change)).toBe(draft);
});

test('what may not be read about the privileged is said in the pull request and in the report', () => {
  const { quality, policy } = anAudit({ quality: { groupEligibility: 'unavailable' } });
  const none = { withoutSignIns: { inDoubt: 0, notAsked: 0 }, openMailboxes: { inactive: 0, watched: 0 } };
  const doubts = { ...none, unreadable: [], absent: new Map() };
  const change = { quality: addRemainingDoubts(quality, doubts, policy) };
  const { groups } = buildProposal(anAuditResult(change), { main: 'abc', branches: new Map() }, { main: 'main' });
  for (const text of [groups[0]?.body, renderHtmlReport(anAudit(change))])
    expect(text).toContain('PrivilegedEligibilitySchedule.Read.AzureADGroup');
});
