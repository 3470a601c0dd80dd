import { describe, expect, test } from 'vitest';
import type { Evidence } from '../evidence.ts';
import { parseEscalations, serialiseEscalations } from '../files/escalations-file.ts';
import type { Escalation } from '../schemas/escalations.ts';
import { aPlanSigning, aSigner } from '../signing/signing.fixture.ts';
import { anAccount, aProposedFile, aTenant, idOf, lastSeen, type TenantChange, today } from '../tenant.fixture.ts';
import type { ProposedFile } from './input.ts';
import { planMoves } from './plan.ts';
import { signList } from './plan-signing.ts';

const path = 'stacks/contoso/escalations.yaml';

function anExecutive(change: Partial<Evidence> = {}): Evidence {
  return anAccount({
    userPrincipalName: 'cara.vo@contoso.com',
    displayName: 'Cara Vo',
    jobTitle: 'Chief Financial Officer',
    ...change,
  });
}

function anEscalation(change: Partial<Escalation> = {}): Escalation {
  const { userPrincipalName = 'cara.vo@contoso.com' } = change;
  return {
    id: idOf(userPrincipalName),
    userPrincipalName,
    displayName: 'Cara Vo',
    why: 'job title "Chief Financial Officer"',
    lastActivity: '2026-07-15',
    since: '2026-11-30',
    ...change,
  };
}

const lineOver = (...escalations: Escalation[]) => signList(escalations, aPlanSigning());

const onMain = (...escalations: Escalation[]) => serialiseEscalations(escalations, lineOver(...escalations));

/** What a plan makes of the file; `text` undefined: it is not among the proposal's files. */
function planned(change: TenantChange) {
  const { escalations, files, moves } = planMoves(aTenant(change));
  return { ...escalations, text: files.get(path), moves };
}

function onBranch(text: string | null, touchedByPerson = false): ProposedFile {
  return aProposedFile({ path, text, touchedByPerson });
}

describe('whom an audit finds', () => {
  test('an executive whose account is silent is written down, and moves through no stage', () => {
    const { text, entered, moves } = planned({ accounts: [anExecutive(), anAccount()] });
    expect(text).toBe(`# yaml-language-server: $schema=../../policy/schemas/escalations.schema.json
# Executives whose accounts nobody uses: HR decides about them, and nothing is changed in the tenant.
# The audit adds and removes them; to leave somebody alone for a time, use exemptions.yaml.
escalations:
  - id: ${idOf('cara.vo@contoso.com')}
    userPrincipalName: cara.vo@contoso.com
    displayName: Cara Vo
    why: job title "Chief Financial Officer"
    lastActivity: 2026-07-15
    since: ${today}
signed: ${lineOver(anEscalation({ since: today }))}
`);
    expect(entered).toEqual([anEscalation({ since: today })]);
    expect(moves.map(({ file }) => file.account.userPrincipalName)).toEqual(['ana.reyes@contoso.com']);
  });

  test.each<[string, Partial<Evidence>, string]>([
    ['a job title', {}, 'job title "Chief Financial Officer"'],
    ['a title that holds quotes', { jobTitle: 'Chief "Fun" Officer' }, 'job title "Chief "Fun" Officer"'],
    ['a department', { jobTitle: null, department: 'Board of directors' }, 'department "Board of directors"'],
    [
      'the list of policy.yaml',
      { jobTitle: null, userPrincipalName: 'quiet.owner@contoso.com' },
      'policy.yaml lists "quiet.owner@contoso.com"',
    ],
    [
      'two of them',
      { department: 'Board of directors' },
      'job title "Chief Financial Officer"; department "Board of directors"',
    ],
  ])('recognised by %s', (_, change, why) => {
    expect(planned({ accounts: [anExecutive(change)] }).entered).toMatchObject([{ why }]);
  });

  test('an account that was never active has no last activity', () => {
    const signIns = { kind: 'read', lastSuccessful: null, lastAttempt: null } as const;
    const accounts = [anExecutive({ usage: lastSeen({}), signIns })];
    expect(planned({ accounts }).entered).toMatchObject([{ lastActivity: null }]);
  });

  test('they stand in the order of their names, however they came', () => {
    const names = ['zoe@contoso.com', 'Bo@contoso.com', 'ana@contoso.com'];
    const accounts = names.map((userPrincipalName) => anExecutive({ userPrincipalName }));
    const one = planned({ accounts });
    expect(one.listed.map(({ userPrincipalName }) => userPrincipalName)).toEqual(names.toReversed());
    expect(planned({ accounts: accounts.toReversed() }).text).toBe(one.text);
  });

  test.each<[string, Partial<Evidence>]>([
    ['somebody at work', { usage: lastSeen({ teams: '2026-12-04' }) }],
    ['somebody of whom too little is known', { usage: { kind: 'missing' } }],
    ['a guest', { userType: 'guest' }],
    ['an assistant', { jobTitle: 'Assistant to the CFO' }],
    ['a service account', { jobTitle: null, userPrincipalName: 'svc-backup@contoso.com' }],
  ])('%s is not escalated', (_, change) => {
    expect(planned({ accounts: [anExecutive(change)] })).toMatchObject({ entered: [], text: undefined });
  });

  test('nor is anybody exempt', () => {
    const exemption = {
      account: 'cara.vo@contoso.com',
      reason: 'sabbatical',
      owner: 'HR',
      until: '2027-03-31',
    };
    expect(planned({ accounts: [anExecutive()], exemptions: [exemption] }).text).toBeUndefined();
  });
});

