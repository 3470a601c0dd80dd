// getTeamsUserActivityUserDetail: one row per user with Teams; the only report with an object id.
import { formatDate } from '../clock.ts';
import { collectEnabledPlans, listAssignedLicenses } from '../tenant/license-rules.ts';
import { PLANS } from '../tenant/service-plans.ts';
import { findSku } from '../tenant/skus.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { concealName, formatLastDate, type ReportDay, type RowOwner, wasUsedOn } from './row-owner.ts';

export const TEAMS_ACTIVITY_HEADER =
  'Report Refresh Date,Tenant Display Name,Shared Channel Tenant Display Names,User Id,User Principal Name,Last Activity Date,Is Deleted,Deleted Date,Assigned Products,Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Post Messages,Reply Messages,Urgent Messages,Meetings Organized Count,Meetings Attended Count,Ad Hoc Meetings Organized Count,Ad Hoc Meetings Attended Count,Scheduled One-time Meetings Organized Count,Scheduled One-time Meetings Attended Count,Scheduled Recurring Meetings Organized Count,Scheduled Recurring Meetings Attended Count,Audio Duration,Video Duration,Screen Share Duration,Audio Duration In Seconds,Video Duration In Seconds,Screen Share Duration In Seconds,Has Other Action,Is Licensed,Report Period';

const COUNTS = Array<string>(15).fill('0');

/** The cells of a person; null without Teams. */
export function buildTeamsActivityRow(owner: RowOwner, day: ReportDay, tenant: Tenant): string[] | null {
  const { person } = owner;
  if (!collectEnabledPlans(person.licenses).has(PLANS.teams.servicePlanId)) return null;
  if (day.onDay !== null && !wasUsedOn([person.usage.teams], day.onDay)) return null;
  const products = listAssignedLicenses(person.licenses).map(({ skuId }) => findSku(skuId)?.product ?? '');
  return [
    formatDate(day.refreshDay),
    tenant.displayName,
    '',
    day.isConcealed ? concealName(tenant, person.id) : person.id,
    owner.userPrincipalName,
    formatLastDate(person.usage.teams, day),
    owner.isDeleted ? 'True' : 'False',
    owner.deletedDate,
    products.join('+'),
    ...COUNTS,
    'PT0S',
    'PT0S',
    'PT0S',
    '0',
    '0',
    '0',
    'No',
    'Yes',
    String(day.period),
  ];
}
