import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import { parseEscalations, serialiseEscalations } from '../files/escalations-file.ts';
import { buildDesiredState } from '../files/stage.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { Escalation, Escalations } from '../schemas/escalations.ts';
import { buildSignedListText, formatSignedLine } from '../signing/signed-line.ts';
import { aSignedFile, aSigner, contoso } from '../signing/signing.fixture.ts';
import { anAccount, anInForceFile, aPolicy, idOf, today } from '../tenant.fixture.ts';
import { aCheckInput, type CheckChange, listProblemCodes } from './check.fixture.ts';
import { checkStack } from './check.ts';

const inStage = (stage: Stage, edit: Partial<AccountFile> = {}): AccountFile => {
  const { file } = anInForceFile({ account: anAccount(), stage: 'notify', since: addDays(today, -30) });
  return { ...file, stage, desired: buildDesiredState(stage, file.restore, file.savings), ...edit };
};

function codes(before: AccountFile | null, after: AccountFile, more: CheckChange = {}): string[] {
  return listProblemCodes({ main: before ? [before] : [], head: after }, more);
}

test.each<[Stage | null, Stage]>([
  [null, 'notify'],
  ['notify', 'review'],
  ['review', 'disable'],
  ['disable', 'delicense'],
  ['disable', 'review'],
])('an account may go from %s to %s', (from, to) => {
  expect(codes(from && inStage(from), inStage(to))).toEqual([]);
});

test.each<[Stage | null, Stage]>([
  [null, 'disable'],
  ['notify', 'disable'],
  ['review', 'delicense'],
  ['keep', 'disable'],
])('an account never jumps from %s to %s', (from, to) => {
  expect(codes(from && inStage(from), inStage(to))).toContain('stage-jump');
});

test('a stage ends no sooner than its days have passed on main', () => {
  const change = { main: [inStage('review')], head: inStage('disable'), since: addDays(today, -6) };
  expect(listProblemCodes(change)).toEqual(['stage-too-early']);
});

test('closed dates and pauses of the base branch do not count', () => {
  const change = { main: [inStage('review')], head: inStage('disable'), since: addDays(today, -7) };
  const closed = (from: number, to: number) => ({
    main: {
      lineRules: {
        ...{ today, days: new Map([[0, addDays(today, -7)]]), findStages: () => aPolicy().stages },
        findRampStart: () => 0,
        findUncounted: () => [{ from: addDays(today, -from), to: addDays(today, -to) }],
      },
    },
  });
  expect(listProblemCodes(change)).toEqual([]);
  expect(listProblemCodes(change, closed(5, 4))).toEqual(['stage-too-early']);
  expect(listProblemCodes({ ...change, since: addDays(today, -9) }, closed(5, 4))).toEqual([]);
  expect(listProblemCodes(change, closed(0, -9))).toEqual([]);
});

test('a stage that was pushed further without an audit, and set back, goes on with the days that it had', () => {
  const [notify, pushed] = [aSignedFile(inStage('notify'), { furthest: 'notify' }), inStage('review')];
  const change = {
    main: [notify, { ...pushed, signed: notify.signed ?? '' }, notify],
    head: inStage('review', { evidence: newEvidence }),
    since: addDays(today, -1),
  };
  const count = (days: number) => {
    const dated = new Map([30, 2, 1].map((age, at) => [at, addDays(today, -Math.min(age, days))]));
    return {
      main: {
        lineRules: {
          today,
          days: dated,
          findStages: () => aPolicy().stages,
          findUncounted: () => [],
          findRampStart: () => 0,
        },
      },
    };
  };
  expect(listProblemCodes(change, count(30))).toEqual([]);
  expect(listProblemCodes(change, count(6))).toEqual(['stage-too-early']);
  expect(listProblemCodes(change)).toEqual(['stage-too-early']);
});

test('who was set back and is let go on by dormant include keeps the stage, signed anew for the next one', () => {
  const [notify, review] = [inStage('notify'), inStage('review')];
  const included = aSignedFile(inStage('notify', { evidence: newEvidence }), { furthest: 'review' });
  expect(listProblemCodes({ main: [notify, review, notify], head: included })).toEqual([]);
});