describe('from week to week', () => {
  test('a file that says it all is no proposal', () => {
    const escalationsText = onMain(anEscalation());
    expect(planned({ accounts: [anExecutive()], escalationsText }).text).toBeUndefined();
  });

  test('a last activity that the report has forgotten changes nothing', () => {
    const forgotten = anExecutive({ usage: lastSeen({}) });
    expect(planned({ accounts: [forgotten], escalationsText: onMain(anEscalation()) }).text).toBeUndefined();
  });

  test('anyone who is proposed already keeps the day of the first audit', () => {
    const text = onMain(anEscalation({ since: '2026-11-23' }));
    expect(planned({ accounts: [anExecutive()], proposed: [onBranch(text)] }).text).toBe(text);
  });

  test('somebody new stands where their name belongs, and what people wrote stays', () => {
    const written = onMain(anEscalation(), anEscalation({ userPrincipalName: 'zoe@contoso.com' }));
    const escalationsText = written.replace('    displayName', '    # HR knows since May\n    displayName');
    const accounts = ['cara.vo@contoso.com', 'zoe@contoso.com', 'max@contoso.com'].map((userPrincipalName) =>
      anExecutive({ userPrincipalName }),
    );
    const { text, entered } = planned({ accounts, escalationsText });
    expect(entered.map(({ userPrincipalName }) => userPrincipalName)).toEqual(['max@contoso.com']);
    expect(text).toContain('# HR knows since May');
    const order = parseEscalations(path, text ?? '').value.escalations.map((each) => each.userPrincipalName);
    expect(order).toEqual(['cara.vo@contoso.com', 'max@contoso.com', 'zoe@contoso.com']);
  });

  test('a new name is written down, with the days of before', () => {
    const accounts = [anExecutive({ displayName: 'Cara Vo-Berg', jobTitle: 'Group CEO' })];
    const { text, entered } = planned({ accounts, escalationsText: onMain(anEscalation()) });
    expect(entered).toEqual([]);
    expect(text).toBe(onMain(anEscalation({ displayName: 'Cara Vo-Berg', why: 'job title "Group CEO"' })));
  });
});

describe('who leaves it', () => {
  const escalationsText = onMain(anEscalation(), anEscalation({ userPrincipalName: 'zoe@contoso.com' }));
  const zoe = anExecutive({ userPrincipalName: 'zoe@contoso.com' });
  const rest = onMain(anEscalation({ userPrincipalName: 'zoe@contoso.com' }));

  test.each<[string, TenantChange, string]>([
    [
      'somebody active again',
      { accounts: [anExecutive({ usage: lastSeen({ teams: '2026-12-04' }) })] },
      'last activity on 2026-12-04',
    ],
    [
      'somebody who is no executive any more',
      { accounts: [anExecutive({ jobTitle: 'Consultant' })] },
      'no longer recognised as an executive',
    ],
    ['a guest', { accounts: [anExecutive({ userType: 'guest' })] }, 'a guest'],
    ['somebody who is gone', {}, 'no longer has this account'],
    [
      'somebody who is deleted',
      { absent: new Map([[idOf('cara.vo@contoso.com'), { kind: 'deleted', on: '2026-12-01' }]]) },
      'deleted on 2026-12-01',
    ],
    [
      'somebody exempt',
      {
        accounts: [anExecutive()],
        exemptions: [{ account: 'cara.vo@contoso.com', reason: 'sabbatical', owner: 'HR', until: '2027-03-31' }],
      },
      'exempt until 2027-03-31',
    ],
  ])('%s', (_, change, because) => {
    const accounts = [zoe, ...(change.accounts ?? [])];
    const { text, left } = planned({ ...change, accounts, escalationsText });
    expect(text).toBe(rest);
    expect(left).toMatchObject([{ escalation: anEscalation(), because: expect.stringContaining(because) }]);
  });

  test.each<[string, TenantChange]>([
    ['somebody in doubt', { accounts: [zoe, anExecutive({ usage: { kind: 'missing' } })] }],
    [
      'somebody whom the listing left out',
      { accounts: [zoe], absent: new Map([[idOf('cara.vo@contoso.com'), { kind: 'not-listed' }]]) },
    ],
    [
      'somebody of whom nobody can tell',
      { accounts: [zoe], absent: new Map([[idOf('cara.vo@contoso.com'), { kind: 'unknown' }]]) },
    ],
  ])('%s stays', (_, change) => {
    expect(planned({ ...change, escalationsText }).text).toBeUndefined();
  });

  test('the last one leaves an empty list, so that the file’s history goes on', () => {
    const { text } = planned({ escalationsText: onMain(anEscalation()) });
    expect(text).toContain('escalations: []\n');
    expect(planned({ escalationsText: text ?? '' }).text).toBeUndefined();
    const again = planned({ accounts: [anExecutive()], escalationsText: text ?? '' });
    expect(again.text).toBe(onMain(anEscalation({ since: today })));
  });

  test('somebody who was only proposed leaves the proposal', () => {
    expect(planned({ proposed: [onBranch(onMain(anEscalation()))] }).text).toBeUndefined();
  });
});

