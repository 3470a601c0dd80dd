// The columns of the lists that tell of licences and of the OneDrive that hangs on them: what it holds, what becomes of it, Microsoft's days.
import type { OneDriveClock } from '../../policy/clocks.ts';
import { type AssignedLicense, addDays, type Day, type OneDrive } from '../../policy/evidence.ts';
import type { JudgedAccount } from '../../policy/judgement.ts';
import { toGigabytes } from '../../policy/licenses/belongings.ts';
import { computeMonthlyCost, listHeldBack } from '../../policy/savings.ts';
import { describeHeldBackReason } from '../../policy/words.ts';
import type { AuditResult } from '../audit-result.ts';
import { clockOf, daysLeft, fateInWords, findFate, readOneDrive, waitingAt } from '../summary/one-drive.ts';
import { outlookAt } from '../summary/outlook.ts';
import type { PlaceOf } from '../summary/place.ts';
import type { Column } from './csv-file.ts';

type Cells = readonly Column<JudgedAccount>[];

const notKnown = 'not known';

export const licenceNames: Column<JudgedAccount> = {
  title: 'Licences',
  cell: ({ evidence }) => list(evidence.licenses, ({ productName }) => productName),
};

export function licenceColumns(result: AuditResult, placeOf: PlaceOf): Cells {
  const { prices } = result;
  const outlookOf = (judged: JudgedAccount) => outlookAt(judged, placeOf(judged), result);
  return [
    licenceNames,
    { title: 'SKU part numbers', cell: ({ evidence }) => list(evidence.licenses, (it) => it.skuPartNumber) },
    { title: 'Assigned', cell: ({ evidence }) => list(evidence.licenses, assignment) },
    { title: 'Monthly cost', cell: ({ evidence }) => computeMonthlyCost(evidence.licenses, prices) },
    { title: 'Reclaimable', cell: (judged) => outlookOf(judged).monthly },
    { title: 'Waits for a OneDrive', cell: (judged) => waitingAt(judged, placeOf(judged), result) },
    { title: 'Currency', cell: () => prices.currency },
    {
      title: 'Held back',
      cell: (judged) =>
        listHeldBack(outlookOf(judged))
          .map(
            ({ license, reason }) =>
              `${license.skuPartNumber}: ${describeHeldBackReason(reason, license.error)}`,
          )
          .join('; '),
    },
  ];
}

/** Microsoft's days are those of its defaults, which a tenant may have changed; the last one holds everywhere. */
export function oneDriveColumns(result: AuditResult, placeOf: PlaceOf): Cells {
  const { auditedOn } = result;
  const fateOf = (judged: JudgedAccount) => findFate(judged, placeOf(judged), result);
  const dayColumn = (title: string, day: keyof OneDriveClock): Column<JudgedAccount> => ({
    title: `OneDrive ${title}`,
    cell: (judged) => clockOf(fateOf(judged))?.[day] ?? null,
  });
  return [
    ...contents,
    { title: 'OneDrive', cell: (judged) => fateInWords(fateOf(judged), auditedOn) },
    { title: 'OneDrive days left (by default)', cell: (judged) => daysCell(fateOf(judged), auditedOn) },
    dayColumn('read-only from (by default)', 'readOnlyFrom'),
    {
      title: 'OneDrive last day a licence brings it back (by default)',
      cell: (judged) => lastDayBack(clockOf(fateOf(judged))),
    },
    dayColumn('out of reach from (by default)', 'archivedFrom'),
    dayColumn('deleted from (by default)', 'deletedFrom'),
    dayColumn('deleted at the latest', 'deletedAtTheLatest'),
  ];
}

const contents: Cells = [
  {
    title: 'OneDrive GB',
    cell: (judged) => seenCell(judged, ({ storageUsedBytes }) => toGigabytes(storageUsedBytes)),
  },
  {
    title: 'OneDrive files',
    cell: (judged) => seenCell(judged, ({ files }) => files ?? notKnown),
  },
  {
    title: 'OneDrive last use',
    cell: (judged) => seenCell(judged, ({ lastUsedOn }) => lastUsedOn),
  },
];

type Cell = string | number | null;

/** Blank where there is none, or where nobody looked because nothing hangs on it. */
function seenCell(judged: JudgedAccount, cell: (seen: OneDrive & { kind: 'seen' }) => Cell): Cell {
  const oneDrive = readOneDrive(judged);
  if (oneDrive.kind === 'seen') return cell(oneDrive);
  return oneDrive.kind === 'unknown' ? notKnown : null;
}

/** The day after, it is archived or in a recycle bin. */
function lastDayBack(clock: OneDriveClock | null): Day | null {
  return clock === null ? null : addDays(clock.archivedFrom, -1);
}

function daysCell(fate: ReturnType<typeof findFate>, today: string): number | string | null {
  if (fate.kind === 'counting') return daysLeft(fate.since, today);
  return fate.kind === 'not-known' ? notKnown : null;
}

function list(licenses: readonly AssignedLicense[], word: (license: AssignedLicense) => string): string {
  return licenses.map(word).join('; ');
}

function assignment({ skuPartNumber, assignedByGroup, groupName }: AssignedLicense): string {
  return `${skuPartNumber}: ${assignedByGroup === null ? 'direct' : `group ${groupName ?? assignedByGroup}`}`;
}
