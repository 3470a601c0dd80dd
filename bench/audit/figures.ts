// What the measured processes print, as one line of JSON.
import type { Ways } from './silent-people.ts';

export interface AuditFigures {
  accounts: number;
  requests: { total: number; bySource: Record<string, number>; retries: number };
  /** Inactive accounts that would be acted on, and whose sign-ins are still unknown at the end. */
  inDoubt: number;
  signInSeconds: number;
  /** From the last report to the last user. */
  listingSeconds: number;
  auditSeconds: number;
  /** With the plan, the CSVs and audit.json. */
  totalSeconds: number;
  /** Up to the end of the audit, of the plan, and of the process. */
  peakMegabytes: { audit: number; plan: number; whole: number };
}

export interface UsualFigures {
  users: number;
  requests: number;
  seconds: number;
}

export interface TenantFacts {
  url: string;
  caFile: string;
  tenantId: string;
  auditClientId: string;
  auditSecret: string;
  applyClientId: string;
  today: string;
  ways: Ways;
}