test('nobody is blocked by hand whose block would take something with it that has to stay', () => {
  const group = {
    id: 'b0c5e5c2-3f0a-4b52-8b0e-0d2f6c1a9e11',
    displayName: 'Everybody',
    skuPartNumbers: ['SPE_E3'],
    membershipRule: 'user.accountEnabled -eq true',
  };
  const kept = (...keepsSignInFor: ('onedrive-files' | 'litigation-hold')[]) => ({
    dynamicGroups: [{ ...group, keepsSignInFor }],
  });
  const to = (stage: Stage, edit: Partial<AccountFile>, desired: Partial<AccountFile['desired']> = {}) => {
    const file = inStage(stage, edit);
    return codes(inStage('review', edit), { ...file, desired: { ...file.desired, ...desired } });
  };
  expect(to('disable', kept('litigation-hold'))).toEqual(['licence-goes-with-block']);
  expect(to('disable', kept('onedrive-files'))).toEqual(['licence-goes-with-block']);
  expect(to('disable', kept('onedrive-files'), { oneDrive: 'release' })).toEqual([]);
  expect(to('disable', kept('onedrive-files', 'litigation-hold'), { oneDrive: 'release' })).toEqual([
    'licence-goes-with-block',
  ]);
  expect(to('disable', kept('litigation-hold'), { accountEnabled: true })).toEqual([]);
  expect(to('disable', { dynamicGroups: [group] })).toEqual([]);
  expect(to('review', kept('litigation-hold'))).toEqual([]);
  expect(codes(inStage('disable', kept('litigation-hold')), inStage('disable', kept('litigation-hold')))).toEqual([]);
});

test('a veto is one line and its reason, on a proposal that has already rewritten the rest', () => {
  const proposed = inStage('disable');
  const evidence = { ...proposed.evidence, auditedOn: addDays(proposed.evidence.auditedOn, 1) };
  const vetoed: AccountFile = { ...proposed, evidence, stage: 'keep', reason: 'starts again in March' };
  expect(codes(inStage('review'), { ...vetoed, evidence: proposed.evidence })).toEqual([]);
});

test('a keep says why', () => {
  expect(codes(inStage('notify'), inStage('keep'))).toEqual(['missing-reason']);
});

const oldEvidence = (age: number): AccountFile['evidence'] => ({
  ...inStage('disable').evidence,
  auditedOn: addDays(today, -age),
  reportRefreshDate: addDays(today, -age - 2),
});
const newEvidence = { ...inStage('disable').evidence, auditedOn: today, reportRefreshDate: addDays(today, -2) };

test('evidence that is too old for what is left to do is renewed, and counts as the change that it lets happen', () => {
  const before = inStage('disable', { evidence: oldEvidence(31) });
  expect(codes(before, { ...before, evidence: newEvidence })).toEqual([]);
  const policy = aPolicy({ limits: { changesPerApply: 0 } });
  expect(codes(before, { ...before, evidence: newEvidence }, { policy })).toEqual(['over-limit']);
});

test('evidence does not become older, nor is what is saved rewritten without an audit', () => {
  const before = inStage('disable', { evidence: oldEvidence(20) });
  expect(codes(before, { ...before, evidence: oldEvidence(25) })).toEqual(['older-evidence']);
  const { signed } = aSignedFile(before);
  const savings = { monthly: 0, currency: 'USD', heldBack: [] };
  expect(codes(before, { ...before, savings, ...(signed ? { signed } : {}) })).toEqual(['not-signed']);
});

test('nothing is taken that the stage does not ask for', () => {
  const file = inStage('notify');
  expect(codes(null, { ...file, desired: { ...file.desired, accountEnabled: false } })).toEqual([
    'desired-beyond-stage',
  ]);
});

test('an executive does not enter a stage', () => {
  const file = inStage('notify');
  expect(codes(null, { ...file, account: { ...file.account, jobTitle: 'Chief Financial Officer' } })).toContain(
    'protected-account',
  );
});

test('the refusal says which of the two it is: a new file is taken out, one that main has is set to keep', () => {
  const executive = (stage: Stage) =>
    inStage(stage, { account: { ...inStage(stage).account, jobTitle: 'Chief Financial Officer' } });
  const says = (main: AccountFile[], head: AccountFile) => checkStack(aCheckInput({ main, head }))[0]?.message;
  expect(says([], executive('notify'))).toMatch(/take this new file out$/);
  expect(says([executive('notify')], executive('review'))).toMatch(/set stage: keep with a reason$/);
});

test('an exemption that main has protects against the pull request that takes it out', () => {
  const exemption = { account: 'ana*', reason: 'on leave', owner: 'Lee', until: addDays(today, 10) };
  const change = [inStage('notify'), inStage('review')] as const;
  expect(codes(...change, { main: { exemptions: [exemption] } })).toEqual(['protected-account']);
  expect(codes(...change, { main: { exemptions: [{ ...exemption, until: addDays(today, -1) }] } })).toEqual([]);
});

