// Months later, by the tenant's own state: only what people released is gone, on the day that was announced.
import assert from 'node:assert/strict';
import type { AccountState } from '@dormant-m365/emulator';
import type { OneDrive } from '@dormant-m365/emulator/tenant';
import { pc } from '../cli/colors.ts';
import { addDays, type Day } from '../policy/evidence.ts';
import { selectUnreleased } from '../policy/files/stage.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { formatCount, formatDay } from '../policy/words/labels.ts';
import type { Company } from './company.ts';
import type { Cast, Character } from './people.ts';
import { printHeading } from './print.ts';
import { takeSnapshot } from './proof.ts';

/** Throws `AssertionError` with the first thing that is gone and should not be, or that is still there. */
export function proveLosses(company: Company, files: readonly AccountFile[], cast: Cast): void {
  const day = requireDeletionDay(files, cast.named);
  assert.equal(requireDeletionDay(files, cast.released), day, 'they were merged on one day');
  company.tenant.tenant.clock.set(`${addDays(day, -1)}T23:00:00Z`);
  const dayBefore = createStateLookup(company, files);
  for (const one of [cast.named, cast.released, cast.heldBack])
    assert.deepEqual(dayBefore(one).oneDrive?.losses, [], `${one.displayName}: too early`);

  company.tenant.tenant.clock.set(`${day}T23:00:00Z`);
  const onDay = createStateLookup(company, files);
  for (const one of [cast.named, cast.released])
    assert.deepEqual(onDay(one).oneDrive?.losses, ['files'], `${one.displayName}: still there`);
  printLosses(company, cast, onDay);
}

/** The state of an account, after asserting for all files that nothing else is gone. */
function createStateLookup(company: Company, files: readonly AccountFile[]): (one: Character) => AccountState {
  const states = takeSnapshot(company);
  for (const file of files) assertNothingElseLost(file, states.get(file.account.id), company.today());
  return ({ id, displayName }) => {
    const state = states.get(id);
    assert.ok(state, `${displayName} is gone`);
    return state;
  };
}

function assertNothingElseLost(file: AccountFile, state: AccountState | undefined, today: Day): void {
  const who = `${file.account.displayName} on ${today}`;
  assert.deepEqual(state?.mailbox?.losses ?? [], [], `${who}: mail`);
  assert.deepEqual(state?.cloudPc?.losses ?? [], [], `${who}: Cloud PC`);
  if (!mayHaveLostFiles(file, today)) assert.deepEqual(state?.oneDrive?.losses ?? [], [], `${who}: files`);
  if (file.stage !== 'delicense') assert.deepEqual(state?.phone?.losses ?? [], [], `${who}: phone number`);
}

/** Released, or small enough to be named only, and merged with that day. */
function mayHaveLostFiles(file: AccountFile, today: Day): boolean {
  const day = file.oneDrive?.byDefault?.deletedFrom;
  return file.stage === 'delicense' && selectUnreleased(file).length === 0 && day !== undefined && day <= today;
}

/** The day that the pull request named. */
function requireDeletionDay(files: readonly AccountFile[], { id, displayName }: Character): Day {
  const day = files.find(({ account }) => account.id === id)?.oneDrive?.byDefault?.deletedFrom;
  assert.ok(day, `${displayName}: the file names no day`);
  return day;
}

function printLosses(company: Company, cast: Cast, onDay: (one: Character) => AccountState): void {
  const today = company.today();
  printHeading(company, 'the day that was named for the files, by the tenant’s own state');
  const describeDrive = (one: Character) => describeDriveSize(onDay(one).oneDrive);
  const listLicenses = (one: Character) =>
    onDay(one)
      .licenses.map(({ skuPartNumber }) => skuPartNumber)
      .join(', ');
  const rows: [string, Character, string][] = [
    ['OneDrive, named', cast.named, `${describeDrive(cast.named)}: gone today, as was merged`],
    ['OneDrive, released', cast.released, `${describeDrive(cast.released)}: gone today, as was merged`],
    [
      'OneDrive, held back',
      cast.heldBack,
      `${describeDrive(cast.heldBack)}: all there, with ${listLicenses(cast.heldBack)}`,
    ],
    ['mailbox, turned back', cast.turning, `shared, all mail there, with ${listLicenses(cast.turning)}`],
  ];
  for (const [what, { displayName }, how] of rows)
    console.log(`  ${what.padEnd(22)}${pc.bold(displayName.padEnd(20))}${how}`);
  console.log(
    `\n${pc.green('✓')} By ${formatDay(today, today)} nothing is gone but what people let go, on the day that they merged. Nobody lost a mail.`,
  );
}

function describeDriveSize(oneDrive: OneDrive | null): string {
  if (oneDrive === null) return 'none';
  const gigabytes = Math.round((oneDrive.sizeBytes / 1024 ** 3) * 100) / 100;
  return `${gigabytes} GB in ${formatCount(oneDrive.fileCount, 'file')}`;
}
