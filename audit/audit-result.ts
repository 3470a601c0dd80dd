// What one audit knows, as a value: everything that the CSVs, the report, the pull request and audit.json render.
import type { Day, DaySpan, PrivilegeAccess } from '../policy/evidence.ts';
import type { JudgedAccount, ReasonCode, RecommendedAction, RiskCode, Verdict } from '../policy/judge/judgement.ts';
import type { TakingStop } from '../policy/pause/taking-stop.ts';
import type { Plan } from '../policy/plan/move.ts';
import type { Policy } from '../policy/schemas/policy.ts';
import type { Prices } from '../policy/schemas/prices.ts';
import type { Tenant } from '../policy/schemas/tenant.ts';
import type { Trend } from './history/trend.ts';
import type { AuditedGroup } from './licensing-groups.ts';
import type { UnlicensedOneDrives } from './unlicensed-one-drives.ts';
import type { UnnamedTitle } from './unnamed-titles.ts';

/** How far the sources can be trusted, for the reader and for `draft`. */
export interface DataQuality extends PrivilegeAccess {
  /** Report rows whose userPrincipalName is `(Unknown)`. */
  unknownRows: number;
  /** Report rows of deleted users. */
  deletedRows: number;
  /** Members of the tenant that no report row names. */
  missingRows: number;
  /** Whether signInActivity could be read (Entra ID P1 and AuditLog.Read.All). */
  signIns: 'read' | 'unavailable';
  /** Sentences for the reader; an empty list means nothing to note. */
  notes: readonly string[];
  /** What exemptions in force name that is no account of this tenant: names, ids, patterns. */
  unmatchedExemptions: readonly string[];
}

export interface AuditCounts {
  accounts: number;
  /** The base of `limits.shareOfTenant`. Includes members of other companies, as Graph's count does. */
  enabledMembers: number;
  guests: number;
  /** Members of another company; they are on the list of guests. */
  externalMembers: number;
  /** Of `accounts`, those that are not known to be inside the policy's scope: in no number below and in no list, unless they have a file. */
  outsideScope: number;
  verdicts: Record<Verdict, number>;
  actions: Record<RecommendedAction, number>;
  reasons: Record<ReasonCode, number>;
  risks: Record<RiskCode, number>;
}

export interface AuditResult {
  stack: string;
  tenant: Tenant;
  policy: Policy;
  prices: Prices;
  auditedOn: Day;
  reportRefreshDate: Day;
  /** Closed dates and pauses, which do not count as days of a stage. */
  uncounted: readonly DaySpan[];
  /** The key in tenant.yaml that signed the facts; null: this audit had none, and so proposes nothing. */
  signedBy: string | null;
  counts: AuditCounts;
  quality: DataQuality;
  /** Requests sent, by source; `total` is their sum. */
  requests: { total: number; bySource: Record<string, number>; retries: number };
  /** SHA-256 of each input file and report, hex, by name. */
  inputs: Record<string, string>;
  /** Titles near the top of the reporting line that no rule names: a company may want to add some to its policy. */
  unnamedTitles: readonly UnnamedTitle[];
  /** Groups that give licences, the one with the most accounts first. */
  licensingGroups: readonly AuditedGroup[];
  /** Inactive members, planned or not, in the order of inactive-users.csv: reclaimable cost, then inactivity. */
  inactive: readonly JudgedAccount[];
  /** Inactive guests and members of other companies, for the separate audit. */
  guests: readonly JudgedAccount[];
  /** Inactive members and members with a file whose OneDrive has had no licence since a merge. */
  unlicensedOneDrives: UnlicensedOneDrives;
  plan: Plan;
  /** Why an apply would take nothing on this day, although the audit goes on; empty: nothing stops it. */
  stops: readonly TakingStop[];
  /** The history of main until now. */
  past: Trend;
}
