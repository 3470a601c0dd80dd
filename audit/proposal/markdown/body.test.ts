import { describe, expect, it } from 'vitest';
import {
  findGitHubReferences,
  type RenderedNode,
  renderMarkdown,
} from '../../../forge/markdown/rendered-markdown.fixture.ts';
import { aLicense, idOf, lastSeen } from '../../../policy/account.fixture.ts';
import { anAudit } from '../../report/audit.fixture.ts';
import { aCompany } from '../../report/company.fixture.ts';
import { describeNext } from '../../report/html/person-words.ts';
import { aPerson, type Person } from '../../report/person.fixture.ts';
import { describePlace } from '../../summary/account-place.ts';
import { formatPullRequestTitle, renderJobSummary, renderPullRequestBody } from './body.ts';

const ben = { userPrincipalName: 'ben.okafor@contoso.com', displayName: 'Ben Okafor' };
const cleo = { userPrincipalName: 'cleo.roy@contoso.com', displayName: 'Cleo Roy' };
const disabledAndShared = {
  accountEnabled: false,
  mailbox: { recipientType: 'shared', storageUsedBytes: 1, hasArchive: false, hold: 'none' },
} as const;

describe('who was taken out on main', () => {
  it('is named with the day, until when the decision holds, and the command that ends it', () => {
    const accountId = idOf('ana.reyes@contoso.com');
    const setBack = [{ accountId, on: '2026-12-03', from: 'notify', to: null, path: '', at: 1 } as const];
    const audit = anAudit({ people: [aPerson()], setBack });
    const body = renderPullRequestBody(audit);
    expect(body).toContain('### Taken out on main not long ago');
    expect(body).toMatch(/Ana Reyes.*\| 3 December \| 3 March 2027 \|/);
    expect(body).toContain('`dormant include contoso <account>`');
    expect(body).toContain('takes nothing away from anybody');
    const [account] = audit.inactive;
    expect(account && describeNext(account, audit)).toContain(
      'on 3 December, so not proposed again before 3 March 2027',
    );
    expect(account && describePlace(account.place, audit.auditedOn)).toBe('taken out, until 3 March 2027');
  });
});

