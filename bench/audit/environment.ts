// What bench/audit.ts passes to its child processes about the tenant, in their environment.
import type { Tenant } from '../../policy/schemas/tenant.ts';

export const today = process.env.BENCH_TODAY ?? '';

export function readTenantFromEnvironment(): Tenant {
  const { BENCH_TENANT_ID = '', BENCH_AUDIT_CLIENT_ID = '', BENCH_APPLY_CLIENT_ID = '' } = process.env;
  return {
    tenantId: BENCH_TENANT_ID,
    cloud: 'emulator',
    audit: { clientId: BENCH_AUDIT_CLIENT_ID },
    apply: { clientId: BENCH_APPLY_CLIENT_ID },
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-lifecycle@contoso.com' },
    timeZone: 'UTC',
    currency: 'USD',
  };
}
