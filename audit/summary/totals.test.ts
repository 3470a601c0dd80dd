import { describe, expect, it } from 'vitest';
import { aLicense, anAccount, aRun, idOf, lastSeen } from '../../policy/account.fixture.ts';
import { anInForceFile } from '../../policy/account-file.fixture.ts';
import type { Evidence } from '../../policy/evidence.ts';
import { listLeftGroups } from '../../policy/files/memberships.ts';
import { judge } from '../../policy/judge/judge.ts';
import { listSkusGoneWithBlock } from '../../policy/licenses/block-losses.ts';
import { buildMovedFile } from '../../policy/plan/build-account-file.ts';
import { theRules } from '../../policy/policy.fixture.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { renderPullRequestBody } from '../proposal/markdown/body.ts';
import { anAudit } from '../report/audit.fixture.ts';
import { aCompany } from '../report/company.fixture.ts';
import { aPerson } from '../report/person.fixture.ts';
import { describeMoveNext } from './next-steps.ts';
import { countMerge, sumMoney } from './totals.ts';

const disabledAndShared = {
  accountEnabled: false,
  mailbox: { recipientType: 'shared', storageUsedBytes: 1, hasArchive: false, hold: 'none' },
} as const;
const group = { assignedByGroup: idOf('All staff'), groupName: 'All staff' };

describe('the money', () => {
  it('of every inactive licence is in exactly one of the four parts', () => {
    const { inactive, reclaimable, heldBack, undecided, leftAlone } = sumMoney(anAudit({ people: aCompany(300) }));
    const sum = reclaimable.monthly + heldBack.monthly + undecided.monthly + leftAlone.monthly;
    expect(sum).toBeCloseTo(inactive.monthly, 2);
    expect(Math.min(reclaimable.monthly, heldBack.monthly, undecided.monthly, leftAlone.monthly)).toBeGreaterThan(0);
  });

  it('of a licence that a group gives has to stay, with its reason', () => {
    const { reclaimable, heldBack } = sumMoney(
      anAudit({ people: [aPerson({ licenses: [aLicense('SPE_E3'), aLicense('EMS', group)] })] }),
    );
    expect(reclaimable).toEqual({ accounts: 1, monthly: 36 });
    expect(heldBack.byReason.get('inherited-from-group')).toEqual({ accounts: 1, monthly: 10.6 });
  });

  it('of an executive waits for a person', () => {
    expect(sumMoney(anAudit({ people: [aPerson({ jobTitle: 'CEO' })] })).undecided).toEqual({
      accounts: 1,
      monthly: 36,
    });
  });

  it('of an exempt account is left alone', () => {
    const exemptions = [{ account: 'ana.*', reason: 'parental leave', owner: 'HR team', until: '2027-01-31' }];
    expect(sumMoney(anAudit({ exemptions })).leftAlone).toEqual({ accounts: 1, monthly: 36 });
  });

  it('of earlier merges is what their files say', () => {
    const gone = aPerson(disabledAndShared, { inForce: { stage: 'delicense', since: '2026-11-30' } });
    expect(sumMoney(anAudit({ people: [gone] })).alreadySaved).toEqual({ accounts: 1, monthly: 36 });
  });
});

describe('a merge', () => {
  it('counts who is blocked apart from who is disabled already', () => {
    const since = { inForce: { stage: 'review', since: '2026-11-30' } } as const;
    const people = [
      aPerson({}, since),
      aPerson({ userPrincipalName: 'ben@contoso.com', accountEnabled: false }, since),
    ];
    expect(countMerge(anAudit({ people }))).toMatchObject({ disable: 2, blocked: 1 });
  });

  it('saves what the removed licences cost, once each', () => {
    const twice = [aLicense('SPE_E3'), aLicense('SPE_E3'), aLicense('EMS', group)];
    const person = aPerson(
      { ...disabledAndShared, licenses: twice },
      { inForce: { stage: 'disable', since: '2026-11-30' } },
    );
    expect(countMerge(anAudit({ people: [person] }))).toMatchObject({
      delicense: 1,
      unlicensed: 1,
      monthly: 36,
    });
  });

  it('counts one person told for all people of one manager, and the fallback contact for those without', () => {
    const people = ['a', 'b', 'c'].map((name) => aPerson({ userPrincipalName: `${name}@contoso.com` }));
    const orphan = aPerson({ userPrincipalName: 'd@contoso.com', manager: null });
    expect(countMerge(anAudit({ people: [...people, orphan] }))).toMatchObject({ notify: 4, managers: 2 });
  });

  it('counts who comes back before the disable as released, after it as restored', () => {
    const active = { usage: lastSeen({ teams: '2026-12-03' }) };
    const people = [
      aPerson(active, { inForce: { stage: 'notify', since: '2026-11-30' } }),
      aPerson(
        { ...active, ...disabledAndShared, userPrincipalName: 'ben@contoso.com' },
        { inForce: { stage: 'disable', since: '2026-11-30' } },
      ),
    ];
    expect(countMerge(anAudit({ people }))).toMatchObject({
      released: 1,
      archived: 0,
      restore: 1,
      notify: 0,
      disable: 0,
    });
  });
});

