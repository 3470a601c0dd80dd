// getOneDriveUsageAccountDetail: one row per personal site; without date form, keyed by the owner's UPN.
import { enabledPlansOf } from '../tenant/license-rules.ts';
import { PLANS } from '../tenant/skus.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { lastDate, type ReportDay, type RowOwner } from './row-facts.ts';

export const ONEDRIVE_USAGE_HEADER =
  'Report Refresh Date,Site URL,Owner Display Name,Is Deleted,Last Activity Date,File Count,Active File Count,Storage Used (Byte),Storage Allocated (Byte),Owner Principal Name,Report Period';

const SITE_PLANS = [PLANS.sharePointEnterprise, PLANS.sharePointStandard, PLANS.sharePointDeskless];
const ALLOCATED = String(1024 ** 4);

/** The cells of a personal site; null for people who have none. */
export function oneDriveUsageRow(
  owner: RowOwner,
  day: ReportDay,
  refreshDate: string,
  { world, domain }: Tenant,
): string[] | null {
  const plans = enabledPlansOf(owner.person.licenses);
  if (!SITE_PLANS.some(({ servicePlanId }) => plans.has(servicePlanId))) return null;
  const files = world.draw.between(owner.person.index, 90, 12, 9000);
  const site = `${owner.person.mailNickname}_${domain}`.replaceAll(/[^A-Za-z0-9]/g, '_');
  return [
    refreshDate,
    day.isConcealed ? '' : `https://contoso-my.sharepoint.com/personal/${site}`,
    owner.displayName,
    owner.isDeleted ? 'True' : 'False',
    lastDate(owner.person.usage.oneDrive, day),
    String(files),
    '0',
    String(files * 410_000),
    ALLOCATED,
    owner.userPrincipalName,
    String(day.period),
  ];
}
