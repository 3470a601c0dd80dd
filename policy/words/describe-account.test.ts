import { describe, expect, it } from 'vitest';
import { lastSeen } from '../account.fixture.ts';
import type { Evidence } from '../evidence.ts';
import { judge } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { theRules } from '../policy.fixture.ts';
import { anAccount, aRun } from '../tenant.fixture.ts';
import { describeEvidence, formatDates, listUpcomingSteps } from './describe-account.ts';
import { formatCount, formatDay, formatList, formatMoney } from './labels.ts';

const stages = {
  notifyDays: 7,
  reviewDays: 14,
  disableDays: 7,
  deleteEligibleAfterDays: 30,
  archiveAfterDays: 180,
  keepDays: 90,
};

describe('the sentence about a person', () => {
  it('names the four services, the day, where it was, and the last successful sign-in', () => {
    expect(
      said(
        { exchange: '2026-07-15', teams: '2026-07-01' },
        { lastSuccessful: '2026-07-15', lastAttempt: '2026-07-15' },
      ),
    ).toBe(
      'no Exchange, OneDrive, SharePoint or Teams activity since 15 July (Exchange); last successful sign-in 15 July',
    );
  });

  it('says the year of another year', () => {
    expect(said({ oneDrive: '2025-02-03' }, { lastSuccessful: null, lastAttempt: null })).toBe(
      'no Exchange, OneDrive, SharePoint or Teams activity since 3 February 2025 (OneDrive); no successful sign-in on record',
    );
  });

  it('names Yammer where it was used last', () => {
    expect(said({ exchange: '2026-05-01', yammer: '2026-06-01' }, { lastSuccessful: null, lastAttempt: null })).toMatch(
      /^no Exchange, OneDrive, SharePoint, Teams or Yammer activity since 1 June \(Yammer\)/,
    );
  });

  it('says that nothing was ever seen', () => {
    expect(said({}, { lastSuccessful: null, lastAttempt: null })).toBe(
      'no Exchange, OneDrive, SharePoint or Teams activity on record; no successful sign-in on record',
    );
  });

  it('says that attempts without a success look like a spray', () => {
    expect(
      said({ teams: '2026-05-01' }, { lastSuccessful: '2026-05-01', lastAttempt: '2026-12-01' }, [
        'no-activity-for-days',
        'signs-of-spray',
      ]),
    ).toMatch(/; sign-in attempts without a success until 1 December: looks like a password spray$/);
  });

  it('says of somebody who is active when and where', () => {
    const judged = account({
      usage: lastSeen({ teams: '2026-12-04' }),
      signIns: { kind: 'read', lastSuccessful: null, lastAttempt: null },
    });
    const active: JudgedAccount = { ...judged, judgement: { ...judged.judgement, verdict: 'active' } };
    expect(describeEvidence(active, '2026-12-07')).toBe(
      'last activity 4 December (Teams); no successful sign-in on record',
    );
  });

  it('says that no sign-in data came, which is not "never"', () => {
    const judged = account({ usage: lastSeen(), signIns: { kind: 'missing' } });
    const unsure: JudgedAccount = {
      ...judged,
      judgement: { ...judged.judgement, verdict: 'insufficient-evidence', reasons: ['sign-in-missing'] },
    };
    expect(describeEvidence(unsure, '2026-12-07')).toMatch(
      /^no sign-in data came for this account, which is not the same as never; .*; no sign-in data$/,
    );
  });

  it('says of attempts without any known success until when there were some, and of no spray', () => {
    const text = said({}, { lastSuccessful: null, lastAttempt: '2026-12-01' }, ['sign-in-attempts-only']);
    expect(text).toMatch(/; no successful sign-in on record; sign-in attempts until 1 December$/);
  });

  it('says what could not be read, and why the evidence does not suffice', () => {
    const judged = account({ usage: { kind: 'missing' }, signIns: { kind: 'unavailable' } });
    const unsure: JudgedAccount = {
      ...judged,
      judgement: { ...judged.judgement, verdict: 'insufficient-evidence', reasons: ['report-row-missing'] },
    };
    expect(describeEvidence(unsure, '2026-12-07')).toBe(
      'the usage report has no row for this account; sign-ins could not be read',
    );
  });
});

describe('what follows a stage', () => {
  it('is dated by the policy, from notify to deletable', () => {
    expect(listUpcomingSteps({ stage: 'notify', since: '2026-12-07' }, stages, [])).toEqual([
      { stage: 'review', on: '2026-12-14' },
      { stage: 'disable', on: '2026-12-28' },
      { stage: 'delicense', on: '2027-01-04' },
      { stage: 'deletable', on: '2027-02-03' },
    ]);
  });

  it('starts at the stage that the account is in', () => {
    expect(listUpcomingSteps({ stage: 'delicense', since: '2026-12-07' }, stages, [])).toEqual([
      { stage: 'deletable', on: '2027-01-06' },
    ]);
  });

  it.each(['keep', 'restore'] as const)('is nothing after %s', (stage) => {
    expect(listUpcomingSteps({ stage, since: '2026-12-07' }, stages, [])).toEqual([]);
  });
});

describe('words', () => {
  it('write days, money, counts and lists in one way', () => {
    expect(formatDay('2026-07-15', '2026-12-07')).toBe('15 July');
    expect(formatDay('2025-07-15', '2026-12-07')).toBe('15 July 2025');
    expect(formatMoney(1234.5, 'USD')).toBe('USD 1,234.50');
    expect(formatMoney(36, 'EUR')).toBe('EUR 36');
    expect([formatCount(1, 'account'), formatCount(1204, 'account'), formatCount(2, 'person', 'people')]).toEqual([
      '1 account',
      '1,204 accounts',
      '2 people',
    ]);
    expect([formatList([]), formatList(['a']), formatList(['a', 'b']), formatList(['a', 'b', 'c'], 'or')]).toEqual([
      '',
      'a',
      'a and b',
      'a, b or c',
    ]);
  });

  it('turn the dates of a reason into words, and nothing that only looks like one', () => {
    expect(
      formatDates('no activity since 2026-07-15 (143 days), until 2026-13-99, id 12026-07-150', '2026-12-07'),
    ).toBe('no activity since 15 July (143 days), until 2026-13-99, id 12026-07-150');
  });
});

type SignIns = Omit<Extract<Evidence['signIns'], { kind: 'read' }>, 'kind'>;
type Days = Partial<Extract<Evidence['usage'], { kind: 'row' }>['lastActivity']>;

function said(
  days: Days,
  signIns: SignIns,
  reasons: JudgedAccount['judgement']['reasons'] = ['no-activity-for-days'],
): string {
  const judged = account({
    usage: lastSeen(days),
    signIns: { kind: 'read', ...signIns },
  });
  return describeEvidence({ ...judged, judgement: { ...judged.judgement, reasons } }, '2026-12-07');
}

function account(change: Pick<Evidence, 'usage' | 'signIns'>): JudgedAccount {
  const judged = judge(anAccount(change), theRules(), aRun());
  return { ...judged, judgement: { ...judged.judgement, verdict: 'inactive', reasons: [] } };
}
