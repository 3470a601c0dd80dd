// What the measured processes print about themselves, as one line of JSON.
import type { Ways } from './silent-people.ts';

export interface AuditFigures {
  accounts: number;
  requests: { total: number; bySource: Record<string, number>; retries: number };
  /** Silent accounts for which something follows, and whose sign-ins were not known at the end. */
  inDoubt: number;
  /** How long sign-ins were read. */
  signInSeconds: number;
  /** From the end of the reports to the last user. */
  listingSeconds: number;
  auditSeconds: number;
  /** With the plan, the CSVs and audit.json. */
  totalSeconds: number;
  /** Up to the end of the reading, with the plan, and of the whole process. */
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
