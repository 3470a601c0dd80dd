// What an audit signs, and what it makes of files on main that nobody has signed.
import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { foldId } from '../identifiers.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { FurthestStage } from '../schemas/signing.ts';
import { hasSameFacts } from '../signing/differences.ts';
import type { NotedAccount } from '../signing/noted-state.ts';
import { parseSignedLine } from '../signing/signed-line.ts';
import { aPlanSigning, aSigner } from '../signing/signing.fixture.ts';
import {
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aProposedFile,
  aTenant,
  signedIn,
  type TenantChange,
  today,
} from '../tenant.fixture.ts';
import type { InForceFile, UnsignedFile } from './input.ts';
import { planMoves } from './plan.ts';
import { isSigned, isSignedFor } from './plan-signing.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const archivePath = path.replace('accounts', 'archive');
const ana = anAccount();
const signing = aPlanSigning();

function inForce(stage: Stage, days: number): InForceFile {
  return anInForceFile({ account: ana, stage, since: addDays(today, -days) });
}

function plannedFile(change: TenantChange): AccountFile {
  return parseAccountFile(path, planMoves(aTenant(change)).files.get(path) ?? '');
}

test.each<[Stage | null, number, FurthestStage]>([
  [null, 0, 'notify'],
  ['notify', 7, 'review'],
  ['review', 7, 'disable'],
  ['disable', 7, 'delicense'],
])('from %s after %i days the file is signed for %s, as its text says', (stage, days, furthest) => {
  const tracked = stage === null ? [] : [inForce(stage, days)];
  const accounts = [stage === null ? ana : anAppliedAccount(ana, stage)];
  expect(isSignedFor(plannedFile({ accounts, inForce: tracked }), furthest, signing)).toBe(true);
});

test('what is given back is signed, and for no stage', () => {
  const accounts = [{ ...anAppliedAccount(ana, 'disable'), signIns: signedIn('2026-12-04') }];
  const file = plannedFile({ accounts, inForce: [inForce('disable', 3)] });
  expect(file.stage).toBe('restore');
  expect(isSignedFor(file, 'keep', signing)).toBe(true);
});

test('a name that no text can hold is signed as it is written', () => {
  const accounts = [anAccount({ displayName: 'Ana \ud800 Reyes\n', jobTitle: '\udfff: "x" \u0007' })];
  expect(isSigned(plannedFile({ accounts }), signing)).toBe(true);
});

test('without a key nothing is proposed, and the plan is still told', () => {
  const { files, moves } = planMoves(aTenant({ accounts: [ana], signing: { signer: null } }));
  expect(files.size).toBe(0);
  expect(moves).toMatchObject([{ to: 'notify' }]);
  expect(moves[0]?.file.signed).toBeUndefined();
});

test('a proposal of last week keeps its bytes, also after a change of policy', () => {
  const yesterday = { auditedOn: addDays(today, -1) };
  const old = aPlanSigning({ signer: { ...aSigner(), rules: '0'.repeat(32) } });
  const [move] = planMoves(aTenant({ accounts: [ana], run: yesterday, signing: old })).moves;
  const proposed = [aProposedFile({ path, file: move?.file ?? null })];
  expect(planMoves(aTenant({ accounts: [ana], proposed })).files.get(path)).toBe(proposed[0]?.text);
});

test.each<[string, (file: AccountFile) => AccountFile]>([
  ['whose facts were edited', (file) => ({ ...file, restore: { ...file.restore, mailbox: 'shared' } })],
  ['whose line was taken out', ({ signed: _, ...file }) => file],
  [
    'that no key of the tenant has signed',
    (file) => ({ ...file, signed: file.signed?.replace('.tests.', '.eve.') ?? '' }),
  ],
])('one %s is written anew', (_what, edit) => {
  const [move] = planMoves(aTenant({ accounts: [ana] })).moves;
  const file = move && edit(move.file);
  const proposed = [aProposedFile({ path, file: file ?? null })];
  expect(isSignedFor(plannedFile({ accounts: [ana], proposed }), 'notify', signing)).toBe(true);
});

test('a reviewer’s decision stays, and facts beside it that nobody signed are put back', () => {
  const [move] = planMoves(aTenant({ accounts: [ana] })).moves;
  const file = move?.file as AccountFile;
  const kept = { ...file, stage: 'keep' as const, reason: 'on leave' };
  const forged = { ...kept, restore: { ...kept.restore, accountEnabled: false } };
  const text = `${serialiseAccountFile(forged)}# agreed with Lee\n`;
  const proposed = [aProposedFile({ path, file: forged, text, touchedByPerson: true })];
  const after = planMoves(aTenant({ accounts: [ana], proposed })).files.get(path) ?? '';
  expect(after).toContain('# agreed with Lee');
  expect(parseAccountFile(path, after)).toEqual(kept);
});

