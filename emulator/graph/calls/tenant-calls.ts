// Microsoft's facts of the calls for a tenant's subscriptions, reports and settings.
import type { CallFacts } from './call.ts';

const buildReportCall = (name: string) =>
  ({
    permissions: ['Reports.Read.All'],
    units: null,
    page: `reportroot-${name.toLowerCase()}.md`,
  }) as const;

export const tenantCalls = {
  'GET /subscribedSkus': {
    permissions: [
      'LicenseAssignment.Read.All',
      'Organization.Read.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
    units: 3,
    page: 'subscribedsku-list.md',
    query: ['$select'],
  },
  'GET /organization': {
    permissions: ['User.Read.All', 'Organization.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    units: 1,
  },
  'GET /admin/reportSettings': {
    permissions: ['ReportSettings.Read.All', 'ReportSettings.ReadWrite.All'],
    units: null,
    page: 'adminreportsettings-get.md',
    query: ['$select'],
  },
  'PATCH /admin/reportSettings': {
    permissions: ['ReportSettings.ReadWrite.All'],
    units: null,
    page: 'adminreportsettings-update.md',
  },
  'GET /reports/getOffice365ActiveUserDetail(period={value})': buildReportCall('getOffice365ActiveUserDetail'),
  'GET /reports/getMailboxUsageDetail(period={value})': buildReportCall('getMailboxUsageDetail'),
  'GET /reports/getTeamsUserActivityUserDetail(period={value})': buildReportCall('getTeamsUserActivityUserDetail'),
  'GET /reports/getOneDriveUsageAccountDetail(period={value})': buildReportCall('getOneDriveUsageAccountDetail'),
} as const satisfies Record<string, CallFacts>;
