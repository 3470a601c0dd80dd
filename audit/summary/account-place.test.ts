import { describe, expect, it } from 'vitest';
import { anAudit } from '../report/audit.fixture.ts';
import { aPerson, type Person } from '../report/person.fixture.ts';
import { createPlaceFinder, describePlace, findStageAfterMerge } from './account-place.ts';

const shared = {
  accountEnabled: false,
  mailbox: { recipientType: 'shared', storageUsedBytes: 1, hasArchive: false, hold: 'none' },
} as const;

describe('where an account stands', () => {
  it.each<[string, Person, string, string | null]>([
    ['who enters', aPerson(), 'enters Notify', 'notify'],
    ['who moves on', aPerson({}, { inForce: { stage: 'review', since: '2026-11-30' } }), 'Review → Disable', 'disable'],
    [
      'who stays',
      aPerson({}, { inForce: { stage: 'notify', since: '2026-12-01' } }),
      'Notify until 8 December',
      'notify',
    ],
    [
      'who is kept',
      aPerson({}, { inForce: { stage: 'keep', since: '2026-12-01' } }),
      'Keep until 1 March 2027',
      'keep',
    ],
    [
      'who is gone from the licences',
      aPerson({ ...shared, licenses: [] }, { inForce: { stage: 'delicense', since: '2026-12-01' } }),
      'Delicense until 30 May 2027',
      'delicense',
    ],
    ['whose pull request was closed', aPerson({}, { declined: true }), 'declined before', null],
    ['an executive', aPerson({ jobTitle: 'CEO' }), 'needs a person', null],
    ['who is synced', aPerson({ onPremisesSyncEnabled: true }), 'needs a person', null],
    ['who is disabled and unlicensed', aPerson({ accountEnabled: false, licenses: [] }), 'left alone', null],
  ])('%s', (_who, person, words, stage) => {
    const audit = anAudit({ people: [person] });
    const judged = audit.inactive[0];
    const place = judged && createPlaceFinder(audit)(judged);
    expect(place && describePlace(place, audit.auditedOn)).toBe(words);
    expect(place && findStageAfterMerge(place)).toBe(stage);
  });

  it('who is over a cap waits behind it, by its name', () => {
    const people = Array.from({ length: 21 }, (_, index) => aPerson({ userPrincipalName: `p${index}@contoso.com` }));
    const audit = anAudit({ people });
    const places = audit.inactive.map((judged) => describePlace(createPlaceFinder(audit)(judged), audit.auditedOn));
    expect(places.filter((words) => words === 'waits: new accounts per department').length).toBe(1);
  });
});