test('facts that a reviewer edited in a file that main has go back to what main has', () => {
  const tracked = inForce('notify', 2);
  const forged: AccountFile = {
    ...tracked.file,
    stage: 'keep',
    reason: 'on leave',
    savings: { ...tracked.file.savings, monthly: 1 },
  };
  const proposed = [aProposedFile({ path, file: forged, touchedByPerson: true })];
  const after = plannedFile({ accounts: [ana], inForce: [tracked], proposed });
  expect(after).toMatchObject({ stage: 'keep', reason: 'on leave' });
  expect(hasSameFacts(after, tracked.file)).toBe(true);
});

test('what was held back or taken out today is not proposed again on the same signature', () => {
  const [move] = planMoves(aTenant({ accounts: [ana] })).moves;
  const known = parseSignedLine(move?.file.signed ?? '')?.signature ?? '';
  const again = aTenant({ accounts: [ana], signing: { signaturesOnMain: new Set([known]) } });
  expect(planMoves(again).files.size).toBe(0);
});

const because = 'evidence.auditedOn: found 2026-12-06, signed: 2026-11-23';

function unsigned(tracked: InForceFile, basis: UnsignedFile['basis'], main: AccountFile = tracked.file): InForceFile {
  return {
    ...tracked,
    text: serialiseAccountFile(main),
    unsigned: { code: 'not-signed', because, stage: main.stage, basis },
  };
}

/** As main has it after somebody has pushed that. */
function forge(file: AccountFile, stage: Stage): AccountFile {
  return { ...file, stage, restore: { ...file.restore, mailbox: 'shared' }, desired: inForce(stage, 0).file.desired };
}

test('a forged file is put back as it stood, at its stage, and the reason is told', () => {
  const before = inForce('notify', 3);
  const tracked = unsigned(before, 'standing', forge(before.file, 'disable'));
  const { moves, files } = planMoves(aTenant({ accounts: [ana], inForce: [tracked] }));
  expect(moves).toMatchObject([{ from: 'notify', to: 'notify', reason: 'not-signed' }]);
  expect(moves[0]?.because).toContain(because);
  expect(parseAccountFile(path, files.get(path) ?? '')).toEqual(before.file);
});

/** As main has it after somebody has merged past the check: the audit's own file, a stage or some days too early. */
function moved(code: 'stage-jump' | 'stage-too-early', to: Stage, days: number): InForceFile {
  const before = inForce('notify', days);
  const file = { ...before.file, stage: to, desired: inForce(to, 0).file.desired };
  const tracked = unsigned(before, 'standing', file);
  return { ...tracked, unsigned: { code, because: `${to} is not yet allowed`, stage: to, basis: 'standing' } };
}

test('a jump is put right by the next audit; what came too early is held until its day, and then goes on', () => {
  const jump = planMoves(aTenant({ accounts: [ana], inForce: [moved('stage-jump', 'disable', 3)] }));
  expect(jump.moves).toMatchObject([{ from: 'notify', to: 'notify', because: expect.stringContaining('put right') }]);
  expect(parseAccountFile(path, jump.files.get(path) ?? '').stage).toBe('notify');
  const early = planMoves(aTenant({ accounts: [ana], inForce: [moved('stage-too-early', 'review', 3)] }));
  expect({ moves: early.moves, files: early.files.size }).toEqual({ moves: [], files: 0 });
  expect(early.held).toMatchObject([{ path, because: expect.stringContaining('until then') }]);
  const due = plannedFile({ accounts: [ana], inForce: [moved('stage-too-early', 'review', 7)] });
  expect(due.stage).toBe('review');
});

test('where its time has come, a forged file goes on from what stood before it', () => {
  const before = inForce('notify', 7);
  const tracked = unsigned(before, 'standing', forge(before.file, 'delicense'));
  const file = plannedFile({ accounts: [ana], inForce: [tracked] });
  expect(file).toMatchObject({ stage: 'review', restore: before.file.restore });
  expect(isSignedFor(file, 'review', signing)).toBe(true);
});

test('a file to be archived is put right first, because the archive keeps what main has', () => {
  const before = inForce('delicense', 98);
  const tracked = unsigned(before, 'standing', forge(before.file, 'delicense'));
  const { moves } = planMoves(aTenant({ accounts: [anAppliedAccount(ana, 'delicense')], inForce: [tracked] }));
  expect(moves).toMatchObject([{ to: 'delicense', reason: 'not-signed', file: before.file }]);
});

const noted: NotedAccount = {
  restore: { ...inForce('notify', 0).file.restore, mailbox: 'user' },
  reached: { accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] },
};

