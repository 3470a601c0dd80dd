// How far the sources can be trusted, in numbers and in sentences for the reader of a proposal.
import { judgedServices } from '../../policy/evidence.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import { listPrivilegeGaps } from '../../policy/judge/privileges.ts';
import type { Absence } from '../../policy/plan/input.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { DataQuality } from '../audit-result.ts';
import type { OpenMailboxCounts } from '../resolve-mailboxes.ts';
import type { OpenSignInCounts } from '../resolve-sign-ins.ts';
import type { SignInProbe } from '../sources/sign-in-probe.ts';
import { findUnseenServices } from '../sources/unseen-services.ts';
import type { Sources } from './join-evidence.ts';
import { describeOpenSignIns, describeSignInAccess, describeUnseenServices } from './sign-in-notes.ts';

/** Counted while walking over all accounts. */
export interface WalkCounts {
  accounts: number;
  /** Members without a row in the usage report. */
  missingRows: number;
  /** Repeated accounts; each counts once. */
  repeated: number;
  /** Entries without an id. */
  unnamed: number;
  /** How often a listing was restarted because a page had expired. */
  restarts: number;
}

export function evaluateDataQuality(
  { usage, mailboxes, oneDrives, privileges, licenses, holds, groups }: Sources,
  signIns: SignInProbe,
  walk: WalkCounts,
  unreadGroups: readonly string[] = [],
): DataQuality {
  const unseen = findUnseenServices(usage);
  const notes = [
    describeSignInAccess(
      signIns,
      judgedServices.filter((service) => !unseen.includes(service)),
    ),
    describeUnseenServices(signIns, unseen),
    licenses.kind === 'unavailable' &&
      'The subscribed products could not be read (it needs LicenseAssignment.Read.All): part numbers come from Microsoft’s published list.',
    licenses.unreadableProducts > 0 &&
      `${licenses.unreadableProducts === 1 ? '1 subscribed product' : `${licenses.unreadableProducts} subscribed products`} could not be read: accounts that have one are doubtful.`,
    describeHoldAccess(holds),
    describeUnreadRules(groups.countUnreadRules()),
    describeUnreadGroups(unreadGroups),
    usage.unknownRows > 0 &&
      `${formatRows(usage.unknownRows)} of the usage report ${usage.unknownRows === 1 ? 'carries' : 'carry'} no name: ${usage.unknownRows === 1 ? 'its account counts' : 'their accounts count'} as having no row.`,
    usage.ambiguousRows > 0 && `${formatRows(usage.ambiguousRows)} of the usage report share a name with another one.`,
    usage.unreadableRows > 0 &&
      `${formatRows(usage.unreadableRows)} of the usage report could not be read for certain: the accounts that they name are doubtful.`,
    mailboxes.unreadableRows > 0 &&
      `${formatRows(mailboxes.unreadableRows)} of the mailbox report could not be read for certain and ${mailboxes.unreadableRows === 1 ? 'says' : 'say'} nothing.`,
    mailboxes.rows === 0 && 'The mailbox report has no rows: no mailbox is known from it.',
    mailboxes.refreshDate !== null &&
      mailboxes.refreshDate !== usage.refreshDate &&
      `The mailbox report is of ${mailboxes.refreshDate}, the usage report of ${usage.refreshDate}: days of silence count from the usage report’s.`,
    oneDrives.doubt !== null &&
      `${oneDrives.doubt} What a OneDrive holds is not known, so each counts as one of unknown size.`,
    ...oneDrives.notes,
    walk.unnamed > 0 &&
      `${formatEntries(walk.unnamed)} of the listing ${walk.unnamed === 1 ? 'carries' : 'carry'} no id: nobody can tell whose ${walk.unnamed === 1 ? 'it is, so it is' : 'they are, so they are'} left alone.`,
    walk.restarts > 0 &&
      `The listing of users was read again from its start (${walk.restarts === 1 ? 'once' : `${walk.restarts} times`}), because Microsoft let a page of it expire; nobody was judged twice.`,
    walk.repeated > 0 &&
      `${formatAccounts(walk.repeated)} came twice in the listing and ${walk.repeated === 1 ? 'was' : 'were'} counted once; one whose entries differ is doubtful.`,
  ];
  return {
    unknownRows: usage.unknownRows,
    deletedRows: usage.deletedRows,
    missingRows: walk.missingRows,
    signIns: signIns.kind,
    ...privileges.access,
    notes: notes.filter((note) => note !== false && note !== null),
    unmatchedExemptions: [],
  };
}

/** What was still not known after the reads that follow the walk. */
export interface RemainingDoubts {
  withoutSignIns: OpenSignInCounts;
  openMailboxes: OpenMailboxCounts;
  /** Paths of files in archive/ that cannot be read. */
  unreadable: readonly string[];
  /** Accounts that have a file and were not in the listing. */
  absent: ReadonlyMap<IdKey, Absence>;
}

