// The audit: collect, judge, sort. Everything before the plan, on one screen; whatever fails, nothing is written.
import { type ConnectOptions, connect } from '../graph/connect.ts';
import { listEscalatedIds } from '../policy/escalations-file.ts';
import type { Day, RunFacts } from '../policy/evidence.ts';
import type { StackRules } from '../policy/judge.ts';
import type { JudgedAccount } from '../policy/judgement.ts';
import type { Absence, InForceFile, ProposedFile, TrackedFile } from '../policy/plan/input.ts';
import { listPipelineAccounts } from '../policy/repository.ts';
import type { Stage } from '../policy/schemas/account.ts';
import { isEmulated, type Tenant } from '../policy/schemas/tenant.ts';
import { listConvertedMailboxes } from '../policy/stage.ts';
import { readAbsences } from './absent-accounts.ts';
import type { Counts, DataQuality } from './audit-result.ts';
import { type Collection, type CollectOptions, collect } from './collect/collect.ts';
import { type Readable, usualWait } from './collect/concealment.ts';
import { journalPlace } from './collect/concealment-journal.ts';
import { type AfterWalk, noteAfterWalk } from './collect/data-quality.ts';
import { withDoubt } from './collect/take-once.ts';
import type { FindPastLicenses } from './git/taken-licenses.ts';
import { interruption } from './interruption.ts';
import { inOrderOfReport } from './order.ts';
import { settleManagers } from './settle-managers.ts';
import { settleSignIns } from './settle-sign-ins.ts';
import { preferSmallHeap } from './small-heap.ts';
import { type Sorting, sorting } from './sorting.ts';
import { readManagers } from './sources/managers.ts';
import type { PartSize } from './sources/partitions.ts';
import { type OnProgress, silent } from './sources/progress.ts';
import { type TenantReader, tenantReader } from './sources/reader.ts';
import { topOfLine, type UnnamedTitle } from './top-of-line.ts';
import { settleUnknownMailboxes } from './unknown-mailboxes.ts';
import { findUnlicensedOneDrives, type UnlicensedOneDrives } from './unlicensed-one-drives.ts';
import { mailboxFiles, noteFlipped } from './watched-mailboxes.ts';

export interface AuditOptions extends ConnectOptions {
  /** Absolute path of the repository that the stack is in. */
  repository: string;
  tenant: Tenant;
  rules: StackRules;
  today: Day;
  /** Account files on main. */
  inForce: readonly InForceFile[];
  /** Files of the stack's archive on main; absent: there are none. */
  archived?: readonly TrackedFile[];
  /** Paths of those that cannot be read. */
  unreadable?: readonly string[];
  /** Ids, in lower case, of those whose mailbox a file that main has held at any time made shared; absent: none but those in force. */
  ownMailboxes?: ReadonlySet<string>;
  /** What main's history says of licences; absent: none were ever taken. */
  pastLicenses?: FindPastLicenses;
  /** The stack's escalations.yaml on main; absent or null: it has none. */
  escalationsFile?: { text: string } | null;
  /** Account files of the open proposal's branch. */
  proposed: readonly ProposedFile[];
  onProgress?: OnProgress;
  wait?: Readable;
  /** How the listing of users is cut into parts. */
  parts?: PartSize;
}

/** What the plan and the reports are made of. */
export interface Audited {
  run: RunFacts;
  counts: Counts;
  quality: DataQuality;
  requests: { total: number; bySource: Record<string, number>; retries: number };
  /** SHA-256 of the reports, by name. */
  reports: Record<string, string>;
  /** Titles near the top of the reporting line that no rule names. */
  unnamedTitles: readonly UnnamedTitle[];
  /** Inactive members, in the order of the reports. */
  inactive: readonly JudgedAccount[];
  /** Guests and members of other companies that are not known to be active. */
  guests: readonly JudgedAccount[];
  /** Accounts that have a file on main, or are escalated there, and were not in the listing. */
  absent: ReadonlyMap<string, Absence>;
  unlicensedOneDrives: UnlicensedOneDrives;
  /** Every inactive member, and every account that has a file on main or on the proposal's branch: what `planMoves` takes. */
  judged: readonly JudgedAccount[];
  predictCarried: Collection['predictCarried'];
}

