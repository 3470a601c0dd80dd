import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf, today } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { addDays, type Day } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import { parseGiveBacks } from '../files/give-back-file.ts';
import { anyAccountFile } from '../random-file.fixture.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { FurthestStage } from '../schemas/signing.ts';
import { selectFacts, toCanonicalJson } from '../signing/signed-line.ts';
import { aFactsKey, aSignedFile, aSigning } from '../signing/signing.fixture.ts';
import { aCheckInput, aCommit, listProblemCodes, type ReviewedChange } from './check.fixture.ts';
import { checkStack } from './check.ts';

/** Ana's file as an audit of this day signs it. */
function signed(stage: Stage, on: Day = today, furthest?: FurthestStage): AccountFile {
  const file = anAccountFile(stage);
  return aSignedFile({ ...file, evidence: { ...file.evidence, auditedOn: on } }, furthest ? { furthest } : {});
}

function setStage(file: AccountFile, stage: Stage): AccountFile {
  const { reason, desired } = anAccountFile(stage);
  return { ...file, stage, desired, ...(reason === undefined ? {} : { reason }) };
}

const lastWeek = addDays(today, -7);
const check = (change: ReviewedChange, branch: readonly AccountFile[] = []) =>
  checkStack(
    aCheckInput(change, {
      branchVersions: new Map([['stacks/contoso/accounts/ana.yaml', branch.map(serialiseAccountFile)]]),
    }),
  );

test.each<[string, (file: AccountFile) => AccountFile]>([
  ['activity of today', (file) => edit(file, { evidence: { ...file.evidence, inactiveDays: 0 } })],
  [
    'a sign-in of the year 2099',
    (file) => {
      const lastActivity = { ...file.evidence.lastActivity, signIn: '2099-01-01' };
      return edit(file, { evidence: { ...file.evidence, lastActivity } });
    },
  ],
  ['a mailbox that it did not have', (file) => edit(file, { restore: { ...file.restore, mailbox: 'none' } })],
  [
    'another manager',
    (file) => edit(file, { account: { ...file.account, manager: { displayName: 'E', mail: 'e@x' } } }),
  ],
  ['a namesake’s object id', (file) => edit(file, { account: anAccountFile('notify', namesake).account })],
  ['the evidence of a loosened policy', (file) => edit(file, { evidence: { ...file.evidence, inactiveDays: 12 } })],
])('a file with %s is refused, new or known, at its line', (_, forge) => {
  const forged = forge(signed('review'));
  expect(listProblemCodes({ head: forge(signed('notify')) })).toEqual(['not-signed']);
  expect(listProblemCodes({ main: [signed('notify', lastWeek)], head: forged })).toContain('not-signed');
});
const namesake = { account: { userPrincipalName: 'ana.reyes2@contoso.com' } };

function edit(file: AccountFile, change: Partial<AccountFile>): AccountFile {
  return { ...file, ...change };
}

test('the message names the field that differs, at its line: from main, or from what the audit wrote on the branch', () => {
  const known = signed('notify', lastWeek);
  const said = { code: 'not-signed', message: 'restore.mailbox: found none, signed: user; only an audit writes it' };
  const forge = (file: AccountFile) => edit(file, { restore: { ...file.restore, mailbox: 'none' } });
  const line = serialiseAccountFile(forge(known)).split('\n').indexOf('  mailbox: none') + 1;
  expect(check({ main: [known], head: forge(setStage(known, 'review')) })).toMatchObject([{ ...said, line }]);
  const fresh = signed('notify');
  expect(check({ head: forge(fresh) }, [forge(fresh), fresh])).toMatchObject([{ ...said, line }]);
  expect(check({ head: forge(fresh) }, [forge(fresh)])).toMatchObject([
    { code: 'not-signed', message: 'signed: no audit of this stack wrote these facts' },
  ]);
});

