import { expect, test } from 'vitest';
import { aLicense, idOf, lastSeen } from '../../policy/account.fixture.ts';
import type { AssignedLicense, Evidence } from '../../policy/evidence.ts';
import type { GroupObstacle } from '../../policy/licenses/license-groups.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import { anAudit } from '../report/audit.fixture.ts';
import { aPerson, type Person } from '../report/person.fixture.ts';
import { describeBelongings } from './belongings.ts';
import { describeMoveNext, describeUnmovedNext } from './next-steps.ts';
import { countMerge, sumMoney } from './totals.ts';

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

/** A licence of a group that policy.yaml names. */
function given(sku: string, groupName: string, groupObstacles: readonly GroupObstacle[] = []): AssignedLicense {
  return aLicense(sku, { assignedByGroup: idOf(groupName), groupName, groupObstacles });
}

const office = 'Licensing: Office';

function aMove(licenses: Evidence['licenses'], stage: Stage = 'disable') {
  const applied = stage === 'disable' ? shared : {};
  const person = aPerson({ ...applied, licenses }, { inForce: { stage, since: '2026-11-16' } });
  const audit = anAudit({ people: [person] });
  const [move] = audit.plan.moves;
  if (move === undefined) throw new Error('nobody moves');
  return { audit, move, next: describeMoveNext(move, audit) };
}

test('a move to Delicense says which licences go by themselves, which by leaving which group, and when Microsoft takes those', () => {
  const { audit, next } = aMove([aLicense('EMS'), given('SPE_E3', office), given('VISIOCLIENT', office)]);
  expect(next).toContain(
    'EMS removed directly, SPE_E3 and VISIOCLIENT removed by taking the account out of the group Licensing: Office: USD 61.60 a month; what a group gave goes minutes to hours after the account is out of it',
  );
  // What goes by leaving a group is saved like what goes directly.
  expect(countMerge(audit)).toMatchObject({ unlicensed: 1, monthly: 61.6 });
  expect(sumMoney(audit)).toMatchObject({ reclaimable: { monthly: 61.6 }, heldBack: { accounts: 0 } });
});

test('a product that is direct and from a group is said to go in both ways, and is paid once', () => {
  const { audit, next } = aMove([aLicense('SPE_E3'), given('SPE_E3', office)]);
  expect(next).toContain(
    'SPE_E3 removed directly, SPE_E3 removed by taking the account out of the group Licensing: Office',
  );
  expect(countMerge(audit).monthly).toBe(36);
});

test.each<[string, AssignedLicense, string]>([
  [
    'with a rule',
    given('EMS', 'Everybody', [{ reason: 'group-dynamic', rule: '(user.city -eq "Oslo")' }]),
    'EMS stays: its group Everybody finds its members by the rule user.city -eq "Oslo"',
  ],
  [
    'with a team',
    given('EMS', 'Sales', [{ reason: 'group-gives-more', uses: [{ kind: 'team', name: null }] }]),
    'EMS stays: its group Sales gives more than licences (a team); `givesMore: accepted` in policy.yaml lets it be left all the same',
  ],
  [
    'that policy.yaml does not name',
    aLicense('EMS', { assignedByGroup: idOf('All'), groupName: 'All' }),
    'EMS stays: inherited from the group All, which policy.yaml does not name',
  ],
])('a membership that stays, in a group %s, is named with what an admin can do', (_, license, words) => {
  const { move, audit, next } = aMove([aLicense('SPE_E3'), license]);
  expect(next).toContain(words);
  // Weeks before, too.
  expect(describeBelongings(move, 'disable', audit).join()).toContain(words.replace('stays', 'will stay'));
});

test('the weeks before, the group is named with the step that leaves it', () => {
  expect(aMove([given('SPE_E3', office)], 'notify').next).toMatch(
    /licences removed \(out of the group Licensing: Office\) from \d+ December/,
  );
});

test('who comes back is told which memberships are given back', () => {
  const active = { usage: lastSeen({ teams: '2026-12-03' }) };
  const person = aPerson(
    { ...active, licenses: [given('SPE_E3', office)] },
    { inForce: { stage: 'delicense', since: '2026-11-30' } },
  );
  const audit = anAudit({ people: [person] });
  const [move] = audit.plan.moves;
  if (move === undefined) throw new Error('nobody moves');
  expect(describeMoveNext(move, audit)).toContain('its membership in the group Licensing: Office');
});
