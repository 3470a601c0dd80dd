// What the measured processes print about themselves, as one line of JSON.

export interface AuditFigures {
  accounts: number;
  requests: { total: number };
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
}
