// First step of the audit: reads every source, the reports before the users, and joins them to evidence per account.
import { isAgentRefusal } from '../../graph/account-kind.ts';
import { isFields } from '../../graph/json-fields.ts';
import { restartExpired } from '../../graph/pages.ts';
import { readPrivileges } from '../../graph/privileges/read-privileges.ts';
import { isRefusedFilter } from '../../graph/request-failed.ts';
import type { Day, Evidence, RunFacts } from '../../policy/evidence.ts';
import type { GroupId } from '../../policy/identifiers.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { DataQuality } from '../audit-result.ts';
import { createAccountIndex } from '../sources/account-index.ts';
import { readActiveUsers } from '../sources/active-users.ts';
import { readHolds } from '../sources/holds.ts';
import { type LicenseCatalog, readLicenseCatalog } from '../sources/license-catalog.ts';
import { createLicenseGroups } from '../sources/license-groups.ts';
import { readMailboxes } from '../sources/mailboxes.ts';
import { readNamedGroupMembers } from '../sources/named-groups.ts';
import { readOneDrives } from '../sources/one-drives.ts';
import { readWithSmallerPages } from '../sources/page-size.ts';
import { buildPartitionFilters, type PartSize } from '../sources/partitions.ts';
import { requireFresh, requireMostlyReadable } from '../sources/report-date.ts';
import { probeSignIns, type SignInProbe } from '../sources/sign-in-probe.ts';
import { buildUsersRequest, parseUserAccount, type UserAccount, usersPerPage } from '../sources/users.ts';
import { type ConcealmentOptions, readWithReadableNames } from './concealment.ts';
import { evaluateDataQuality, type WalkCounts } from './data-quality.ts';
import {
  type AccountDeduplicator,
  createAccountDeduplicator,
  type DeduplicatorOptions,
} from './deduplicate-accounts.ts';
import type { Sources } from './join-evidence.ts';
import { readTogether } from './read-together.ts';

export interface CollectOptions extends ConcealmentOptions {
  auditedOn: Day;
  reportMaxAgeDays: number;
  /** Names the groups that accounts may be taken out of, and those whose members are asked for. */
  policy: Pick<Policy, 'licenses' | 'populations' | 'scope'>;
  pipelineAccounts: RunFacts['pipelineAccounts'];
  convertedMailboxes: RunFacts['convertedMailboxes'];
  uncounted: RunFacts['uncounted'];
  /** How the listing of users is cut into parts; the default is in partitions.ts. */
  parts?: PartSize | undefined;
  /** Ends all other reads when one has failed. */
  stop(reason: unknown): void;
}

export interface CollectedEvidence {
  run: RunFacts;
  /**
   * Passes each account to `take` once, in no order, and repeated ones to `takeAgain`. If it throws, discard all of it.
   * Callbacks instead of a stream, so that a page is judged as soon as it is parsed and never waits in memory.
   */
  walkAccounts(takers: Pick<DeduplicatorOptions, 'take' | 'takeAgain'>): Promise<void>;
  /** Whether another account has the same userPrincipalName; complete once the accounts have been walked. */
  hasSharedName(account: Pick<Evidence, 'userPrincipalName'>): boolean;
  /** Complete once the accounts have been walked. */
  evaluateQuality(): DataQuality;
  /** SHA-256 of the reports, by name. */
  reports: Record<string, string>;
  signIns: SignInProbe;
  resolveCarried: LicenseCatalog['resolveCarried'];
  predictCarried: LicenseCatalog['predictCarried'];
}

export async function collectEvidence(options: CollectOptions): Promise<CollectedEvidence> {
  const { auditedOn, pipelineAccounts, convertedMailboxes, uncounted } = options;
  const { sources, signIns, unreadGroups } = await readSources(options);
  const { usage, mailboxes, oneDrives } = sources;
  const reportRefreshDate = requireFresh('getOffice365ActiveUserDetail', usage.refreshDate, options);
  requireMostlyReadable('getOffice365ActiveUserDetail', usage.rows, usage.unreadableRows);
  // A tenant without mailboxes has a report without rows; mailboxes are then read one by one.
  if (mailboxes.rows > 0) requireFresh('getMailboxUsageDetail', mailboxes.refreshDate, options);
  requireMostlyReadable('getMailboxUsageDetail', mailboxes.rows, mailboxes.unreadableRows);
  const walk: WalkCounts = { accounts: 0, missingRows: 0, repeated: 0, unnamed: 0, restarts: 0 };
  const sharedRows = new Set<number>();
  return {
    run: { auditedOn, reportRefreshDate, pipelineAccounts, convertedMailboxes, uncounted },
    walkAccounts: (takers) =>
      walkUsers(options, {
        sources,
        signIns,
        walk,
        deduplicator: createAccountDeduplicator(sources, { walk, sharedRows, ...takers }),
      }),
    hasSharedName: ({ userPrincipalName }) => sharedRows.has(sources.index.find(userPrincipalName)),
    evaluateQuality: () => evaluateDataQuality(sources, signIns, walk, unreadGroups),
    reports: {
      getOffice365ActiveUserDetail: usage.sha256,
      getMailboxUsageDetail: mailboxes.sha256,
      ...(oneDrives.sha256 === null ? {} : { getOneDriveUsageAccountDetail: oneDrives.sha256 }),
    },
    signIns,
    resolveCarried: sources.licenses.resolveCarried,
    predictCarried: sources.licenses.predictCarried,
  };
}

