// The audit before the plan, on one screen: collect, judge, sort. If anything fails, nothing is written.
import type { ConnectOptions } from '../graph/connect.ts';
import type { RequestLog } from '../graph/request-log.ts';
import type { DueAccount } from '../policy/erasure/list-due.ts';
import type { DormantError } from '../policy/errors.ts';
import type { Day, RunFacts } from '../policy/evidence.ts';
import { listEscalatedIds } from '../policy/files/escalations-file.ts';
import { collectIds, listPipelineAccounts } from '../policy/files/stack-files.ts';
import { listConvertedMailboxes } from '../policy/files/stage.ts';
import type { IdKey } from '../policy/identifiers.ts';
import type { StackRules } from '../policy/judge/judge.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import type { Absence, EscalationsOnMain, InForceFile, ProposedFile, TrackedFile } from '../policy/plan/input.ts';
import type { Stage } from '../policy/schemas/account.ts';
import { isEmulated, type Tenant } from '../policy/schemas/tenant.ts';
import { readAbsences } from './absent-accounts.ts';
import type { AuditCounts, DataQuality } from './audit-result.ts';
import { type CollectedEvidence, type CollectOptions, collectEvidence } from './collect/collect-evidence.ts';
import { defaultReportWait, type ReportSettingWriter, type ReportWait } from './collect/concealment.ts';
import type { JournalPlace } from './collect/concealment-journal.ts';
import { addRemainingDoubts, type RemainingDoubts } from './collect/data-quality.ts';
import { addDoubt } from './collect/deduplicate-accounts.ts';
import type { FindPastLicenses } from './history/past-licenses.ts';
import { type AccountSorter, createAccountSorter } from './judge-accounts.ts';
import { sortForReport } from './report-order.ts';
import { resolveUnknownMailboxes } from './resolve-mailboxes.ts';
import { resolveManagers } from './resolve-managers.ts';
import { resolveSignIns } from './resolve-sign-ins.ts';
import { readManagers } from './sources/managers.ts';
import type { PartSize } from './sources/partitions.ts';
import { ignoreProgress, type OnProgress } from './sources/progress.ts';
import type { AuditReader } from './sources/reader.ts';
import { createFindingsCollector, type TenantFindings } from './tenant-findings.ts';
import { findUnlicensedOneDrives, type UnlicensedOneDrives } from './unlicensed-one-drives.ts';
import { createExemptionMatcher } from './unmatched-exemptions.ts';
import { createTitleCollector, type UnnamedTitle } from './unnamed-titles.ts';
import { buildMailboxFiles, markFlippedMailboxes } from './watched-mailboxes.ts';

/** All that an audit can do to a tenant. */
export interface TenantAccess {
  reader: AuditReader;
  reportSetting: ReportSettingWriter;
  log: Pick<RequestLog, 'getCounts'>;
}

export interface AuditOptions extends ConnectOptions {
  /** Where it is noted that names are to be concealed again. */
  place: JournalPlace;
  tenant: Tenant;
  /** Signs in as the audit; sends nothing yet. The command has it, because no import leads from here to a writer. */
  openTenant(tenant: Tenant, options: ConnectOptions): TenantAccess;
  rules: StackRules;
  today: Day;
  /** Closed dates and pauses; absent: every day counts. */
  uncounted?: RunFacts['uncounted'];
  /** Account files on main. */
  inForce: readonly InForceFile[];
  /** Files of the stack's archive on main; absent: there are none. */
  archived?: readonly TrackedFile[];
  /** Whose files in archive/ are due to be erased: whether the tenant still has them is asked; absent: nobody's. */
  erasable?: readonly DueAccount[];
  /** Paths of those that cannot be read. */
  unreadable?: readonly string[];
  /** Ids of mailboxes that this pipeline made shared; absent: as the files in force and in the archive say. */
  ownMailboxes?: ReadonlySet<IdKey>;
  /** Licences that main's history says were taken; absent: none. */
  pastLicenses?: FindPastLicenses;
  /** The stack's escalations.yaml on main; absent or null: it has none. */
  escalationsFile?: EscalationsOnMain | null;
  /** Account files of the open proposal's branch. */
  proposed: readonly ProposedFile[];
  onProgress?: OnProgress;
  /** Gets everybody as they are judged, and again whoever is judged again. */
  onJudged?(judged: JudgedAccount): void;
  wait?: ReportWait;
  /** How the listing of users is cut into parts. */
  parts?: PartSize;
}