describe('what people decide', () => {
  test('whom a person took off the branch stays off it, whatever else they wrote there', () => {
    const zoe = anEscalation({ userPrincipalName: 'zoe@contoso.com', since: today });
    const both = lineOver(anEscalation({ since: today }), zoe);
    const theirs = `${serialiseEscalations([zoe], both)}# Cara is on a sabbatical\n`;
    const accounts = [anExecutive(), anExecutive({ userPrincipalName: 'zoe@contoso.com' })];
    const { text, entered } = planned({ accounts, proposed: [onBranch(theirs, true)] });
    expect(text?.replace('\n\n#', '\n#')).toBe(`${onMain(zoe)}# Cara is on a sabbatical\n`);
    expect(entered.map(({ userPrincipalName }) => userPrincipalName)).toEqual(['zoe@contoso.com']);
  });

  test('anyone who is active again leaves a person’s version, too, and the rest of it stays', () => {
    const theirs = `${onMain(anEscalation(), anEscalation({ userPrincipalName: 'zoe@contoso.com' }))}# seen by HR\n`;
    const accounts = [
      anExecutive({ usage: lastSeen({ teams: '2026-12-04' }) }),
      anExecutive({ userPrincipalName: 'zoe@contoso.com' }),
    ];
    const { text } = planned({ accounts, proposed: [onBranch(theirs, true)] });
    expect(text).not.toContain('cara.vo@contoso.com');
    expect(text).toContain('# seen by HR');
  });

  test.each([
    ['what cannot be read', 'escalations: [ soon ]\n'],
    ['a file that is gone', null],
  ])('%s is left to the check and to its writer', (_, theirs) => {
    const { text, entered } = planned({ accounts: [anExecutive()], proposed: [onBranch(theirs, true)] });
    expect(text ?? null).toBe(theirs);
    expect(entered).toEqual([]);
  });

  test('whose pull request was closed unmerged is not proposed again before its time', () => {
    const declined = [{ accountId: idOf('cara.vo@contoso.com').toUpperCase(), until: '2026-12-20' }];
    expect(planned({ accounts: [anExecutive()], declined }).text).toBeUndefined();
    const over = [{ accountId: idOf('cara.vo@contoso.com'), until: today }];
    expect(planned({ accounts: [anExecutive()], declined: over }).entered).toHaveLength(1);
  });

  test('nor is anybody taken off whom a closed pull request would have taken off', () => {
    const declined = [{ accountId: idOf('cara.vo@contoso.com'), until: '2026-12-20' }];
    expect(planned({ escalationsText: onMain(anEscalation()), declined }).text).toBeUndefined();
  });
});

describe('what no audit has signed', () => {
  const forged = serialiseEscalations([
    anEscalation({ since: '2020-01-01', lastActivity: '2019-12-01' }),
    anEscalation({ userPrincipalName: 'zoe@contoso.com' }),
  ]);

  test('a list on main is rebuilt from today’s judgement, with new days, and signed', () => {
    const { text, left } = planned({ accounts: [anExecutive()], escalationsText: forged, isListUnsigned: true });
    expect(text).toBe(onMain(anEscalation({ since: today })));
    expect(left).toMatchObject([{ because: 'no audit has listed it' }]);
  });

  test('what a person wrote into the branch’s list counts for nothing, neither a person nor a day', () => {
    const { text } = planned({ accounts: [anExecutive()], proposed: [onBranch(forged, true)] });
    expect(text).toBe(onMain(anEscalation({ since: today })));
  });

  test('a list from before signing keeps its bytes until it changes', () => {
    const escalationsText = serialiseEscalations([anEscalation()]);
    expect(planned({ accounts: [anExecutive()], escalationsText }).text).toBeUndefined();
    const accounts = [anExecutive({ jobTitle: 'Group CEO' })];
    const changed = onMain(anEscalation({ why: 'job title "Group CEO"' }));
    expect(planned({ accounts, escalationsText }).text).toBe(changed);
  });

  test('a list that another policy’s audit has signed is not written again for that', () => {
    const text = serialiseEscalations(
      [anEscalation()],
      signList([anEscalation()], aPlanSigning({ signer: { ...aSigner(), rules: '0'.repeat(32) } })),
    );
    expect(planned({ accounts: [anExecutive()], proposed: [onBranch(text)] }).text).toBe(text);
  });
});
