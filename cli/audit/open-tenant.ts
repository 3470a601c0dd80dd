// The tenant as an audit reaches it, signed in as its own identity or as a person: everything to read, and one setting to write.
import type { TenantAccess } from '../../audit/judge-tenant.ts';
import { createAuditReader } from '../../audit/sources/reader.ts';
import { type Connection, type ConnectOptions, connect } from '../../graph/connect.ts';
import type { RetryPolicy } from '../../graph/retry.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { createReportSettingWriter } from '../../stacks/tenant/tenant-writer.ts';

export function openAuditedTenant(tenant: Tenant, options: ConnectOptions): TenantAccess {
  return toTenantAccess(connect(tenant, 'audit', options), options);
}

export function toTenantAccess(
  { writing, ...connection }: Connection,
  { retryPolicy }: { retryPolicy?: RetryPolicy },
): TenantAccess {
  return {
    reader: createAuditReader(connection, retryPolicy),
    reportSetting: createReportSettingWriter(writing),
    log: connection.log,
  };
}
