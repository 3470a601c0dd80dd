import { expect, test } from 'vitest';
import { aLicense, idOf } from '../../policy/account.fixture.ts';
import { anAudit } from '../report/audit.fixture.ts';
import { aPerson, type Person } from '../report/person.fixture.ts';
import { describeUnmovedNext } from './next-steps.ts';

const shared = {
  accountEnabled: false,
  mailbox: { recipientType: 'shared', storageUsedBytes: 1, hasArchive: false, hold: 'none' },
} as const;

const withFiles = {
  oneDrive: { kind: 'seen', storageUsedBytes: 3.1 * 1024 ** 3, files: 812, lastUsedOn: '2026-06-30' },
  licenses: [
    aLicense('SPE_E3', {
      assignedByGroup: idOf('everybody'),
      groupName: 'Everybody',
      dynamicGroup: { membershipRule: 'user.accountEnabled -eq true' },
    }),
  ],
} as const;

test.each<[string, Person, string]>([
  [
    'who is still enabled after all days of Disable',
    aPerson({}, { inForce: { stage: 'disable', since: '2026-11-25' } }),
    'waits until the tenant shows sign-in blocked and the mailbox as a shared mailbox',
  ],
  [
    'who still has licences in Delicense',
    aPerson(shared, { inForce: { stage: 'delicense', since: '2026-12-01' }, isUnapplied: true }),
    'waits until the tenant shows SPE_E3 removed',
  ],
  [
    'who only has to wait for the days',
    aPerson({}, { inForce: { stage: 'notify', since: '2026-12-01' } }),
    'objections from 8 December',
  ],
  [
    'who would lose files with the block',
    aPerson(withFiles, { inForce: { stage: 'review', since: '2026-11-25' } }),
    'and with it 3.1 GB of OneDrive that nobody has released',
  ],
  [
    'who will lose files with the block, if nothing changes',
    aPerson(withFiles, { inForce: { stage: 'notify', since: '2026-12-01' } }),
    'objections from 8 December; set aside instead of blocked',
  ],
])('%s: report and CSV say what they wait for, and promise no step before that', (_, person, words) => {
  const audit = anAudit({ people: [person] });
  const [unmoved] = audit.plan.held;
  if (unmoved === undefined) throw new Error('Nobody stays in a stage.');
  const text = describeUnmovedNext(unmoved, audit);
  expect(text).toContain(words);
  if (unmoved.movesOn === null) expect(text).not.toMatch(/removed from|deletable/);
});
