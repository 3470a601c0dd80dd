// For tests: one audit in a process of its own, so that it can be interrupted and killed. Its one argument is JSON.
import { listenForInterruption } from '../cli/audit/interruption.ts';
import { openAuditedTenant } from '../cli/audit/open-tenant.ts';
import { locateJournal } from './collect/concealment-journal.ts';
import { auditTenant } from './judge-tenant.ts';

const { repository, tenant, rules } = JSON.parse(process.argv[2] ?? '{}');
try {
  const wait = { everyMs: 1_000, atMostMs: 600_000 };
  const { signal } = listenForInterruption();
  const place = locateJournal(repository, rules.stack, tenant.tenantId);
  const options = { place, tenant, rules, today: '2026-12-07', inForce: [], proposed: [] };
  await auditTenant({ ...options, openTenant: openAuditedTenant, env: process.env, signal, wait });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