test('what nobody signed is rebuilt from what the state noted, no further than the apply came', () => {
  const tracked = unsigned(inForce('disable', 9), noted, forge(inForce('disable', 9).file, 'delicense'));
  const forged = { ...tracked, file: forge(tracked.file, 'delicense') };
  // What the audit takes from the same note: the mailbox that is shared now is a person's.
  const run = { convertedMailboxes: new Set([foldId(ana.id)]) };
  const file = plannedFile({ accounts: [anAppliedAccount(ana, 'disable')], inForce: [forged], run });
  expect(file).toMatchObject({ stage: 'disable', restore: noted.restore, evidence: { auditedOn: today } });
  expect(isSignedFor(file, 'disable', signing)).toBe(true);
});

test('who is active by now gets back what the state noted', () => {
  const forged = { ...unsigned(inForce('disable', 9), noted), file: forge(inForce('disable', 9).file, 'delicense') };
  const accounts = [{ ...anAppliedAccount(ana, 'disable'), signIns: signedIn('2026-12-04') }];
  expect(plannedFile({ accounts, inForce: [forged] })).toMatchObject({ stage: 'restore', restore: noted.restore });
});

/** As main has it after somebody has pushed that, with nothing before it. */
function forged(stage: Stage): InForceFile {
  const file = forge(inForce(stage, 9).file, stage);
  return { ...unsigned(inForce(stage, 9), 'nothing-taken', file), file };
}

test('where nothing was taken, whoever is inactive begins anew, and the file of anybody else goes', () => {
  for (const stage of ['review', 'delicense'] as const) {
    const { moves, files } = planMoves(aTenant({ accounts: [ana], inForce: [forged(stage)] }));
    expect(moves).toMatchObject([{ to: 'notify', reason: 'not-signed' }]);
    expect(isSignedFor(parseAccountFile(path, files.get(path) ?? ''), 'notify', signing)).toBe(true);
  }
  const gone = planMoves(aTenant({ accounts: [active], inForce: [forged('review')] }));
  expect(gone.moves).toMatchObject([{ to: null, reason: 'not-signed' }]);
  expect(gone.files).toEqual(new Map([[path, null]]));
});

const active = anAccount({ signIns: signedIn('2026-12-04') });

test('a file that main has at a stage that takes is not deleted: today’s reading is given back, which takes nothing', () => {
  const file = plannedFile({ accounts: [active], inForce: [forged('delicense')] });
  expect(file).toMatchObject({ stage: 'restore', restore: { accountEnabled: true, mailbox: 'user' } });
  expect(isSignedFor(file, 'keep', signing)).toBe(true);
  const standing = unsigned(inForce('notify', 3), 'standing', forge(inForce('notify', 3).file, 'disable'));
  expect(plannedFile({ accounts: [active], inForce: [standing] }).stage).toBe('restore');
  expect(planMoves(aTenant({ inForce: [standing] })).moves).toMatchObject([{ to: 'archive', reason: 'account-gone' }]);
});

test('a keep that nobody signed holds, beside today’s facts', () => {
  const kept = unsigned(inForce('keep', 9), 'nothing-taken');
  const file = plannedFile({ accounts: [ana], inForce: [kept] });
  expect(file).toMatchObject({ stage: 'keep', reason: 'on leave until March' });
  expect(isSignedFor(file, 'keep', signing)).toBe(true);
});

test('where the state cannot be read, the person is set aside and named, and nothing is signed', () => {
  for (const stage of ['notify', 'disable', 'keep', 'restore'] as const) {
    const { moves, files, held } = planMoves(
      aTenant({ accounts: [ana], inForce: [unsigned(inForce(stage, 90), 'unknown')] }),
    );
    expect({ moves, files }).toEqual({ moves: [], files: new Map() });
    expect(held).toMatchObject([{ path, because: expect.stringContaining('could not be read') }]);
  }
});

test('an archived file that nobody signed moves nobody, and goes when its account has a file', () => {
  const { file, text } = inForce('delicense', 30);
  const archived = [{ path: archivePath, text, file, isUnsigned: true }];
  const flipped = {
    ...anAppliedAccount(ana, 'delicense'),
    mailbox: { ...ana.mailbox, recipientType: 'user' as const },
  };
  expect(planMoves(aTenant({ accounts: [flipped], archived })).moves.filter(({ to }) => to !== 'notify')).toEqual([]);
  const { files, moves } = planMoves(aTenant({ accounts: [ana], archived }));
  expect(moves).toMatchObject([{ from: null, to: 'notify', archivePaths: [archivePath] }]);
  expect(files.get(archivePath)).toBe(null);
});

test('of two files of one account, the archive’s goes although the account stays where it is', () => {
  const { file, text } = inForce('delicense', 30);
  const archived = [{ path: archivePath, text, file }];
  const { files } = planMoves(aTenant({ accounts: [ana], archived, inForce: [inForce('notify', 2)] }));
  expect(files).toEqual(new Map([[archivePath, null]]));
});