export function addRemainingDoubts(quality: DataQuality, doubts: RemainingDoubts, policy: Policy): DataQuality {
  const notes = [
    ...describeOpenSignIns(doubts.withoutSignIns),
    ...describeOpenMailboxes(doubts.openMailboxes.inactive),
    ...describeWatchedMailboxes(doubts.openMailboxes.watched),
    ...describeUnreadableFiles(doubts.unreadable),
    ...describeAbsences(doubts.absent),
  ];
  return addPrivilegeGaps({ ...quality, notes: [...quality.notes, ...notes] }, policy);
}

/** Adds which privileges could not be read, and what follows from that under this policy. */
function addPrivilegeGaps(quality: DataQuality, policy: Policy): DataQuality {
  const notes = listPrivilegeGaps(quality, policy).map(({ source, says, so, isRequired }) => {
    const draft = ` The policy asks for it (risk.privileged.${source}), so the pull request stays a draft and the apply takes nothing.`;
    return `${says.charAt(0).toUpperCase()}${says.slice(1)}: ${so}.${isRequired ? draft : ''}`;
  });
  return { ...quality, notes: [...quality.notes, ...notes] };
}

function describeHoldAccess({ access }: Sources['holds']): string | null {
  if (access.mailboxes === 'unavailable')
    return 'Holds on mailboxes could not be read: only Exchange knows them, and the audit has no role there.';
  if (access.organization === 'read') return null;
  return 'Retention policies over the whole organisation could not be read, because the audit’s role in Exchange lacks Get-OrganizationConfig: no mailbox is known to be free of holds.';
}

function describeUnreadRules(unread: number): string | null {
  if (unread === 0) return null;
  const [those, counts] =
    unread === 1
      ? ['1 group that gives licences', 'it counts']
      : [`${unread} groups that give licences`, 'each counts'];
  return `The membership rule of ${those} could not be read (it needs Directory.Read.All): ${counts} as one that asks for accountEnabled and takes its licence back once sign-in is blocked.`;
}

function describeUnreadGroups(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const [first = ''] = names;
  const which =
    names.length === 1 ? `Who is in the group ${first}` : `Who is in ${names.length} groups (${first} first)`;
  return `${which}, which policy.yaml names by populations or scope, is not known: no group has the name, or several have, its members are hidden, or it may not be read. Whoever may be in it waits for the longest silence, and is inside no scope by it.`;
}

function describeOpenMailboxes(open: number): string[] {
  if (open === 0) return [];
  const [those, stay] = open === 1 ? ['account', 'it is'] : ['accounts', 'they are'];
  return [
    `The mailbox of ${open} inactive ${those} could not be looked at: it may be a shared one, so ${stay} left alone until it is known. Graph tells it to an audit with MailboxSettings.Read, Exchange to one with a role there.`,
  ];
}

function describeWatchedMailboxes(open: number): string[] {
  if (open === 0) return [];
  const whose = open === 1 ? '1 delicensed account' : `${open} delicensed accounts`;
  return [
    `The mailbox of ${whose} could not be looked at: it may no longer be shared, and a user mailbox without a licence loses its mail after 30 days. The next audit asks again.`,
  ];
}

function describeUnreadableFiles(paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const [first = ''] = paths;
  const which = paths.length === 1 ? `${first} cannot` : `${paths.length} files in archive/ (${first} first) cannot`;
  return [`${which} be read, so no audit looks at the mailbox behind ${paths.length === 1 ? 'it' : 'them'}.`];
}

/** Accounts whose files stay although the listing did not show them. */
function describeAbsences(absent: ReadonlyMap<IdKey, Absence>): string[] {
  const kinds = [...absent.values()].map(({ kind }) => kind);
  const deleted = kinds.filter((kind) => kind === 'deleted').length;
  const unlisted = kinds.filter((kind) => kind === 'not-listed').length;
  const unknown = kinds.filter((kind) => kind === 'unknown').length;
  const notes = [
    deleted > 0 &&
      `${formatAccounts(deleted)} with a file ${deleted === 1 ? 'is' : 'are'} deleted and can still be restored: the file stays for the 30 days that Entra allows, and nothing is done.`,
    unlisted > 0 &&
      `${formatAccounts(unlisted)} with a file ${unlisted === 1 ? 'was' : 'were'} not in the listing although the tenant has ${unlisted === 1 ? 'it' : 'them'}: the file stays as it is.`,
    unknown > 0 &&
      `${formatAccounts(unknown)} with a file ${unknown === 1 ? 'was' : 'were'} not in the listing, and whether ${unknown === 1 ? 'it is' : 'they are'} deleted and can be restored could not be read: the file stays as it is.`,
  ];
  return notes.filter((note) => note !== false);
}

function formatAccounts(count: number): string {
  return count === 1 ? '1 account' : `${count} accounts`;
}

function formatEntries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}

function formatRows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