describe('what dynamic groups take back with the block', () => {
  const group = { assignedByGroup: idOf('Everybody'), groupName: 'Everybody' };
  const taken = aLicense('SPE_E3', { ...group, dynamicGroup: { membershipRule: 'user.accountEnabled -eq true' } });
  const licenses = [taken, aLicense('EMS')];

  it('is saved by the move to Disable, as the comment of its apply says, and not again by the move to Delicense', () => {
    const audit = anAudit({ people: [aPerson({ licenses }, { inForce: { stage: 'review', since: '2026-11-25' } })] });
    const [move] = audit.plan.moves;
    if (move === undefined) throw new Error('nobody moves');
    expect(sumMoney(audit).reclaimable).toEqual({ accounts: 1, monthly: 46.6 });
    expect(countMerge(audit)).toMatchObject({ blocked: 1, monthly: 0, withBlock: { accounts: 1, monthly: 36 } });
    expect(describeMoveNext(move, audit)).toContain('SPE_E3 goes with the block, by its group: USD 36 a month');
    expect(renderPullRequestBody(audit)).toContain(
      'Groups take back licences of 1 account with the block, which saves USD 36 a month',
    );
    expect(move.file).toMatchObject({ stage: 'disable', savings: { monthly: 46.6, heldBack: [] } });
    expect(move.file.desired.licenses).toEqual(['SPE_E3', 'EMS']);
    // The preview and the apply go by the file.
    expect(listSkusGoneWithBlock(move.file)).toEqual(['SPE_E3']);
  });

  const account = anAccount({ licenses });
  const { file } = anInForceFile({ account, stage: 'disable', since: '2026-11-25' });
  const move = (before: AccountFile, now: Evidence) => {
    const [rules, run] = [theRules(), aRun()];
    return buildMovedFile(before, { to: 'delicense', because: '' }, { judged: judge(now, rules, run), rules, run });
  };

  it('is in the file’s sum for good once it has gone', () => {
    const moved = move(file, { ...account, ...disabledAndShared, licenses: [aLicense('EMS')] });
    expect(moved).toMatchObject({ desired: { licenses: [] }, savings: { monthly: 46.6, heldBack: [] } });
  });

  it('leaves no membership behind to be left, even where policy.yaml names the group', () => {
    const groupObstacles = [{ reason: 'group-dynamic', rule: taken.dynamicGroup?.membershipRule ?? null }] as const;
    const named = anAccount({ licenses: [{ ...taken, groupObstacles }, aLicense('EMS')] });
    const before = anInForceFile({ account: named, stage: 'disable', since: '2026-11-25' }).file;
    const moved = move(before, { ...named, ...disabledAndShared, licenses: [aLicense('EMS')] });
    expect(listLeftGroups(moved.desired, moved.restore)).toEqual([]);
    expect(moved).toMatchObject({ desired: { licenses: [] }, savings: { monthly: 46.6 } });
  });

  it('is in no sum while it has not gone', () => {
    const moved = move(file, { ...account, ...disabledAndShared });
    expect(moved).toMatchObject({ desired: { licenses: ['SPE_E3'] }, savings: { monthly: 10.6 } });
  });

  it('stays in Delicense where a reviewer left sign-in allowed', () => {
    const moved = move({ ...file, desired: { ...file.desired, accountEnabled: true } }, account);
    expect(moved.desired).toMatchObject({ accountEnabled: true, licenses: ['SPE_E3'] });
    expect(moved.savings).toMatchObject({
      monthly: 10.6,
      heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'inherited-from-group' }],
    });
  });
});