/** Independent reads run in parallel; names are readable only while the reports are read. */
async function readSources(
  options: CollectOptions,
): Promise<{ sources: Sources; signIns: SignInProbe; unreadGroups: readonly string[] }> {
  const { reader, stop } = options;
  const [{ reports, signIns }, licenses, privileges, holds, namedGroups] = await readTogether(
    stop,
    readReportsAndSample(options),
    readLicenseCatalog(reader),
    readPrivileges(reader.createLister('roles')),
    readHolds(reader),
    readNamedGroupMembers(reader, options.policy),
  );
  return {
    sources: {
      ...reports,
      licenses,
      privileges,
      holds,
      namedGroups,
      groups: createLicenseGroups(reader, options.policy),
    },
    signIns,
    unreadGroups: namedGroups.unread,
  };
}

/** More names than the sample needs, because some are disabled or gone. */
const namesToSample = 45;

/** The sample is taken from the people who, by the report, must have signed in this week. */
async function readReportsAndSample(options: CollectOptions) {
  const { reader } = options;
  const reports = await readWithReadableNames(options, () => readReports(options));
  return { reports, signIns: await probeSignIns(reader, reports.usage.listSeenThisWeek(namesToSample)) };
}

async function readReports(options: CollectOptions) {
  const { reader, onProgress } = options;
  const index = createAccountIndex();
  const [usage, mailboxes, oneDrives] = await readTogether(
    () => {},
    readActiveUsers(reader, index, onProgress),
    readMailboxes(reader, index, onProgress),
    readOneDrives(reader, index, options),
  );
  return { index, usage, mailboxes, oneDrives };
}

interface Walk {
  sources: Sources;
  signIns: SignInProbe;
  walk: WalkCounts;
  deduplicator: AccountDeduplicator;
}

/** Reads the parts of the listing in parallel; a failed page of one ends them all. */
async function walkUsers(
  { reader, onProgress, stop, parts }: CollectOptions,
  { sources: { index, groups }, signIns, walk, deduplicator }: Walk,
): Promise<void> {
  const expected = index.size;
  const size = { top: usersPerPage };
  let agents = true;
  const readList = async (filter: string | undefined, top: number) => {
    for await (const page of reader.readPages(buildUsersRequest(filter, top, agents))) {
      const users = page.map((entry) => parseUserAccount(entry, signIns));
      await groups.load(users.flatMap(listGroupIds));
      for (const user of users) deduplicator.take(user);
      onProgress({ source: 'users', done: walk.accounts, total: Math.max(expected, walk.accounts) });
    }
  };
  // The first page already says whether the cloud knows agent users.
  const readPages = async (filter: string | undefined, top: number) => {
    try {
      await readList(filter, top);
    } catch (error) {
      if (!isAgentRefusal(error)) throw error;
      agents = false;
      await readList(filter, top);
    }
  };
  // The deduplicator drops repeated accounts, so a listing may start over at any point.
  const readPart = (filter: string | undefined) => {
    const read = (top: number) => restartExpired(() => readPages(filter, top), deduplicator.startOver);
    const onSmaller = deduplicator.expectRepeats;
    return readWithSmallerPages({ size, isAny: filter === undefined, read, onSmaller });
  };
  const filters = buildPartitionFilters(index, parts);
  if (filters.length === 1) return await readPart(undefined);
  try {
    await readTogether((reason) => isRefusedFilter(reason) || stop(reason), ...filters.map(readPart));
  } catch (error) {
    if (!isRefusedFilter(error)) throw error;
    deduplicator.expectRepeats();
    await readPart(undefined);
  }
}

function listGroupIds(user: UserAccount | null): GroupId[] {
  return (user?.licenseAssignmentStates ?? []).flatMap((state) =>
    isFields(state) && typeof state.assignedByGroup === 'string' ? [state.assignedByGroup] : [],
  );
}