describe('a stop', () => {
  const because = 'labelled dormant-pause by lee on 2026-12-01 08:14 UTC, #12';
  const result = { ...anAudit(), stops: [{ kind: 'labelled', because, until: null }] as const };

  it('is the first thing that a reviewer and a reader of the run are told', () => {
    for (const text of [renderPullRequestBody(result), renderJobSummary(result)])
      expect(text).toMatch(/^(## .*\n\n)?> \[!WARNING\]\n> Nothing is taken now: labelled dormant-pause by lee on/);
    expect(findGitHubReferences(renderMarkdown(renderPullRequestBody(result)))).toEqual([]);
  });

  it('is not there where nothing stops it', () => {
    expect(renderPullRequestBody(anAudit())).not.toContain('Nothing is taken now');
  });
});

describe('the decision', () => {
  it('says in one paragraph what merging takes, saves, starts and gives back', () => {
    const body = renderPullRequestBody(
      anAudit({
        people: [
          aPerson(),
          aPerson(ben, { inForce: { stage: 'review', since: '2026-11-30' } }),
          aPerson({ ...cleo, ...disabledAndShared }, { inForce: { stage: 'disable', since: '2026-11-30' } }),
        ],
      }),
    );
    expect(body.split('\n')[0]).toBe(
      '**Merging this blocks the sign-in of 1 account and removes licences of 1 account, which saves USD 36 a month (USD 432 a year).** ' +
        '1 account enters notice: 1 person is told by one mail. Nothing happens before the merge. Dormant itself deletes nothing.',
    );
  });

  it('says that a week without a move takes nothing away', () => {
    const body = renderPullRequestBody(anAudit({ people: [] }));
    expect(body).toMatch(/^\*\*Merging this takes nothing away from anybody\.\*\*/);
  });

  it('does not claim to block somebody whose sign-in is blocked already', () => {
    const body = renderPullRequestBody(
      anAudit({
        people: [aPerson({ accountEnabled: false }, { inForce: { stage: 'review', since: '2026-11-30' } })],
      }),
    );
    expect(body).toContain('1 account enters Disable with nothing to block');
    expect(body).toContain('shares the mailbox of 1 account');
    expect(body).toContain('Merging means: for each of them what “What happens next” says.');
    expect(body).toContain('sign-in is blocked already; mailbox becomes shared');
  });

  it('stands in the title with its numbers and the day', () => {
    expect(formatPullRequestTitle(anAudit())).toBe('Dormant contoso: notify 1 (7 December 2026)');
    expect(formatPullRequestTitle(anAudit({ people: [] }), { department: 'fixes #1 @here' })).toBe(
      'Dormant contoso, fixes #\u200B1 @\u200Bhere: no account moves (7 December 2026)',
    );
  });
});

describe('the money', () => {
  it('is the whole stack’s in a department’s own pull request, too', () => {
    const people = [
      aPerson(),
      aPerson({ userPrincipalName: 'ben@contoso.com', displayName: 'Ben', department: 'Finance' }),
    ];
    const result = anAudit({ people });
    const ofSales = result.plan.moves.filter(({ file }) => file.account.department === 'Sales');
    const body = renderPullRequestBody({ ...result, plan: { ...result.plan, moves: ofSales } }, { whole: result });
    expect(body).toContain('| of these, reclaimable step by step | 2 | USD\u00A072 |');
    expect(body).toContain('1 account enters notice');
  });
});

describe('each person', () => {
  it('has why now and what happens next, with dates', () => {
    const body = renderPullRequestBody(anAudit());
    expect(body).toContain(
      '| **Ana Reyes**<br>`ana.reyes@contoso.com` | Sales<br>Lee Park | inactive for 143 days; no Exchange, OneDrive, SharePoint or Teams activity since 15 July (Exchange); last successful sign-in 15 July ' +
        '| manager Lee Park is told; objections from 14 December; sign-in blocked from 21 December; licences removed from 28 December |',
    );
  });

  it('has the day on which its manager was told, once that is past', () => {
    const people = [aPerson({}, { inForce: { stage: 'review', since: '2026-11-30' } })];
    const [path = ''] = anAudit({ people }).plan.moves.map((move) => move.path);
    const past = { days: [], notifiedOn: new Map([[path, '2026-11-23']]) };
    expect(renderPullRequestBody(anAudit({ people, past }))).toContain(
      'last successful sign-in 15 July; manager Lee Park was told on 23 November |',
    );
  });

  it('is told which licences go, what they save and which have to stay', () => {
    const licenses = [
      aLicense('SPE_E3'),
      aLicense('EMS', { assignedByGroup: idOf('All staff'), groupName: 'All staff' }),
    ];
    const body = renderPullRequestBody(
      anAudit({
        people: [aPerson({ ...disabledAndShared, licenses }, { inForce: { stage: 'disable', since: '2026-11-30' } })],
      }),
    );
    expect(body).toContain(
      'SPE\\_E3 removed: USD 36 a month; EMS stays: inherited from the group All staff, which policy.yaml does not name; deletable by hand from 6 January 2027',
    );
  });

  it('anyone who can be deleted by hand is shown the days that Microsoft’s clock leaves, where main has the day', () => {
    const oneDrive = { kind: 'seen', storageUsedBytes: 1024 ** 2, files: 64, lastUsedOn: null } as const;
    const inForce = { stage: 'delicense' as const, since: '2026-11-02' };
    const body = renderPullRequestBody(anAudit({ people: [aPerson({ ...disabledAndShared, oneDrive }, { inForce })] }));
    expect(body).toContain('(151 days left on Microsoft’s clock, by default)');
    const none = renderPullRequestBody(anAudit({ people: [aPerson(disabledAndShared, { inForce })] }));
    expect(none).not.toContain('left on Microsoft’s clock');
  });

  it.each([
    ['on the way to Delicense', 'disable', '2026-11-30', 'SPE\\_E3 removed: USD 36 a month'],
    ['deletable by hand', 'delicense', '2026-11-02', '### Deletable by hand'],
  ] as const)('a licence whose files are released is nowhere said to stay for them: %s', (_, stage, since, words) => {
    const oneDrive = {
      kind: 'seen',
      storageUsedBytes: 3 * 1024 ** 3,
      files: 812,
      lastUsedOn: null,
    } as const;
    const inForce = { stage, since, isReleased: true };
    const body = renderPullRequestBody(anAudit({ people: [aPerson({ ...disabledAndShared, oneDrive }, { inForce })] }));
    expect(body).toContain(words);
    expect(body).not.toMatch(/SPE\\_E3(,| stays)/);
  });

  it('of the reasons for which licences stay the three most frequent are named, and the others counted', () => {
    const withLicense = (name: string, change: Parameters<typeof aPerson>[0]) =>
      aPerson({ userPrincipalName: `${name}@contoso.com`, ...change });
    const { mailbox } = aPerson().evidence;
    const inherited = { licenses: [aLicense('EMS', { assignedByGroup: idOf('All'), groupName: 'All' })] };
    const people = [
      withLicense('large', { oneDrive: { kind: 'unknown' } }),
      withLicense('archive', { mailbox: { ...mailbox, hasArchive: true } }),
      withLicense('litigation', { mailbox: { ...mailbox, hold: 'litigation' } }),
      withLicense('retention', { mailbox: { ...mailbox, hold: 'retention' } }),
      withLicense('inherited-1', inherited),
      withLicense('inherited-2', inherited),
    ];
    const row = (of: typeof people) =>
      renderPullRequestBody(anAudit({ people: of }))
        .split('\n')
        .find((line) => line.includes('licences that have to stay'));
    expect(row(people)).toMatch(
      /have to stay: inherited from a group \(2\); [^;]+ \(1\); [^;]+ \(1\); 2 other reasons \|/,
    );
    expect(row(people.slice(0, 4))).toMatch(/; 1 other reason \|/);
    expect(row(people.slice(0, 3))).not.toContain('other reason');
  });

  it('a person whose files nobody has released is not said to be deletable one day', () => {
    const inForce = { stage: 'disable' as const, since: '2026-11-30' };
    const nextOf = (of: Parameters<typeof aPerson>[0]) =>
      renderPullRequestBody(anAudit({ people: [aPerson({ ...disabledAndShared, ...of }, { inForce })] }));
    expect(nextOf({ oneDrive: { kind: 'unknown' } })).not.toContain('deletable by hand from');
    expect(nextOf({})).toContain('deletable by hand from 6 January 2027');
  });

  it('anyone who can be deleted by hand may still have licences, which are not lost but named', () => {
    const licenses = [aLicense('EMS', { assignedByGroup: idOf('All staff'), groupName: 'All staff' })];
    const inForce = { stage: 'delicense' as const, since: '2026-11-02' };
    const body = renderPullRequestBody(anAudit({ people: [aPerson({ ...disabledAndShared, licenses }, { inForce })] }));
    expect(body).toContain('Delicensed for 30 days or longer.');
    expect(body).toContain('| Delicensed since |');
    expect(body).toContain('OneDrive files, if there are any;');
    expect(body).toContain('EMS, still assigned: inherited from a group');
    expect(body).not.toContain('Without licences');
  });

  it('a dynamic group’s licence that keeps somebody from being blocked does not say that the mailbox is shared first', () => {
    const dynamicGroup = { membershipRule: null };
    const group = { assignedByGroup: idOf('E3'), groupName: 'E3 people', dynamicGroup };
    const oneDrive = { kind: 'unknown' } as const;
    const body = renderPullRequestBody(
      anAudit({ people: [aPerson({ oneDrive, licenses: [aLicense('SPE_E3', group)] })] }),
    );
    expect(body).toContain(
      'takes it back once sign-in is blocked, so the account is set aside instead of blocked; its rule may not be read',
    );
    expect(body).not.toContain('the mailbox is shared first');
  });

  it('the money that waits for OneDrives is a line of its own', () => {
    const oneDrive = { kind: 'seen', storageUsedBytes: 3 * 1024 ** 3, files: 812, lastUsedOn: null } as const;
    const audit = anAudit({ people: [aPerson({ oneDrive })] });
    const line = '| and of those, wait for a OneDrive to be released | 1 | USD\u00A036 |';
    expect(renderPullRequestBody(audit)).toContain(line);
    expect(renderJobSummary(audit)).toContain(line);
    expect(renderPullRequestBody(anAudit())).not.toContain('wait for a OneDrive');
  });

  it('anyone who has no licence that can go is not among those of whom money is reclaimed', () => {
    const inForce = { stage: 'disable' as const, since: '2026-11-30' };
    const inherited = [aLicense('EMS', { assignedByGroup: idOf('All staff'), groupName: 'All staff' })];
    const of = (userPrincipalName: string, licenses = [aLicense('SPE_E3')]) =>
      aPerson({ ...disabledAndShared, userPrincipalName, licenses }, { inForce });
    const people = [of('ana@contoso.com'), of('bo@contoso.com', inherited)];
    const body = renderPullRequestBody(anAudit({ people }));
    expect(body).toContain('removes licences of 1 account');
    expect(body).toMatch(/Reclaimed by this merge\*\* \| 1 \| USD.36/);
  });

  it('who came back after the disable is an exception: given back, and why', () => {
    const back = aPerson(
      { ...disabledAndShared, usage: lastSeen({ teams: '2026-12-03' }) },
      { inForce: { stage: 'disable', since: '2026-11-30' } },
    );
    const body = renderPullRequestBody(anAudit({ people: [back] }));
    expect(body).toMatch(
      /### Look at these first: 1\n\n.*\n.*\n.*Ana Reyes.* is given back what was taken: active again \| active again; last activity 3 December/,
    );
    expect(body).toContain('gets back SPE\\_E3, the mailbox as a user mailbox and sign-in');
  });

  it('with recent sign-in attempts but no success is an exception', () => {
    const sprayed = aPerson({
      signIns: { kind: 'read', lastSuccessful: '2026-07-15', lastAttempt: '2026-12-01' },
    });
    expect(renderPullRequestBody(anAudit({ people: [sprayed] }))).toContain(
      'sources disagree: attempts without a success',
    );
  });

  it('who is protected is listed with what they were recognised by', () => {
    const chief = aPerson({ jobTitle: 'Chief Financial Officer' });
    expect(renderPullRequestBody(anAudit({ people: [chief] }))).toContain(
      '| escalate to HR | executive: job title &#34;Chief Financial Officer&#34; matches',
    );
  });

  it('who waits behind a limit is counted with the limit’s name', () => {
    const people = Array.from({ length: 25 }, (_, index) => aPerson({ userPrincipalName: `p${index}@contoso.com` }));
    const body = renderPullRequestBody(anAudit({ people }));
    expect(body).toContain('5 accounts wait for a later audit (new accounts per department: 5)');
  });
});

describe('what hangs on the licences that go', () => {
  const inForce = { stage: 'disable', since: '2026-11-30' } as const;
  const clock =
    'by default closed to everybody from 10 March 2027 (until then a licence brings it back) and deleted from 11 June 2027';
  const withFiles = (name: string, gigabytes: number, change: Partial<Person['evidence']> = {}) =>
    aPerson(
      {
        ...disabledAndShared,
        userPrincipalName: `${name}@contoso.com`,
        displayName: name,
        oneDrive: seenOneDrive(gigabytes),
        ...change,
      },
      { inForce },
    );

  it('is summed up in the head of the body and of the job’s summary, and above the people', () => {
    const phone = { licenses: [aLicense('SPE_E3'), aLicense('MCOEV')] };
    const people = [withFiles('ana', 0.2), withFiles('bo', 0.12, phone), withFiles('cy', 3.1)];
    const audit = anAudit({ people });
    const head = `**0.32 GB of files in the OneDrives of 2 people lose their licence**, ${clock}. 3.1 GB of files in the OneDrive of 1 person are held back. 2 mailboxes stay, as shared ones. First day on which something can no longer be recovered: the day of the merge (phone numbers of 1 person, if any are assigned) and 11 June 2027 by default (files).`;
    const body = renderPullRequestBody(audit);
    expect(body.split('\n')[2]).toBe(head);
    expect(renderJobSummary(audit)).toContain(head);
    expect(body).toContain(
      '- 0.32 GB of files in the OneDrives of 2 people lose their licence: by default read-only from 5 February 2027, closed to everybody from 10 March 2027 (until then a licence brings it back) and deleted from 11 June 2027; a retention policy or a hold puts that off until 7 December 2027 at the latest',
    );
    expect(body).toContain(
      '- 3.1 GB of files in the OneDrive of 1 person are held back, and USD 36 a month waits for somebody to release them: `oneDrive: release` below `desired:` in the person’s file, or `dormant release-files contoso` for many',
    );
    expect(body).toMatch(/and of those, wait for a OneDrive to be released \| 1 \| USD.36/);
  });

  it.each<[string, Person, string]>([
    ['a small OneDrive', withFiles('ana', 0.12), `OneDrive of 0.12 GB in 812 files, last used 30 June: ${clock}`],
    [
      'one that is held back',
      withFiles('ana', 3.1),
      `OneDrive of 3.1 GB in 812 files, last used 30 June: its files stay until somebody releases them (then ${clock}, at the earliest)`,
    ],
    [
      'one that nobody could read',
      withFiles('ana', 0, { oneDrive: { kind: 'unknown' } }),
      'OneDrive of unknown size: its files stay until somebody releases them',
    ],
    [
      'one whose licence a hold keeps',
      withFiles('ana', 3.1, { mailbox: { ...disabledAndShared.mailbox, hold: 'litigation' } }),
      'OneDrive of 3.1 GB in 812 files, last used 30 June: it stays as it is',
    ],
    ['a mailbox', withFiles('ana', 0.12), 'the mailbox stays, as a shared one'],
    [
      'a phone number',
      withFiles('ana', 0.12, { licenses: [aLicense('MCOEV')] }),
      'a phone number that hangs on MCOEV is lost at once, if one is assigned',
    ],
  ])('%s stands with its person', (_, person, words) => {
    expect(renderPullRequestBody(anAudit({ people: [person] }))).toContain(words);
  });

  it('a dynamic group is named with its rule before it takes anything, and then the sum stands with the block', () => {
    const rule = { membershipRule: '(user.accountEnabled -eq true)' };
    const licenses = [aLicense('SPE_E3', { assignedByGroup: idOf('E3'), groupName: 'E3 people', dynamicGroup: rule })];
    const person = aPerson(
      { oneDrive: seenOneDrive(0.12), licenses },
      { inForce: { stage: 'review', since: '2026-11-30' } },
    );
    const body = renderPullRequestBody(anAudit({ people: [person] }));
    expect(body).toContain(
      'comes from the dynamic group “E3 people”, which takes it back once sign-in is blocked, so the mailbox is shared first; its rule: (user.accountEnabled -eq true)',
    );
    expect(body).toContain(`**0.12 GB of files in the OneDrive of 1 person lose their licence**, ${clock}`);
    expect(body).not.toContain('will stay: inherited');
  });

  it('a wave that takes no files says at the top, too, how many mailboxes it shares, and promises no day', () => {
    const inForce = { stage: 'disable' as const, since: '2026-11-30' };
    const body = renderPullRequestBody(anAudit({ people: [aPerson(disabledAndShared, { inForce })] }));
    const [, second] = body.split('\n\n');
    expect(second).toBe('1 mailbox stays, as a shared one.');
    expect(body).not.toContain('can no longer be recovered');
  });

  it('the sums of the stages add up to the one at the top: a mailbox stays also where a group takes the licence', () => {
    const group = { assignedByGroup: idOf('E3'), dynamicGroup: { membershipRule: null } };
    const blocked = aPerson(
      { userPrincipalName: 'bo@contoso.com', licenses: [aLicense('SPE_E3', group)] },
      { inForce: { stage: 'review', since: '2026-11-30' } },
    );
    const delicensed = aPerson(disabledAndShared, { inForce: { stage: 'disable', since: '2026-11-30' } });
    const body = renderPullRequestBody(anAudit({ people: [blocked, delicensed] }));
    const [, second] = body.split('\n\n');
    expect(second).toBe('2 mailboxes stay, as shared ones.');
    expect(body.match(/^- 1 mailbox stays, as a shared one\.$/gm)).toHaveLength(2);
  });

  it('a dynamic group that takes no OneDrive’s licence begins no clock by the block', () => {
    const rule = { membershipRule: '(user.accountEnabled -eq true)' };
    const group = aLicense('EMS', { assignedByGroup: idOf('EMS'), dynamicGroup: rule });
    const person = aPerson(
      { oneDrive: seenOneDrive(0.12), licenses: [aLicense('SPE_E3'), group] },
      { inForce: { stage: 'review', since: '2026-11-30' } },
    );
    const body = renderPullRequestBody(anAudit({ people: [person] }));
    expect(body).toContain(
      'closed to everybody from 17 March 2027 (until then a licence brings it back) and deleted from 18 June 2027',
    );
    expect(body).not.toContain('lose their licence');
  });

  it('is told to who has not got so far yet, with the days that are then', () => {
    const licenses = [aLicense('SPE_E3'), aLicense('CPC_E_2C_8GB_128GB')];
    const body = renderPullRequestBody(anAudit({ people: [aPerson({ oneDrive: seenOneDrive(0.12), licenses })] }));
    expect(body).toContain(
      'last used 30 June: by default closed to everybody from 31 March 2027 (until then a licence brings it back) and deleted from 2 July 2027',
    );
    expect(body).toMatch(/will stay: a Cloud PC depends on it/);
    expect(body).not.toContain('lose their licence**');
  });

  it('fits for 200 people, and says the sum of all of them', () => {
    const people = Array.from({ length: 200 }, (_, index) =>
      withFiles(`p${index}`, 0.5, { department: `D${index % 10}` }),
    );
    const audit = anAudit({ people, policy: { limits: wide } });
    expect(audit.plan.moves.length).toBe(200);
    const body = renderPullRequestBody(audit);
    expect(body.length).toBeLessThan(60_000);
    expect(body).toContain('**100 GB of files in the OneDrives of 200 people lose their licence**');
  });
});

const wide = {
  newAccountsPerAudit: 1000,
  newAccountsPerDepartment: 1000,
  changesPerApply: 1000,
  changesPerDepartment: 1000,
  shareOfTenant: 1,
};

function seenOneDrive(gigabytes: number): Person['evidence']['oneDrive'] {
  return { kind: 'seen', storageUsedBytes: gigabytes * 1024 ** 3, files: 812, lastUsedOn: '2026-06-30' };
}

describe('anyone who waits in a stage', () => {
  const since = '2026-11-28'; // with evidence that is still good
  const disabled = { stage: 'disable' as const, since };
  const synced = { onPremisesSyncEnabled: true };
  const waits: readonly [string, Person, string][] = [
    [
      'that the apply has not blocked yet',
      aPerson({}, { inForce: disabled }),
      'waits until the tenant shows sign-in blocked',
    ],
    ['whom Active Directory owns', aPerson(synced, { inForce: disabled }), 'Active Directory has to disable it'],
    [
      'whose mailbox is not converted yet',
      aPerson({ accountEnabled: false }, { inForce: disabled }),
      'the mailbox as a shared mailbox',
    ],
    ['who is kept', aPerson({}, { inForce: { stage: 'keep', since } }), 'kept by a reviewer since 28 November, until'],
    [
      'of whom too little is known',
      aPerson({ usage: { kind: 'missing' } }, { inForce: disabled }),
      'the evidence does not suffice to go on',
    ],
  ];
  it.each(waits)('%s is in the pull request, with what for', (_, person, words) => {
    const body = renderPullRequestBody(anAudit({ people: [person] }));
    expect(body).toContain('### Waiting in their stage');
    expect(body).toContain(words);
    const summary = renderJobSummary(anAudit({ people: [person] }));
    expect(summary).toContain('### Waiting in their stage\n\n1 account.');
    expect(summary).not.toContain('Ana');
  });

  it('who is still to get something back is in it, too', () => {
    const result = anAudit({ people: [aPerson({}, { inForce: { stage: 'keep', since } })] });
    const unmoved = result.plan.held.map((one) => ({
      ...one,
      ...{
        stage: 'restore' as const,
        movesOn: null,
        because: 'waits until the tenant shows sign-in allowed',
      },
    }));
    expect(renderPullRequestBody({ ...result, plan: { ...result.plan, held: unmoved } })).toContain(
      'Restore since 28 November | waits until the tenant shows sign-in allowed',
    );
  });

  it('only for its days to pass is in the calendar, and not here', () => {
    const person = aPerson({}, { inForce: { stage: 'review', since: '2026-12-05' } });
    expect(renderPullRequestBody(anAudit({ people: [person] }))).not.toContain('### Waiting in their stage');
  });
});

describe('what a reviewer needs beside the people', () => {
  it('is how to veto, in one line', () => {
    expect(renderPullRequestBody(anAudit())).toContain(
      'set `stage: keep` in their file under `stacks/contoso/accounts/`',
    );
  });

  it('is whose file may be taken out, and what ends the process for the others', () => {
    const body = renderPullRequestBody(anAudit());
    expect(body).toContain('**Taking a file out** is for somebody who is new in this pull request');
    expect(body).toContain('end it with `stage: keep` or `stage: restore` and a `reason:`');
  });

  it('is the exemptions that have run out', () => {
    const exemptionsText =
      'exemptions:\n  - account: "*@contoso.com"\n    reason: parental | leave\n    owner: HR team\n    until: 2026-12-01\n';
    const body = renderPullRequestBody(anAudit({ exemptionsText }));
    expect(body).toContain('| <code>\\*@\u200Bcontoso.com</code> | parental &#124; leave | HR team | 1 December |');
  });

  it('is who may be deleted by hand and what that loses', () => {
    const gone = aPerson(
      { ...disabledAndShared, licenses: [] },
      { inForce: { stage: 'delicense', since: '2026-10-26' } },
    );
    expect(renderPullRequestBody(anAudit({ people: [gone] }))).toMatch(
      /Ana Reyes.*\| 26 October \| the mailbox with its mail/,
    );
  });

  it('is a price that is missing from the sums', () => {
    const body = renderPullRequestBody(
      anAudit({ people: [aPerson({ licenses: [aLicense('POWER_BI_PRO', { skuPartNumber: 'NEW_SKU' })] })] }),
    );
    expect(body).toContain('prices.yaml has no price for NEW\\_SKU; the sums are too low by that');
  });

  it('is what the sources lacked', () => {
    const body = renderPullRequestBody(
      anAudit({ quality: { missingRows: 3, notes: ['the mailbox report was late'] } }),
    );
    expect(body).toContain(
      '- the mailbox report was late\n- 3 members had no row in the usage report and were left alone.',
    );
  });
});

describe('a body for any tenant', () => {
  const everyone = anAudit({ people: aCompany(700).map(withHostileNames) });

  it('stays under its limit, keeps decision and exceptions, and counts what it leaves out', () => {
    for (const limit of [60_000, 25_000]) {
      const body = renderPullRequestBody(everyone, { limit });
      expect(body.length).toBeLessThan(limit);
      expect(body).toContain('**Merging this blocks the sign-in');
      expect(body).toContain('### Look at these first');
      expect(body).toContain('stage: keep');
      const waiting = renderMarkdown(body.slice(body.indexOf('### Waiting behind the limits')));
      const shown = waiting.querySelector('table')?.querySelectorAll('tbody tr').length ?? 0;
      const leftOut = /… and ([\d,]+) more/.exec(waiting.textContent ?? '')?.[1]?.replaceAll(',', '') ?? '0';
      expect(shown + Number(leftOut)).toBe(everyone.plan.waiting.length);
    }
  });

  it('closes every fold and keeps every row whole', () => {
    const body = renderPullRequestBody(everyone, { limit: 30_000 });
    expect(body.match(/<details>/g)?.length).toBe(body.match(/<\/details>/g)?.length);
    for (const table of renderMarkdown(body).querySelectorAll('table')) expect(cellsPerRow(table).size).toBe(1);
    for (const row of body.split('\n').filter((line) => line.startsWith('|'))) expect(row.endsWith(' |')).toBe(true);
  });

  it('links nothing but the run, mentions nobody, closes no issue and runs nothing', () => {
    const rendered = renderMarkdown(
      renderPullRequestBody(everyone, { artifactUrl: 'https://github.com/contoso/dormant/actions/runs/1' }),
    );
    const links = [...rendered.querySelectorAll('a')].map((link) => link.textContent);
    expect(new Set(links)).toEqual(new Set(['this run']));
    expect(rendered.querySelectorAll('img, script, style, iframe, input, del, pre').length).toBe(0);
    expect(findGitHubReferences(rendered)).toEqual([]);
  });

  it('is shorter as the job’s summary, and its limit counts bytes', () => {
    const summary = renderJobSummary(everyone, { limit: 12_000 });
    expect(Buffer.byteLength(summary)).toBeLessThan(12_000);
    expect(summary).toMatch(/^## Dormant contoso: disable \d+/);
    expect(summary).toContain('### Money and counts');
    expect(summary).not.toContain('one by one');
  });

  it('is the same for the same audit', () => {
    expect(renderPullRequestBody(everyone)).toBe(renderPullRequestBody(everyone));
  });
});

const hostileNames = [
  '@here | fixes #1',
  '<script>alert(1)</script>',
  '</details></td>',
  'https://evil.example www.evil.example',
  '\u202Egnp.exe',
  '=cmd|/c',
  'GH-12 `x` **b**',
  'x\n\n# y',
];

function withHostileNames(person: Person, index: number): Person {
  const name = hostileNames[index % hostileNames.length] ?? '';
  const manager = person.evidence.manager && { ...person.evidence.manager, displayName: name };
  return {
    ...person,
    evidence: {
      ...person.evidence,
      displayName: name,
      department: index % 5 === 0 ? name : 'Sales',
      manager,
    },
  };
}

function cellsPerRow(table: RenderedNode): Set<number> {
  return new Set([...table.querySelectorAll('tr')].map((row) => row.querySelectorAll('td, th').length));
}
