// The tenant as the audit's identity reaches it: everything to read, and one setting to write.
import type { TenantAccess } from '../../audit/judge-tenant.ts';
import { createAuditReader } from '../../audit/sources/reader.ts';
import { type ConnectOptions, connect } from '../../graph/connect.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { createReportSettingWriter } from '../../stacks/tenant/tenant-writer.ts';

export function openAuditedTenant(tenant: Tenant, options: ConnectOptions): TenantAccess {
  const { writing, ...connection } = connect(tenant, 'audit', options);
  return {
    reader: createAuditReader(connection, options.retryPolicy),
    reportSetting: createReportSettingWriter(writing),
    log: connection.log,
  };
}
