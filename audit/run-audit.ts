// The whole audit on one screen: read what is in force and proposed, collect and judge, plan. Writing comes after.
import { createHash } from 'node:crypto';
import { createGit } from '../forge/git/git.ts';
import { mergeSpans } from '../policy/calendar/day-span.ts';
import { listUncountedDates } from '../policy/calendar/uncounted-days.ts';
import { type DueAccount, listDueAccounts } from '../policy/erasure/list-due.ts';
import { addDays } from '../policy/evidence.ts';
import type { StackFiles } from '../policy/files/stack-files.ts';
import { listWaves, type Wave } from '../policy/guard/waves.ts';
import type { ErasableAccount, PlanInput } from '../policy/plan/input.ts';
import type { Plan } from '../policy/plan/move.ts';
import { planMoves } from '../policy/plan/plan.ts';
import { listProposedExemptions } from '../policy/plan/reviewer-edits.ts';
import { hasSignedFacts } from '../policy/plan/vouched-files.ts';
import { describeCalendar } from '../policy/words/describe-calendar.ts';
import { describeRamp } from '../policy/words/describe-ramp.ts';
import type { AuditResult } from './audit-result.ts';
import { type AuditView, viewAudit } from './audit-view.ts';
import { locateJournal } from './collect/concealment-journal.ts';
import type { VersionFacts } from './history/tracked-files.ts';
import { type AuditOptions, auditTenant } from './judge-tenant.ts';
import { auditGroups, listSilent } from './licensing-groups.ts';
import { createFactsLister, type ListFacts } from './listed-facts.ts';
import { type Remote, type RepositoryState, readRepositoryState } from './read-state.ts';
import { describeSigning } from './signing-notes.ts';
import { findTakingStops } from './taking-stops.ts';
import type { TenantFindings } from './tenant-findings.ts';
import { describeUnmergedInputs } from './unmerged-inputs.ts';
import { type SigningOptions, type VouchedState, vouchForState } from './vouched-state.ts';

interface AuditRunOptions
  extends Omit<
      AuditOptions,
      | 'place'
      | 'tenant'
      | 'rules'
      | 'inForce'
      | 'archived'
      | 'erasable'
      | 'unreadable'
      | 'proposed'
      | keyof VersionFacts
    >,
    SigningOptions {
  /** Absolute path. */
  repository: string;
  files: StackFiles;
  remote: Remote;
}

/** What an audit found and planned. Nothing has been written. */
export interface PlannedAudit {
  result: AuditResult;
  /** The result as it is shown. */
  view: AuditView;
  /** The facts of everybody whom the result lists, for audit.json. */
  listFacts: ListFacts;
  findings: TenantFindings;
}

/** The same, with the commits that it planned against. */
export interface AuditRun extends PlannedAudit {
  state: Pick<RepositoryState, 'audited'>;
}

export async function runAudit({ files, remote, ...options }: AuditRunOptions): Promise<AuditRun> {
  const { stack } = files;
  const [tenant, policy] = [files.tenant.value, files.policy.value];
  const { repository, today, signer, verify, readNoted, ...reading } = options;
  const found = await readRepositoryState(repository, remote, {
    ...{ stack, today, policy },
    readSeen: async () => (await readNoted())?.seen ?? {},
  });
  const state = await vouchForState(found, {
    ...{ repository, stack, tenant, policy, signer, verify, readNoted },
    setBackSince: addDays(today, -policy.stages.keepDays),
  });
  const place = locateJournal(repository, stack, tenant.tenantId);
  const unmerged = await describeUnmergedInputs(createGit(repository), stack, state.ref);
  const { stops, notes: unasked } = await findTakingStops({
    ...{ repository, files, today, ref: state.ref, github: remote.github },
    readAppliedCommit: async () => (await readNoted())?.appliedCommit ?? null,
  });
  const notes = [...describeSigning(state), ...state.giveBackNotes, ...unmerged, ...unasked];
  // What main has had of pauses, and what it has now.
  const uncounted = state.lineRules.findUncounted(Number.POSITIVE_INFINITY);
  const waves = listWaves({
    ...{ versions: state.line.versions, giveBacks: state.giveBackVersions },
    ...{ days: state.lineRules.days, start: state.lineRules.findRampStart() },
  });
  const due = listDueAccounts(
    { ...state, ...state.line, days: state.lineRules.days, today },
    policy,
    state.signing.context,
  );
  const erasable = await consultState(due, readNoted);
  return {
    state,
    ...(await planFrom({ ...state, erasable }, { files, ...reading, place, today, notes, stops, uncounted, waves })),
  };
}