test('a person may hold back, keep or give back what an audit proposed, and never go further', () => {
  const [review, disable] = [signed('review', lastWeek), signed('disable')];
  for (const stage of ['disable', 'review', 'notify', 'keep'] as const)
    expect(listProblemCodes({ main: [review], head: setStage(disable, stage) })).toEqual([]);
  expect(listProblemCodes({ main: [review], head: setStage(signed('review'), 'disable') })).toEqual(['not-proposed']);
  expect(listProblemCodes({ main: [disable], head: setStage(disable, 'restore') })).toEqual([]);
});

test('a file of June put back in December, or one that main has had, takes nobody further', () => {
  const june = signed('disable', '2026-06-15');
  expect(listProblemCodes({ main: [signed('review', lastWeek)], head: june })).toEqual([
    'older-evidence',
    'stale-evidence',
  ]);
  const disable = signed('disable', lastWeek);
  const heldBack = setStage(disable, 'review');
  expect(listProblemCodes({ main: [signed('review', lastWeek), heldBack], head: disable })).toEqual(['signed-before']);
});

test('a key that only the pull request brings vouches for nothing', () => {
  const head = aSignedFile(anAccountFile('notify'), { key: 'eve' });
  const tenant = aCheckInput({ head: null, signing: aSigning({ next: aFactsKey('eve') }) }).tenant;
  expect(listProblemCodes({ head }, { tenant })).toEqual(['not-signed']);
  expect(listProblemCodes({ head, signing: aSigning({ next: aFactsKey('eve') }) })).toEqual([]);
});

test('before main has a key, what it has already is left alone, and what is new or goes forward waits', () => {
  const file = anAccountFile('review');
  expect(listProblemCodes({ main: [file], head: file, signing: null })).toEqual([]);
  expect(listProblemCodes({ main: [file], head: setStage(file, 'keep'), signing: null })).toEqual([]);
  expect(listProblemCodes({ main: [file], head: signed('disable'), signing: null })).toEqual(['not-signed']);
});

test('what a stolen key has signed since is named, although no pull request touches it', () => {
  const [notify, review] = [signed('notify', addDays(today, -14)), signed('review', lastWeek)];
  const signing = { current: aFactsKey('new'), revoked: [{ ...aFactsKey(), commit: aCommit(1) }] };
  expect(listProblemCodes({ main: [notify, review], head: review, signing })).toEqual(['not-signed']);
  expect(listProblemCodes({ main: [notify, review], head: notify, signing })).toEqual([]);
});

test('nobody who is given back waits for what a stolen key has signed about somebody else', () => {
  const [notify, review] = [signed('notify', addDays(today, -14)), signed('review', lastWeek)];
  const signing = { current: aFactsKey('new'), revoked: [{ ...aFactsKey(), commit: aCommit(1) }] };
  const path = 'stacks/contoso/give-back/bo.yaml';
  const account = { id: idOf('bo'), userPrincipalName: 'bo@contoso.com', displayName: 'Bo' };
  const giveBack = { account, reason: 'is back', askedBy: '@lee', askedOn: today };
  const giveBacks = parseGiveBacks(new Map([[path, JSON.stringify(giveBack)]]));
  const withOne = { giveBacks, giveBackTexts: new Map([[path, JSON.stringify(giveBack)]]) };
  expect(listProblemCodes({ main: [notify, review], head: review, signing }, withOne)).not.toContain('not-signed');
  const edited = { ...review, account: { ...review.account, department: 'Elsewhere' } };
  expect(listProblemCodes({ main: [notify, review], head: edited, signing }, withOne)).toContain('not-signed');
});

test('whatever facts are written beside a signature, the check lets none of them pass', () => {
  fc.assert(
    fc.property(anyAccountFile, (other) => {
      const { stage, desired, signed: line } = signed('notify');
      const head: AccountFile = { ...other, stage, desired, ...(line ? { signed: line } : {}) };
      fc.pre(toCanonicalJson(selectFacts(head)) !== toCanonicalJson(selectFacts(signed('notify'))));
      expect(listProblemCodes({ head })).toContain('not-signed');
    }),
    { numRuns: 200 },
  );
});