/** What the plan and the reports are made of. */
export interface JudgedTenant {
  run: RunFacts;
  counts: AuditCounts;
  quality: DataQuality;
  requests: { total: number; bySource: Record<string, number>; retries: number };
  /** SHA-256 of the reports, by name. */
  reports: Record<string, string>;
  /** Titles near the top of the reporting line that no rule names. */
  unnamedTitles: readonly UnnamedTitle[];
  findings: TenantFindings;
  /** Inactive members, in the order of the reports. */
  inactive: readonly JudgedAccount[];
  /** Guests and members of other companies who are not known to be active. */
  guests: readonly JudgedAccount[];
  /** Accounts with a file or an escalation on main, or due to be erased, that were not in the listing. */
  absent: ReadonlyMap<IdKey, Absence>;
  unlicensedOneDrives: UnlicensedOneDrives;
  /** For `planMoves`: every inactive member, and every account with a file on main or on the proposal's branch. */
  judged: readonly JudgedAccount[];
  predictCarried: CollectedEvidence['predictCarried'];
}

export async function auditTenant(options: AuditOptions): Promise<JudgedTenant> {
  const { rules } = options;
  const { policy } = rules;
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(options.signal ? [options.signal] : [])]);
  const access = options.openTenant(options.tenant, { ...options, signal });
  const { reader } = access;
  const stop = (reason: DormantError) => failure.abort(reason);
  const collected = await collectEvidence({ ...buildCollectOptions(options), ...access, stop });
  const titles = createTitleCollector(rules, collected.run);
  const findings = createFindingsCollector();
  const matcher = createExemptionMatcher(rules, collected.run.auditedOn);
  const { onJudged = () => {} } = options;
  // Who is outside the policy's scope is counted and named nowhere.
  const noteInside = (judged: JudgedAccount) => {
    if (judged.judgement.scope === 'inside') onJudged(judged);
  };
  const noteFirst = (judged: JudgedAccount) => {
    if (judged.judgement.scope === 'inside') titles.note(judged);
    for (const note of [matcher.note, findings.note, noteInside]) note(judged);
  };
  const sorter = createAccountSorter(rules, collected.run, selectKeptIds(options), noteFirst, noteInside);
  await collected.walkAccounts(markFlippedMailboxes(sorter, options));
  markSharedNames(sorter, collected);
  const doubts = await readMissingEvidence(options, { reader, sorter, collected });
  await resolveManagers(reader, sorter);
  const { counts, inactive, guests, managed } = sorter.getSorted();
  const inOrder = sortForReport(inactive);
  const judged = [...new Set([...inOrder, ...managed.values()])];
  const { pastLicenses = () => [] } = options;
  const quality = addRemainingDoubts(collected.evaluateQuality(), doubts, policy);
  return {
    run: collected.run,
    counts,
    quality: { ...quality, unmatchedExemptions: matcher.listUnmatched() },
    requests: access.log.getCounts(),
    reports: collected.reports,
    unnamedTitles: await titles.findTitles((ids) => readManagers(reader, ids)),
    findings: findings.getFindings(),
    inactive: inOrder,
    guests: sortForReport(guests),
    absent: new Map([...(await readAbsences(reader, sorter, getEscalatedIds(options))), ...doubts.absent]),
    unlicensedOneDrives: findUnlicensedOneDrives(judged, pastLicenses, collected.resolveCarried),
    judged,
    predictCarried: collected.predictCarried,
  };
}