/** Asked only where somebody is due. */
async function consultState(
  due: readonly DueAccount[],
  readNoted: SigningOptions['readNoted'],
): Promise<ErasableAccount[]> {
  const noted = due.length === 0 ? null : await readNoted();
  return due.map((account) => ({ ...account, isInState: noted?.accounts.has(account.id) ?? null }));
}

/** What a plan goes on from. */
export type PlanningState = Pick<PlanInput, 'erasable'> &
  Pick<
    VouchedState,
    | 'inForce'
    | 'archived'
    | 'unreadable'
    | 'ownMailboxes'
    | 'pastLicenses'
    | 'escalationsFile'
    | 'proposed'
    | 'declined'
    | 'setBack'
    | 'idleGiveBacks'
    | 'signing'
    | 'past'
  >;

export interface PlanningOptions extends Omit<AuditOptions, 'tenant' | 'rules' | keyof PlanningState> {
  files: StackFiles;
  /** What the reader has to know beside what the tenant says. */
  notes: readonly string[];
  /** Since the policy has a ramp; absent: none. */
  waves?: readonly Wave[];
  /** As in `AuditResult`. */
  stops: AuditResult['stops'];
}

/** Audits the tenant and plans, from what is in force already. */
export async function planFrom(
  state: PlanningState,
  { files, notes, stops, uncounted: ofMain = [], waves = [], ...reading }: PlanningOptions,
): Promise<PlannedAudit> {
  const { stack } = files;
  const [tenant, policy, prices] = [files.tenant.value, files.policy.value, files.prices.value];
  const exemptions = [...(files.exemptions?.value.exemptions ?? []), ...listProposedExemptions(state.proposed)];
  const rules = { stack, policy, prices, exemptions };
  const archived = state.archived.filter(hasSignedFacts);
  const uncounted = mergeSpans([...ofMain, ...listUncountedDates(policy, files.holidays)]);
  const audited = await auditTenant({ ...reading, uncounted, tenant, rules, ...state, archived });
  const input = {
    ...state,
    rules,
    run: audited.run,
    judged: audited.judged,
    absent: audited.absent,
    predictCarried: audited.predictCarried,
    enabledMembers: audited.counts.enabledMembers,
    waves,
    exemptionsFile: files.exemptions,
  };
  const plan = planMoves(input);
  const { run, counts, requests, reports, unnamedTitles, inactive, guests, unlicensedOneDrives, findings } = audited;
  const quality = {
    ...audited.quality,
    notes: [...audited.quality.notes, ...notes, ...describeCourse(plan, files)],
  };
  const { auditedOn, reportRefreshDate } = run;
  const inputs = { ...reports, ...computeHashes(files) };
  const licensingGroups = auditGroups(findings.groups, listSilent(inactive, plan), prices);
  const people = { unnamedTitles, licensingGroups, inactive, guests, unlicensedOneDrives };
  const found = { counts, quality, requests, inputs, ...people, plan, stops, past: state.past };
  const signedBy = state.signing.signer?.key ?? null;
  const result = { stack, tenant, policy, prices, auditedOn, reportRefreshDate, uncounted, signedBy, ...found };
  return { result, view: viewAudit(result), listFacts: createFactsLister(plan, input), findings };
}

/** What slows a stack down on purpose. */
function describeCourse({ ramp, auditedOn }: Plan, { policy, holidays }: StackFiles): string[] {
  const calendar = describeCalendar(policy.value, holidays, auditedOn);
  return [
    ...(ramp === null ? [] : [`Ramp: ${describeRamp(ramp, policy.value)}.`]),
    ...(calendar === null ? [] : [calendar]),
  ];
}

/** SHA-256 of each file that the judgement depends on, so that an auditor can verify the rules behind it. */
function computeHashes({ tenant, policy, prices, exemptions }: StackFiles): Record<string, string> {
  const files = [tenant, policy, prices, ...(exemptions ? [exemptions] : [])];
  return Object.fromEntries(files.map(({ path, text }) => [path, createHash('sha256').update(text).digest('hex')]));
}
