import { expect, test } from 'vitest';
import type { FileHistoryEntry } from '../../forge/git/file-history.ts';
import { aLicense, anAccount } from '../../policy/account.fixture.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { anInForceFile } from '../../policy/tenant.fixture.ts';
import { createPastLicensesFinder } from './past-licenses.ts';
import { createBlobReader } from './read-blob.ts';

const ana = anAccount({
  licenses: [aLicense('SPE_E3'), aLicense('POWER_BI_PRO')],
  oneDrive: { kind: 'seen', storageUsedBytes: 3 * 1024 ** 3, files: 812, lastUsedOn: '2026-06-30' },
});
const path = 'stacks/contoso/accounts/ana.yaml';

/** Ana's file in a stage; her E3 is held back for her OneDrive. */
function aVersion(stage: Stage, edit: (file: AccountFile) => AccountFile = (file) => file): string {
  const { file } = anInForceFile({ account: ana, stage, since: '2026-11-30' });
  return serialiseAccountFile(edit(file));
}

const release = (file: AccountFile): AccountFile => ({
  ...file,
  desired: { ...file.desired, oneDrive: 'release' },
});

/** Versions on main, the earliest first; null: the file was deleted. */
function taken(...versions: readonly (readonly [day: string, text: string | null])[]) {
  const texts = new Map(versions.flatMap(([day, text]) => (text === null ? [] : [[day, text] as const])));
  const changes = versions.map(([day, text], at): FileHistoryEntry => {
    const before = versions[at - 1];
    return { path, commit: '', day, before: before?.[1] ? before[0] : null, after: text === null ? null : day };
  });
  const licenses = createPastLicensesFinder(changes.toReversed(), createBlobReader(texts))(ana.id.toUpperCase());
  return Object.fromEntries(licenses.map(({ skuPartNumber, takenOn }) => [skuPartNumber, takenOn]));
}

test('a licence is taken on the day on which delicense reached main, but for what is held back', () => {
  expect(taken(['2026-11-01', aVersion('disable')], ['2026-11-08', aVersion('delicense')])).toEqual({
    SPE_E3: null,
    POWER_BI_PRO: '2026-11-08',
  });
});

test('what was held back for a OneDrive is taken on the day on which the word `release` reached main', () => {
  const versions = [
    ['2026-11-08', aVersion('delicense')],
    ['2026-11-22', aVersion('delicense', release)],
    ['2026-11-29', `${aVersion('delicense', release)}# looked at\n`],
  ] as const;
  expect(taken(...versions)).toEqual({ SPE_E3: '2026-11-22', POWER_BI_PRO: '2026-11-08' });
});

test('a word that was there before takes everything on the day of delicense', () => {
  const versions = [
    ['2026-11-01', aVersion('review', release)],
    ['2026-11-08', aVersion('delicense', release)],
  ] as const;
  expect(taken(...versions)).toEqual({ SPE_E3: '2026-11-08', POWER_BI_PRO: '2026-11-08' });
});

test('anyone who is given back what they had has had nothing taken', () => {
  const reason = (file: AccountFile): AccountFile => ({ ...file, reason: 'back from leave' });
  for (const stage of ['keep', 'restore'] as const)
    expect(taken(['2026-11-08', aVersion('delicense')], ['2026-11-15', aVersion(stage, reason)])).toEqual({});
});

test('anyone who is delicensed again counts from the later day', () => {
  const versions = [
    ['2026-10-08', aVersion('delicense')],
    ['2026-10-15', aVersion('restore', (file) => ({ ...file, reason: 'missed' }))],
    ['2026-11-08', aVersion('delicense')],
  ] as const;
  expect(taken(...versions)).toEqual({ SPE_E3: null, POWER_BI_PRO: '2026-11-08' });
});

test('a file that has gone to the archive still says what was taken', () => {
  expect(taken(['2026-05-08', aVersion('delicense', release)], ['2026-11-08', null])).toEqual({
    SPE_E3: '2026-05-08',
    POWER_BI_PRO: '2026-05-08',
  });
});

test('an account that was never delicensed, or is not known, has had nothing taken', () => {
  expect(taken(['2026-11-01', aVersion('notify')], ['2026-11-08', aVersion('disable')])).toEqual({});
  expect(createPastLicensesFinder([], () => null)('nobody')).toEqual([]);
});

test('a commit whose clock was behind does not make a day earlier than the one before it', () => {
  expect(taken(['2026-11-08', aVersion('disable')], ['2026-11-02', aVersion('delicense')])).toMatchObject({
    POWER_BI_PRO: '2026-11-08',
  });
});

test('a version that nobody can read says nothing', () => {
  const broken = aVersion('delicense').replace('desired:', 'desierd:');
  expect(taken(['2026-11-08', aVersion('delicense')], ['2026-11-15', broken])).toMatchObject({
    POWER_BI_PRO: '2026-11-08',
  });
});
