// What all usage reports need of one person on the day a report is about.
import { dateOf, dayOf } from '../clock.ts';
import { lastDay, type Trace } from '../tenant/activity.ts';
import type { Person } from '../tenant/person.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Days that the rows of a deleted account stay. */
const DELETED_ROWS_DAYS = 30;

export interface ReportDay {
  readonly refreshDay: number;
  /** The period in days, as the column Report Period writes it. */
  readonly period: number;
  /** Only people active on this day, if it was asked for. */
  readonly onDay: number | null;
  readonly isConcealed: boolean;
}

export interface RowOwner {
  readonly person: Person;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly isDeleted: boolean;
  readonly deletedDate: string;
  /** Cells that are written as they are here, by the header of their column. */
  readonly cells: Readonly<Record<string, string>>;
}

/** Whom the rows of an index name, or null if the report has no row for it. */
export function rowOwner(tenant: Tenant, index: number, day: ReportDay): RowOwner | null {
  const person = tenant.people.at(index);
  const held = tenant.people.held(index);
  const deletedDay = held?.deletedDateTime ? dayOf(held.deletedDateTime) : null;
  const isDeleted = deletedDay !== null && deletedDay <= day.refreshDay;
  if (isDeleted && day.refreshDay - deletedDay > DELETED_ROWS_DAYS) return null;
  if (person.reportRow === 'missing' || person.createdDateTime.slice(0, 10) > dateOf(day.refreshDay))
    return null;
  if (person.userType === 'Guest' && tenant.world.draw.bits(index, 80) % 2 === 0) return null;
  const upn = held?.formerUpns.find(({ untilDay }) => untilDay >= day.refreshDay)?.userPrincipalName;
  return {
    person,
    ...namesOf(tenant, person, upn ?? person.userPrincipalName, day.isConcealed),
    isDeleted,
    deletedDate: isDeleted ? dateOf(deletedDay) : '',
    cells: held?.reportCells ?? {},
  };
}

/** The date of the last use, or nothing. */
export function lastDate(trace: Trace, day: ReportDay): string {
  const last = lastDay(trace, day.refreshDay);
  return last === null ? '' : dateOf(last);
}

/** Whether one of the traces has a use on that very day. */
export function usedOn(traces: readonly Trace[], day: number): boolean {
  return traces.some((trace) => lastDay(trace, day) === day);
}

/** 32 upper-case hexadecimal digits that stand for a name while names are concealed; the same for the same name. */
export function concealed(tenant: Tenant, text: string): string {
  let digits = '';
  for (let part = 0; part < 4; part += 1)
    digits += hashOf(text, tenant.world.draw.seed ^ (part * 0x9e3779b1));
  return digits;
}

function namesOf(
  tenant: Tenant,
  person: Person,
  upn: string,
  isConcealed: boolean,
): Pick<RowOwner, 'userPrincipalName' | 'displayName'> {
  if (isConcealed) {
    return { userPrincipalName: concealed(tenant, upn), displayName: concealed(tenant, `name of ${upn}`) };
  }
  if (person.reportRow === 'unknown') return { userPrincipalName: '(Unknown)', displayName: '' };
  if (person.reportRow === 'personal') {
    const placeholder = `<PII:H101(${concealed(tenant, upn).slice(0, 8).toLowerCase()})>`;
    return { userPrincipalName: placeholder, displayName: placeholder };
  }
  return { userPrincipalName: upn, displayName: person.displayName };
}

function hashOf(text: string, seed: number): string {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995) ^ (hash >>> 13);
  return (hash >>> 0).toString(16).toUpperCase().padStart(8, '0');
}
