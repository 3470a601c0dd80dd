// The columns about licences and OneDrives: what a OneDrive holds, what becomes of it, Microsoft's days.
import { type AssignedLicense, addDays, type Day, type OneDrive } from '../../policy/evidence.ts';
import { listHeldBack } from '../../policy/judge/savings.ts';
import { toGigabytes } from '../../policy/licenses/belongings.ts';
import type { OneDriveClock } from '../../policy/licenses/microsoft-clocks.ts';
import { describeStay } from '../../policy/words/describe-group.ts';
import type { AccountView, AuditView } from '../audit-view.ts';
import {
  computeWaiting,
  countDaysLeft,
  describeFate,
  findOneDriveClock,
  findOneDriveFate,
  resolveOneDrive,
} from '../summary/one-drive-fate.ts';
import type { CsvColumn } from './csv-file.ts';

type Cells = readonly CsvColumn<AccountView>[];

const notKnown = 'not known';

export const licenseNames: CsvColumn<AccountView> = {
  title: 'Licences',
  getCell: ({ evidence }) => joinWords(evidence.licenses, ({ productName }) => productName),
};

export const licenseColumns: Cells = [
  licenseNames,
  {
    title: 'SKU part numbers',
    getCell: ({ evidence }) => joinWords(evidence.licenses, (it) => it.skuPartNumber),
  },
  { title: 'Assigned', getCell: ({ evidence }) => joinWords(evidence.licenses, describeAssignment) },
  { title: 'Monthly cost', getCell: ({ outlook }) => outlook.cost },
  { title: 'Reclaimable', getCell: ({ outlook }) => outlook.monthly },
  { title: 'Waits for a OneDrive', getCell: computeWaiting },
  { title: 'Currency', getCell: ({ outlook }) => outlook.currency },
  {
    title: 'Held back',
    getCell: ({ outlook }) =>
      listHeldBack(outlook)
        .map(({ license, reason }) => `${license.skuPartNumber}: ${describeStay(reason, [license], license.error)}`)
        .join('; '),
  },
  {
    title: 'Goes by leaving a group',
    getCell: (account) =>
      joinWords(listLeavable(account), (it) => `${it.skuPartNumber}: group ${it.groupName ?? it.assignedByGroup}`),
  },
];

/** A product that stays in one way stays in all. */
function listLeavable({ evidence, outlook }: AccountView): AssignedLicense[] {
  const staying = new Set(listHeldBack(outlook).map(({ license }) => license.skuId));
  return evidence.licenses.filter(({ groupObstacles, skuId }) => groupObstacles?.length === 0 && !staying.has(skuId));
}

/** Microsoft's days are its defaults, which a tenant may have changed; only the last one is the same everywhere. */
export function buildOneDriveColumns(result: AuditView): Cells {
  const { auditedOn } = result;
  const getFate = (account: AccountView) => findOneDriveFate(account, result);
  const buildDayColumn = (title: string, day: keyof OneDriveClock): CsvColumn<AccountView> => ({
    title: `OneDrive ${title}`,
    getCell: (judged) => findOneDriveClock(getFate(judged))?.[day] ?? null,
  });
  return [
    ...contentColumns,
    { title: 'OneDrive', getCell: (judged) => describeFate(getFate(judged), auditedOn) },
    { title: 'OneDrive days left (by default)', getCell: (judged) => toDaysCell(getFate(judged), auditedOn) },
    buildDayColumn('read-only from (by default)', 'readOnlyFrom'),
    {
      title: 'OneDrive last day a licence brings it back (by default)',
      getCell: (judged) => findLastDayBack(findOneDriveClock(getFate(judged))),
    },
    buildDayColumn('out of reach from (by default)', 'archivedFrom'),
    buildDayColumn('deleted from (by default)', 'deletedFrom'),
    buildDayColumn('deleted at the latest', 'deletedAtTheLatest'),
  ];
}

const contentColumns: Cells = [
  {
    title: 'OneDrive GB',
    getCell: (judged) => toSeenCell(judged, ({ storageUsedBytes }) => toGigabytes(storageUsedBytes)),
  },
  {
    title: 'OneDrive files',
    getCell: (judged) => toSeenCell(judged, ({ files }) => files ?? notKnown),
  },
  {
    title: 'OneDrive last use',
    getCell: (judged) => toSeenCell(judged, ({ lastUsedOn }) => lastUsedOn),
  },
];

type Cell = string | number | null;

/** Blank where there is none, or where it was not read because no clock runs. */
function toSeenCell(judged: AccountView, cell: (seen: OneDrive & { kind: 'seen' }) => Cell): Cell {
  const oneDrive = resolveOneDrive(judged);
  if (oneDrive.kind === 'seen') return cell(oneDrive);
  return oneDrive.kind === 'unknown' ? notKnown : null;
}

/** On the next day it is archived or in a recycle bin. */
function findLastDayBack(clock: OneDriveClock | null): Day | null {
  return clock === null ? null : addDays(clock.archivedFrom, -1);
}

function toDaysCell(fate: ReturnType<typeof findOneDriveFate>, today: string): number | string | null {
  if (fate.kind === 'counting') return countDaysLeft(fate.since, today);
  return fate.kind === 'not-known' ? notKnown : null;
}

function joinWords(licenses: readonly AssignedLicense[], word: (license: AssignedLicense) => string): string {
  return licenses.map(word).join('; ');
}

function describeAssignment({ skuPartNumber, assignedByGroup, groupName }: AssignedLicense): string {
  return `${skuPartNumber}: ${assignedByGroup === null ? 'direct' : `group ${groupName ?? assignedByGroup}`}`;
}
