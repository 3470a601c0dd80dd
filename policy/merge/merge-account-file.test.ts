import { expect, test } from 'vitest';
import { anAccountFile } from '../account-file.fixture.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { buildDesiredState } from '../files/stage.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { aPlanSigning, aSignedFile } from '../signing/signing.fixture.ts';
import { mergeAccountFile } from './merge-account-file.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const { context } = aPlanSigning();

/** As the audit of this day signs it. */
function anAudit(stage: Stage, day: string, change: Partial<AccountFile> = {}): AccountFile {
  const file = anAccountFile(stage);
  return aSignedFile({ ...file, evidence: { ...file.evidence, auditedOn: day }, ...change });
}

function decide(file: AccountFile, stage: Stage, reason?: string): AccountFile {
  const { reason: _, ...rest } = file;
  const desired = buildDesiredState(stage, file.restore, file.savings);
  return { ...rest, stage, desired, ...(reason === undefined ? {} : { reason }) };
}

interface Hands {
  base?: AccountFile | null;
  /** What the audit last wrote on the branch. */
  written: AccountFile;
  /** What the person made of it. */
  edited?: AccountFile | string | null;
  /** What the branch has since; by default the same. */
  branch?: AccountFile;
  main: AccountFile | null;
}

const write = (file: AccountFile | string | null) =>
  file === null || typeof file === 'string' ? file : serialiseAccountFile(file);

function merge({ base = anAudit('review', '2026-11-02'), written, edited = written, branch, main }: Hands) {
  const edits = edited === written ? [] : [{ before: [write(written)], after: write(edited) }];
  const sides = { path, base: write(base), branch: write(branch ?? edited), main: write(main) };
  const { text, undecided } = mergeAccountFile({ ...sides, edits }, context);
  return { text, undecided, file: text === null ? null : parseAccountFile(path, text) };
}

const proposed = anAudit('disable', '2026-11-23');

test('the newest facts that are signed stand beside what the person decided', () => {
  const edited = decide(proposed, 'keep', 'on leave');
  const older = merge({ written: proposed, edited, main: anAudit('review', '2026-11-16') });
  expect(older.file).toMatchObject({ stage: 'keep', reason: 'on leave', evidence: { auditedOn: '2026-11-23' } });
  expect(older.file?.signed).toBe(proposed.signed);
  const newer = anAudit('review', '2026-11-30');
  const renewed = merge({ written: proposed, edited, main: newer });
  expect(renewed.file).toMatchObject({ stage: 'keep', evidence: { auditedOn: '2026-11-30' }, signed: newer.signed });
  expect(renewed.undecided).toEqual([]);
});

test('facts that nobody signed give way to main’s, however new they say they are', () => {
  const edited = decide(
    { ...proposed, evidence: { ...proposed.evidence, auditedOn: '2026-12-06' } },
    'keep',
    'on leave',
  );
  const main = anAudit('review', '2026-11-16');
  expect(merge({ written: proposed, edited, main }).file).toMatchObject({ stage: 'keep', evidence: main.evidence });
});

test('only what the person changed is theirs; the rest is main’s', () => {
  const edited = { ...proposed, desired: { ...proposed.desired, oneDrive: 'release' as const } };
  const main = anAudit('review', '2026-11-30');
  const { file } = merge({ written: proposed, edited, main });
  expect(file).toEqual({ ...main, desired: { ...main.desired, oneDrive: 'release' } });
});

test('what the person wrote around the words survives', () => {
  const edited = `${serialiseAccountFile(decide(proposed, 'keep', 'on leave'))}# ask Lee in March\n`;
  expect(merge({ written: proposed, edited, main: anAudit('review', '2026-11-30') }).text).toContain(
    '# ask Lee in March',
  );
});

test('a person’s word that the audit has carried on since is still theirs', () => {
  const edited = decide(proposed, 'notify');
  const branch = decide(anAudit('disable', '2026-11-30'), 'notify');
  const main = anAudit('review', '2026-12-05');
  expect(merge({ written: proposed, edited, branch, main }).file).toMatchObject({ stage: 'notify' });
});

test('a word that the audit has overruled since is nobody’s', () => {
  const main = anAudit('review', '2026-12-05');
  const edited = decide(proposed, 'notify');
  expect(merge({ written: proposed, edited, branch: anAudit('disable', '2026-11-30'), main }).file).toEqual(main);
});

test.each(['keep', 'restore'] as const)('%s on main stands, whatever the branch says', (stage) => {
  const main = decide(anAudit('review', '2026-11-16'), stage, 'asked for by HR');
  const edited = decide(proposed, 'notify');
  expect(merge({ written: proposed, edited, main })).toMatchObject({ file: main, undecided: [] });
});

test('a file that main took out stays out', () => {
  expect(merge({ written: proposed, edited: decide(proposed, 'notify'), main: null })).toMatchObject({ text: null });
});

test('a file that main has does not go because somebody took it off the branch', () => {
  const main = anAudit('review', '2026-11-30');
  expect(merge({ written: proposed, edited: null, main }).file).toEqual(main);
});

test('two people’s different words are quoted, and main’s stands', () => {
  const base = anAudit('disable', '2026-11-02');
  const written = anAudit('delicense', '2026-11-23');
  const main = decide(base, 'review');
  const { file, undecided } = merge({ base, written, edited: decide(written, 'notify'), main });
  expect(file).toEqual(main);
  expect(undecided).toEqual([{ path, main: 'stage: review', branch: 'stage: notify' }]);
});

test('two people’s words on different things are both kept', () => {
  const base = anAudit('disable', '2026-11-02');
  const written = anAudit('delicense', '2026-11-23');
  const main = { ...base, desired: { ...base.desired, oneDrive: 'release' as const } };
  const { file, undecided } = merge({ base, written, edited: decide(written, 'review'), main });
  expect(file).toMatchObject({ stage: 'review', desired: { accountEnabled: true, oneDrive: 'release' } });
  expect(undecided).toEqual([]);
});

test('an edit that cannot be read yet stays for its person, whom the check tells the line', () => {
  expect(merge({ written: proposed, edited: proposed, main: anAudit('review', '2026-11-30') }).undecided).toEqual([]);
  const broken = mergeAccountFile(
    { path, base: null, branch: 'stage: [', main: write(proposed), edits: [{ before: [null], after: 'stage: [' }] },
    context,
  );
  expect(broken).toEqual({ text: 'stage: [', undecided: [] });
});
