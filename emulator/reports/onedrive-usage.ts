// getOneDriveUsageAccountDetail: one row per personal site; without date form, keyed by the owner's UPN.
import { formatDate } from '../clock.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { formatLastDate, type ReportDay, type RowOwner } from './row-owner.ts';

export const ONEDRIVE_USAGE_HEADER =
  'Report Refresh Date,Site URL,Owner Display Name,Is Deleted,Last Activity Date,File Count,Active File Count,Storage Used (Byte),Storage Allocated (Byte),Owner Principal Name,Report Period';

const ALLOCATED = String(1024 ** 4);

/** The cells of a personal site, licensed or not, until it is deleted; null for people who have none. */
export function buildOneDriveUsageRow(owner: RowOwner, day: ReportDay, { domain }: Tenant): string[] | null {
  const { oneDrive } = owner.person;
  if (!oneDrive || oneDrive.state === 'gone') return null;
  const site = `${owner.person.mailNickname}_${domain}`.replaceAll(/[^A-Za-z0-9]/g, '_');
  return [
    formatDate(day.refreshDay),
    day.isConcealed ? '' : `https://contoso-my.sharepoint.com/personal/${site}`,
    owner.displayName,
    owner.isDeleted || oneDrive.state === 'recycle-bin' ? 'True' : 'False',
    formatLastDate(owner.person.usage.oneDrive, day),
    String(oneDrive.fileCount),
    '0',
    String(oneDrive.sizeBytes),
    ALLOCATED,
    owner.userPrincipalName,
    String(day.period),
  ];
}