export async function auditTenant(options: AuditOptions): Promise<Audited> {
  const { rules } = options;
  const { policy, prices } = rules;
  preferSmallHeap();
  const run = interruption(options.signal);
  const connection = connect(options.tenant, 'audit', { ...options, signal: run.signal });
  const reader = tenantReader(connection, options.retryPolicy);
  try {
    const collected = await collect(collectOptions(options, reader, run.stop));
    const top = topOfLine(rules, collected.run);
    const sorter = sorting(rules, collected.run, keptIds(options), top.note);
    await collected.walk(noteFlipped(sorter, options));
    doubtSharedNames(sorter, collected);
    const found = await askAgain(options, reader, sorter, collected);
    await settleManagers(reader, sorter);
    const { counts, inactive, guests, managed } = sorter.sorted();
    const inOrder = inOrderOfReport(inactive, policy, prices);
    const judged = [...new Set([...inOrder, ...managed.values()])];
    const { pastLicenses = () => [] } = options;
    return {
      run: collected.run,
      counts,
      quality: noteAfterWalk(collected.quality(), found, policy),
      requests: connection.log.getCounts(),
      reports: collected.reports,
      unnamedTitles: await top.titles((ids) => readManagers(reader, ids)),
      inactive: inOrder,
      guests: inOrderOfReport(guests, policy, prices),
      absent: new Map([...(await readAbsences(reader, sorter, escalatedIds(options))), ...found.absent]),
      unlicensedOneDrives: findUnlicensedOneDrives(judged, pastLicenses, collected.carriedBy),
      judged,
      predictCarried: collected.predictCarried,
    };
  } finally {
    run.release();
  }
}

function collectOptions(
  {
    repository,
    tenant,
    rules,
    today,
    inForce,
    archived = [],
    ownMailboxes = new Set(),
    ...options
  }: AuditOptions,
  reader: TenantReader,
  stop: CollectOptions['stop'],
): CollectOptions {
  const ours = listConvertedMailboxes([...inForce, ...archived].map(({ file }) => file));
  return {
    reader,
    place: journalPlace(repository, rules.stack, tenant.tenantId),
    wait: options.wait ?? (isEmulated(tenant.cloud) ? emulatorWait : usualWait),
    onProgress: options.onProgress ?? silent,
    concealsAlways: tenant.reportNames === 'concealed',
    stop,
    parts: options.parts,
    auditedOn: today,
    reportMaxAgeDays: rules.policy.reportMaxAgeDays,
    pipelineAccounts: listPipelineAccounts(tenant, rules.policy),
    convertedMailboxes: new Set([...ours, ...ownMailboxes]),
  };
}

/** What the listing left open about accounts that something may follow for, read one by one; the accounts are judged again. */
async function askAgain(
  options: AuditOptions,
  reader: TenantReader,
  sorter: Sorting,
  { run, signIns: access }: Collection,
): Promise<AfterWalk> {
  const { rules, inForce } = options;
  const delicensed = idsOf(inForce.filter(({ file }) => file.stage === 'delicense'));
  const moving = movingIds(options);
  const { onProgress = silent } = options;
  const open = { reader, access, sorting: sorter, rules, run, moving, delicensed, onProgress };
  return {
    withoutSignIns: await settleSignIns(open),
    unsettledMailboxes: await settleUnknownMailboxes({
      reader,
      sorting: sorter,
      rules,
      files: mailboxFiles(options),
      today: options.today,
    }),
    unreadable: options.unreadable ?? [],
    absent: await readAbsences(reader, sorter, idsOf(inForce)),
  };
}

/** The second account of a name comes when the first has been judged, so both are judged again. */
function doubtSharedNames(sorter: Sorting, { sharesName }: Collection): void {
  const { inactive, guests, withoutSignIns, managed } = sorter.sorted();
  for (const { evidence } of new Set([...inactive, ...guests, ...withoutSignIns, ...managed.values()]))
    if (sharesName(evidence)) sorter.retake(withDoubt(evidence, 'userPrincipalName'));
}

/** The embedded tenant follows within seconds; its reports have their quota, in windows that pass sixty times as fast. */
const emulatorWait: Readable = { everyMs: 1_000, atMostMs: 60_000 };

/** Whose judgement is kept whatever it is. */
function keptIds(options: AuditOptions): Set<string> {
  const { inForce, archived = [], proposed } = options;
  return new Set([...idsOf([...inForce, ...archived, ...proposed]), ...escalatedIds(options)]);
}

function escalatedIds({ rules, escalationsFile, proposed }: AuditOptions): Set<string> {
  return listEscalatedIds(rules.stack, escalationsFile ?? null, proposed);
}

/** keep and restore give back. */
const movingStages: readonly Stage[] = ['notify', 'review', 'disable'];

function movingIds({ inForce, proposed }: AuditOptions): Set<string> {
  const onMain = inForce.filter(({ file }) => movingStages.includes(file.stage));
  return idsOf([...onMain, ...proposed]);
}

/** In lower case. */
function idsOf(files: readonly (TrackedFile | ProposedFile)[]): Set<string> {
  return new Set(files.flatMap(({ file }) => file?.account.id.toLowerCase() ?? []));
}