test('the list for HR is the audit’s: nobody comes on or off it by hand, nor loses its line', () => {
  const { id, userPrincipalName, displayName } = anAccount({ userPrincipalName: 'cara@contoso.com' });
  const entry: Escalation = { id, userPrincipalName, displayName, why: 'CEO', lastActivity: null, since: today };
  const sign = (list: Escalation[], name = 'tests') => {
    const { rules, sign: signText } = aSigner(name);
    const signature = signText(buildSignedListText(list, contoso, { rules }));
    return { escalations: list, signed: formatSignedLine({ key: 'tests', furthest: null, rules, signature }) };
  };
  const check = (before: Escalations | null, after: Escalations | null) => {
    const path = 'stacks/contoso/escalations.yaml';
    const text =
      after && `${serialiseEscalations(after.escalations)}${after.signed ? `signed: ${after.signed}\n` : ''}`;
    const escalations = text === null ? null : parseEscalations(path, text);
    return codes(null, inStage('notify'), { escalations, main: { escalations: before } });
  };
  const unsigned = { escalations: [entry] };
  expect(check(null, sign([entry]))).toEqual([]);
  expect(check(sign([entry]), sign([]))).toEqual([]);
  expect(check(unsigned, unsigned)).toEqual([]);
  expect(check(null, unsigned)).toEqual(['not-signed']);
  expect(check(null, sign([entry], 'eve'))).toEqual(['not-signed']);
  expect(check(sign([entry]), { ...sign([entry]), escalations: [] })).toEqual(['not-signed']);
  expect(check(sign([entry]), unsigned)).toEqual(['not-signed']);
  expect(check(sign([entry]), null)).toEqual(['not-signed']);
});

test.each([
  ['a member of another company', { userPrincipalName: 'max_fabrikam.com#EXT#@contoso.com' }],
  ['Entra Connect’s account', { userPrincipalName: 'Sync_DC01_5f2c9e1b@contoso.com' }],
  ['a scanner', { userPrincipalName: 'scanner.empfang@contoso.com', displayName: 'Scanner Empfang' }],
  ['a kiosk by its display name', { userPrincipalName: 'b4711@contoso.com', displayName: 'Lobby Kiosk' }],
])('%s does not enter a stage', (_, names) => {
  const file = inStage('notify');
  expect(codes(null, { ...file, account: { ...file.account, ...names } })).toContain('protected-account');
});

test.each([
  ['fabian.scanner@contoso.com', 'Fabian Scanner'],
  ['fscanner@contoso.com', 'Fabian Scanner'],
  ['fabian@contoso.com', 'Fabian Scanner'],
  ['fabian.scanner@contoso.com', 'Fabian Max Scanner'],
  ['tanja.kamera@contoso.com', 'Kamera, Tanja'],
  ['anna-lena.kiosk@contoso.com', 'Anna-Lena Kiosk'],
])('%s, planned by an audit that knows the surname, may be merged', (userPrincipalName, displayName) => {
  const file = inStage('notify');
  expect(codes(null, { ...file, account: { ...file.account, userPrincipalName, displayName } })).toEqual([]);
});

test('evidence is not from a day to come', () => {
  const file = inStage('notify');
  expect(codes(null, { ...file, evidence: { ...file.evidence, auditedOn: addDays(today, 1) } })).toEqual([
    'future-evidence',
  ]);
});

test('nobody is escalated twice, or from a day to come', () => {
  const entry = {
    userPrincipalName: 'cara@contoso.com',
    displayName: 'Cara',
    why: 'CEO',
    lastActivity: null,
  };
  const escalated = (...entries: { id: string; since: string }[]) => {
    const text = serialiseEscalations(entries.map((one) => ({ ...entry, ...one })));
    const escalations = parseEscalations('stacks/contoso/escalations.yaml', text);
    const main = { escalations: escalations.value };
    return codes(null, inStage('notify'), { escalations, main });
  };
  const [one, other] = [idOf('cara'), idOf('zoe')];
  expect(escalated({ id: one, since: today }, { id: other, since: '2026-11-30' })).toEqual([]);
  expect(escalated({ id: one, since: today }, { id: one.toUpperCase(), since: today })).toEqual(['escalation']);
  expect(escalated({ id: one, since: addDays(today, 1) })).toEqual(['escalation']);
});

test('a change takes from no more accounts than the ramp allows, which the message says', () => {
  const policy = aPolicy({ ramp: { start: 1, growth: 2, quietDays: 14 }, limits: { changesPerApply: 100 } });
  const input = aCheckInput({ main: [inStage('review')], head: inStage('disable') }, { policy });
  expect(checkStack(input)).toEqual([]);
  const [first] = input.head;
  if (first === undefined) throw new Error('one file');
  const problems = checkStack({
    ...input,
    main: {
      ...input.main,
      inForce: [
        ...input.main.inForce,
        ...input.main.inForce.map((each) => ({ ...each, path: 'stacks/contoso/accounts/bo.yaml' })),
      ],
    },
    head: [first, { ...first, path: 'stacks/contoso/accounts/bo.yaml' }],
  }).filter(({ code }) => code === 'over-limit');
  expect(problems).toHaveLength(2);
  expect(problems[0]?.message).toContain(
    '2 accounts are disabled or delicensed with this change, allowed are 1 (limits.changesPerApply) (ramp: 1 account at a time, of 100 that the limits allow: no wave has been good yet)',
  );
});