function buildCollectOptions({
  place,
  tenant,
  rules,
  today,
  inForce,
  archived = [],
  ownMailboxes = listConvertedMailboxes([...inForce, ...archived].map(({ file }) => file)),
  ...options
}: AuditOptions): Omit<CollectOptions, keyof TenantAccess | 'stop'> {
  return {
    place,
    wait: options.wait ?? (isEmulated(tenant.cloud) ? emulatorWait : defaultReportWait),
    onProgress: options.onProgress ?? ignoreProgress,
    concealsAlways: tenant.reportNames !== 'shown',
    parts: options.parts,
    auditedOn: today,
    reportMaxAgeDays: rules.policy.reportMaxAgeDays,
    policy: rules.policy,
    pipelineAccounts: listPipelineAccounts(tenant, rules.policy),
    convertedMailboxes: ownMailboxes,
    uncounted: options.uncounted ?? [],
  };
}

/** Reads one by one what the listing left open where it can change the outcome, and judges those accounts again. */
async function readMissingEvidence(
  options: AuditOptions,
  { reader, sorter, collected }: { reader: AuditReader; sorter: AccountSorter; collected: CollectedEvidence },
): Promise<RemainingDoubts> {
  const { rules, inForce } = options;
  const { run, signIns: access } = collected;
  const delicensed = toIdSet(inForce.filter(({ file }) => file.stage === 'delicense'));
  const moving = selectMovingIds(options);
  const { onProgress = ignoreProgress } = options;
  const signInOptions = { reader, access, sorter, rules, run, moving, delicensed, onProgress };
  return {
    withoutSignIns: await resolveSignIns(signInOptions),
    openMailboxes: await resolveUnknownMailboxes({
      reader,
      sorter,
      rules,
      files: buildMailboxFiles(options),
      today: options.today,
    }),
    unreadable: options.unreadable ?? [],
    absent: await readAbsences(reader, sorter, new Set([...toIdSet(inForce), ...listErasableIds(options)])),
  };
}

/** The second account of a name arrives after the first has been judged, so both are judged again. */
function markSharedNames(sorter: AccountSorter, { hasSharedName }: CollectedEvidence): void {
  const { inactive, guests, withoutSignIns, managed } = sorter.getSorted();
  for (const { evidence } of new Set([...inactive, ...guests, ...withoutSignIns, ...managed.values()]))
    if (hasSharedName(evidence)) sorter.judgeAgain(addDoubt(evidence, 'userPrincipalName'));
}

/** The emulator applies the setting within seconds; its report quota has windows that pass sixty times as fast. */
const emulatorWait: ReportWait = { everyMs: 1_000, atMostMs: 60_000 };

/** Accounts whose judgement is kept whatever the verdict. */
function selectKeptIds(options: AuditOptions): Set<IdKey> {
  const { inForce, archived = [], proposed } = options;
  const filed = toIdSet([...inForce, ...archived, ...proposed]);
  return new Set([...filed, ...listErasableIds(options), ...getEscalatedIds(options)]);
}

function listErasableIds({ erasable = [] }: AuditOptions): IdKey[] {
  return erasable.map(({ id }) => id);
}

function getEscalatedIds({ rules, escalationsFile, proposed }: AuditOptions): Set<IdKey> {
  return listEscalatedIds(rules.stack, escalationsFile ?? null, proposed);
}

/** Without keep and restore, which only give back. */
const movingStages: readonly Stage[] = ['notify', 'review', 'disable'];

function selectMovingIds({ inForce, proposed }: AuditOptions): Set<IdKey> {
  const onMain = inForce.filter(({ file }) => movingStages.includes(file.stage));
  return toIdSet([...onMain, ...proposed]);
}

function toIdSet(files: readonly (TrackedFile | ProposedFile)[]): Set<IdKey> {
  return collectIds(files.flatMap(({ file }) => file ?? []));
}
