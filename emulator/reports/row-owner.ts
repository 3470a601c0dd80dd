// The person of a report row, on the day of the report.
import { formatDate, toDayNumber } from '../clock.ts';
import { findLastDay, type Trace } from '../tenant/activity.ts';
import type { Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Days that reports keep the rows of a deleted account. */
const DELETED_ROWS_DAYS = 30;

export interface ReportDay {
  readonly refreshDay: number;
  /** The period in days, as the column Report Period writes it. */
  readonly period: number;
  /** Only people active on this day; null: everybody. */
  readonly onDay: number | null;
  readonly isConcealed: boolean;
}

export interface RowOwner {
  readonly person: Person;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly isDeleted: boolean;
  readonly deletedDate: string;
  /** Cells that replace the person's own, by the header of their column. */
  readonly cells: Readonly<Record<string, string>>;
}

/** The person of an index as the report names them, or null if it has no row for them. */
export function findRowOwner(tenant: Tenant, index: number, day: ReportDay): RowOwner | null {
  const person = tenant.people.get(index);
  const changed = tenant.people.findChanged(index);
  const deletedDay = changed?.deletedDateTime ? toDayNumber(changed.deletedDateTime) : null;
  const isDeleted = deletedDay !== null && deletedDay <= day.refreshDay;
  if (isDeleted && day.refreshDay - deletedDay > DELETED_ROWS_DAYS) return null;
  if (person.reportRow === 'missing' || person.createdDateTime.slice(0, 10) > formatDate(day.refreshDay)) return null;
  if (person.userType === 'Guest' && tenant.world.random.getBits(index, 80) % 2 === 0) return null;
  const upn = changed?.formerUpns.find(({ untilDay }) => untilDay >= day.refreshDay)?.userPrincipalName;
  return {
    person,
    ...selectNames(tenant, person, upn ?? person.userPrincipalName, day.isConcealed),
    isDeleted,
    deletedDate: isDeleted ? formatDate(deletedDay) : '',
    cells: changed?.reportCells ?? {},
  };
}

/** The date of the last use, or an empty text. */
export function formatLastDate(trace: Trace, day: ReportDay): string {
  const last = findLastDay(trace, day.refreshDay);
  return last === null ? '' : formatDate(last);
}

/** Whether one of the traces has a use on that very day. */
export function wasUsedOn(traces: readonly Trace[], day: number): boolean {
  return traces.some((trace) => findLastDay(trace, day) === day);
}

/** 32 upper-case hexadecimal digits in place of a concealed name; always the same for the same name. */
export function concealName(tenant: Tenant, text: string): string {
  let digits = '';
  for (let part = 0; part < 4; part += 1) digits += hashName(text, tenant.world.random.seed ^ (part * 0x9e3779b1));
  return digits;
}

function selectNames(
  tenant: Tenant,
  person: Person,
  upn: string,
  isConcealed: boolean,
): Pick<RowOwner, 'userPrincipalName' | 'displayName'> {
  if (isConcealed) {
    return {
      userPrincipalName: concealName(tenant, upn),
      displayName: concealName(tenant, `name of ${upn}`),
    };
  }
  if (person.reportRow === 'unknown') return { userPrincipalName: '(Unknown)', displayName: '' };
  if (person.reportRow === 'personal') {
    const placeholder = `<PII:H101(${concealName(tenant, upn).slice(0, 8).toLowerCase()})>`;
    return { userPrincipalName: placeholder, displayName: placeholder };
  }
  return { userPrincipalName: upn, displayName: person.displayName };
}

function hashName(text: string, seed: number): string {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995) ^ (hash >>> 13);
  return (hash >>> 0).toString(16).toUpperCase().padStart(8, '0');
}
