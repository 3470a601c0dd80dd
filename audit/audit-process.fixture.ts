// For tests: one audit in a process of its own, so that it can be interrupted and killed. Its one argument is JSON.
import { openAuditedTenant } from '../cli/audit/open-tenant.ts';
import { auditTenant } from './judge-tenant.ts';

const { repository, tenant, rules } = JSON.parse(process.argv[2] ?? '{}');
try {
  const wait = { everyMs: 1_000, atMostMs: 600_000 };
  await auditTenant({
    openTenant: openAuditedTenant,
    repository,
    tenant,
    rules,
    today: '2026-12-07',
    inForce: [],
    proposed: [],
    wait,
  });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
