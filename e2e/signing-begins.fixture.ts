// For tests of where signing begins.
import type { AuditResult } from '../audit/audit-result.ts';
import { addDays, type Day } from '../policy/evidence.ts';
import { applyStack, type StackOutcome } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import type { MergedRepository } from './merged-repository.fixture.ts';

export function auditLater(repository: MergedRepository, days: number, key?: string): Promise<AuditResult> {
  const day = addDays(today, days);
  repository.emulator.tenant.clock.set(`${day}T12:00:00Z`);
  return repository.audit(day, key);
}

export async function applyOn(repository: MergedRepository, day: Day): Promise<StackOutcome> {
  return applyStack({ ...(await repository.buildOptions()), today: day });
}
