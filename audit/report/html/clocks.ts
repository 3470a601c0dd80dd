// Microsoft's days of OneDrives without a licence: since a merge, or since an unknown day.
import { html, type Markup } from '../../../forge/markup.ts';
import { countDaysBetween, type Day } from '../../../policy/evidence.ts';
import type { JudgedAccount } from '../../../policy/judge/judgement.ts';
import { computeOneDriveClock } from '../../../policy/licenses/microsoft-clocks.ts';
import { formatCount } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { countDaysLeft, findOneDriveFate, formatOneDriveSize } from '../../summary/one-drive-fate.ts';
import { renderNumbers } from './plot.ts';

/** Microsoft's four days, in their order. */
const steps = [
  ['readOnlyFrom', 'read-only'],
  ['archivedFrom', 'out of reach'],
  ['deletedFrom', 'deleted'],
  ['deletedAtTheLatest', 'deleted at the latest'],
] as const;
export type ClockStep = (typeof steps)[number][0];

export function describeClockStep(step: ClockStep): string {
  return `OneDrive ${steps.find(([name]) => name === step)?.[1]}`;
}

/** Steps within `days` from today. */
export function listClockSteps(result: AuditView, days: number): { stage: ClockStep; on: Day }[] {
  const { auditedOn } = result;
  return listUnlicensedDrives(result).flatMap(({ since }) => {
    if (since === null) return [];
    const ofClock = steps.map(([stage]) => ({ stage, on: computeOneDriveClock(since)[stage] }));
    return ofClock.filter(({ on }) => on >= auditedOn && countDaysBetween(auditedOn, on) < days);
  });
}

/** Further rows are folded. */
const firstShown = 8;
/** The rest is in the CSV. */
const mostShown = 40;

/** Empty where every OneDrive has its licence. */
export function renderClocks(result: AuditView): Markup {
  const drives = listUnlicensedDrives(result);
  if (drives.length === 0) return html``;
  const shown = drives.slice(0, mostShown);
  const left = drives.length - shown.length;
  // A telephone shows only the first columns.
  const head = ['Person', 'days left', 'holds', 'since', ...steps.map(([, word]) => word)];
  const rows = shown.map((drive) => toRow(drive, result.auditedOn));
  const more =
    left === 0 ? html`` : html`<p class="note">${formatCount(left, 'more', 'more')} in inactive-users.csv.</p>`;
  return html`<figure class="card"><h3>Microsoft’s clock</h3>
<figcaption>OneDrives that have been without a licence since the given day, the earliest first. The other days are Microsoft’s defaults, which a tenant may have changed; the last one comes whatever hold or retention policy is on it, after a year that nobody paid for. By default a licence brings the files back only before they are out of reach; after that, where nothing keeps them, only a SharePoint administrator does, out of the recycle bin, until they are deleted. Where this pipeline has not taken the licence, the days are not known.</figcaption>
${renderNumbers(head, rows.slice(0, firstShown))}${renderFolded(head, rows.slice(firstShown), more)}</figure>`;
}

function renderFolded(head: readonly string[], rows: readonly (string | number)[][], more: Markup): Markup {
  if (rows.length === 0) return more;
  const summary = formatCount(rows.length, 'more', 'more');
  return html`<details class="as-table"><summary>${summary}</summary>${renderNumbers(head, rows, `OneDrives, ${summary}`)}${more}</details>`;
}

interface UnlicensedDrive {
  account: JudgedAccount;
  /** null: not known. */
  since: Day | null;
}

function listUnlicensedDrives(result: AuditView): UnlicensedDrive[] {
  const drives = result.reported.flatMap((account): UnlicensedDrive[] => {
    const fate = findOneDriveFate(account, result);
    if (fate.kind === 'counting') return [{ account, since: fate.since }];
    return fate.kind === 'not-known' ? [{ account, since: null }] : [];
  });
  return drives.sort((a, b) => compareDays(a.since, b.since));
}

/** Unknown days come last. */
function compareDays(a: Day | null, b: Day | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

function toRow({ account, since }: UnlicensedDrive, today: Day): (string | number)[] {
  const { displayName, userPrincipalName, oneDrive } = account.evidence;
  const [who, size] = [displayName || userPrincipalName, formatOneDriveSize(oneDrive)];
  const unknown = 'not known';
  if (since === null) return [who, unknown, size, unknown, ...steps.map(() => unknown)];
  const clock = computeOneDriveClock(since);
  return [who, countDaysLeft(since, today), size, since, ...steps.map(([step]) => clock[step])];
}
