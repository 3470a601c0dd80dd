// getOffice365ActiveUserDetail: one row per user, licensed or not, with the last activity in each service.
import { formatDate } from '../clock.ts';
import { collectEnabledPlans, listAssignedLicenses } from '../tenant/license-rules.ts';
import { SERVICES } from '../tenant/person.ts';
import { isOneDrivePlan, PLANS, type ServicePlan } from '../tenant/service-plans.ts';
import { findSku } from '../tenant/skus.ts';
import { formatLastDate, type ReportDay, type RowOwner, wasUsedOn } from './row-owner.ts';

const EXCHANGE = [PLANS.exchangeEnterprise, PLANS.exchangeStandard, PLANS.exchangeDeskless];
const SHAREPOINT = [PLANS.sharePointEnterprise, PLANS.sharePointStandard, PLANS.sharePointDeskless];
const ONEDRIVE = Object.values(PLANS).filter(isOneDrivePlan);
/** In the order of the columns: Exchange, OneDrive, SharePoint, Skype For Business, Yammer, Teams. */
const COLUMNS: readonly (readonly ServicePlan[])[] = [
  EXCHANGE,
  ONEDRIVE,
  SHAREPOINT,
  [PLANS.skype],
  [PLANS.yammer],
  [PLANS.teams],
];

export const ACTIVE_USER_HEADER =
  'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Has Exchange License,Has OneDrive License,Has SharePoint License,Has Skype For Business License,Has Yammer License,Has Teams License,Exchange Last Activity Date,OneDrive Last Activity Date,SharePoint Last Activity Date,Skype For Business Last Activity Date,Yammer Last Activity Date,Teams Last Activity Date,Exchange License Assign Date,OneDrive License Assign Date,SharePoint License Assign Date,Skype For Business License Assign Date,Yammer License Assign Date,Teams License Assign Date,Assigned Products';

/** The cells of a person; dates and products are empty for a person without a licence. */
export function buildActiveUserRow(owner: RowOwner, day: ReportDay): string[] | null {
  const { person } = owner;
  const traces = SERVICES.map((service) => person.usage[service]);
  if (day.onDay !== null && !wasUsedOn(traces, day.onDay)) return null;
  const { licenses } = person;
  const plans = collectEnabledPlans(licenses);
  const has = COLUMNS.map((column) => column.some(({ servicePlanId }) => plans.has(servicePlanId)));
  const isLicensed = licenses.length > 0;
  const assigned = licenses[0]?.lastUpdatedDateTime.slice(0, 10) ?? '';
  return [
    formatDate(day.refreshDay),
    owner.userPrincipalName,
    owner.displayName,
    owner.isDeleted ? 'True' : 'False',
    owner.deletedDate,
    ...has.map((value) => (value ? 'True' : 'False')),
    ...traces.map((trace) => (isLicensed ? formatLastDate(trace, day) : '')),
    ...has.map((value) => (value ? assigned : '')),
    listAssignedLicenses(licenses)
      .map(({ skuId }) => findSku(skuId)?.product ?? '')
      .join('+'),
  ];
}
