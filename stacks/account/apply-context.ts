// Everything that one account's change needs of the run: made once from a connection, shared by all accounts.
import type { Connection } from '../../graph/connect.ts';
import type { RetryPolicy } from '../../graph/retry.ts';
import type { Subscriptions } from '../../graph/subscriptions.ts';
import { DormantError } from '../../policy/errors.ts';
import type { GuardContext, LiveAccount } from '../../policy/guard/guard.ts';
import type { UserId } from '../../policy/identifiers.ts';
import { listNamedGroups } from '../../policy/populations/named-groups.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import { createExchangeMailboxes } from '../mailbox/exchange-mailboxes.ts';
import type { MailboxReader } from '../mailbox/mailbox-reader.ts';
import { createManualMailboxes } from '../mailbox/manual-mailboxes.ts';
import type { FindStop } from '../taking-stop.ts';
import { type ApplyReader, createApplyReader } from '../tenant/apply-reader.ts';
import type { Assignment, FoundAccount, LiveUser, NamedAssignment } from '../tenant/live-account.ts';
import type { PollTiming } from '../tenant/poll.ts';
import { createRequestBatcher, type Gathering } from '../tenant/request-batcher.ts';
import { findUnreadableProduct, hasMailboxPlan } from '../tenant/subscriptions.ts';
import { createTenantWriter, type TenantWriter } from '../tenant/tenant-writer.ts';

/** How long to wait for a write to show. */
interface Waits {
  mailbox: PollTiming;
  licenses: PollTiming;
  /** Sign-in just blocked or allowed by this pipeline. */
  directory: PollTiming;
}

/**
 * Entra gives and takes what groups give in minutes, or in hours for everybody. Once one account has been waited for in vain,
 * the run waits for no other: 64 at a time, eight minutes for each would be hours for a large wave.
 */
interface GroupPatience {
  isSpent: boolean;
}

/** What is waited for, so that a terminal can show why nothing moves. */
export interface WaitProgress {
  accountId: UserId;
  for: keyof Waits;
  waitedMs: number;
}

export interface ApplyOptions {
  now?: () => Date;
  waits?: Waits;
  retryPolicy?: RetryPolicy;
  /** A test with one account at a time need not wait for others. */
  gathering?: Gathering;
  signInGathering?: Gathering;
  onWait?: (progress: WaitProgress) => void;
}

export interface ApplyContext {
  reader: ApplyReader;
  writer: TenantWriter;
  mailboxes: MailboxReader;
  guard: GuardContext;
  /** false: a limit is passed, so nothing is taken. */
  mayTake: boolean;
  /** Why nothing is taken now; asked again and again. A preview and the limits count what would be taken anyway. */
  findStop: FindStop;
  waits: Waits;
  patience: GroupPatience;
  signal: AbortSignal | undefined;
  onWait(progress: WaitProgress): void;
  /** Why nothing is waited for any longer, as part of a sentence; null: no reason. Absent: this run waits as long as it takes. */
  findWaitEnd?(): Promise<string | null>;
  now(): Date;
  /** The whole account as it is now; null: the tenant does not have it. */
  find(id: UserId): Promise<(FoundAccount & Pick<LiveAccount, 'signIns' | 'namedGroups'>) | null>;
  /** Without its sign-ins and groups, which only the guard needs: for an account that loses nothing they are not read. */
  look(id: UserId): Promise<FoundAccount | null>;
}

/** Microsoft: a licence shows after 2 to 5 minutes, a conversion mostly within one; for other delays it gives no number. */
export const defaultWaits = {
  mailbox: { everyMs: 5_000, atMostMs: 600_000 },
  licenses: { everyMs: 10_000, atMostMs: 480_000 },
  directory: { everyMs: 5_000, atMostMs: 120_000 },
};

/** The embedded tenant is as fast as its switches say. */
export const emulatorWaits = {
  mailbox: { everyMs: 200, atMostMs: 60_000 },
  licenses: { everyMs: 200, atMostMs: 60_000 },
  directory: { everyMs: 200, atMostMs: 60_000 },
};

/**
 * Behind the engine, which starts about seven accounts a second and works on 64 at a time, blocking and converting 500
 * accounts took 2.45 requests each; 50 and 250 ms made 3.64, 5 ms about 5. An account alone ends a second later, and waits
 * five for its mailbox anyway. Two of the requests are Exchange's, which takes one command at a time.
 */
const defaultGathering: Gathering = { quietMs: 200, atMostMs: 1_000 };

/** `guard.policy` says how mailboxes are converted. Sends nothing before the first account needs it. */
export function createApplyContext(
  connection: Connection,
  guard: GuardContext,
  {
    now = () => new Date(),
    waits = defaultWaits,
    retryPolicy,
    gathering = defaultGathering,
    signInGathering = gathering,
    onWait = () => {},
  }: ApplyOptions = {},
): ApplyContext {
  const { graph } = connection;
  const batching = { gathering, ...(retryPolicy ? { retryPolicy } : {}) };
  const reads = createRequestBatcher(graph, { source: 'accounts', ...batching });
  const reader = createApplyReader(graph, reads, {
    ...{ retryPolicy, signInGathering },
    namedGroups: listNamedGroups(guard.policy),
  });
  const converts = guard.policy.mailbox.convert === 'exchange';
  const { readRecipientType } = reader;
  const mailboxes = converts
    ? createExchangeMailboxes({ exchange: connection.exchange, readRecipientType })
    : createManualMailboxes({ connection, readRecipientType });
  return {
    reader,
    writer: createTenantWriter(connection.writing, { converts, now, ...batching }),
    mailboxes,
    guard,
    mayTake: true,
    findStop: async () => null,
    waits,
    patience: { isSpent: false },
    signal: graph.signal,
    onWait,
    now,
    find: async (id) => {
      const found = await readAccount(id, reader, mailboxes);
      if (found === null) return null;
      const [signIns, namedGroups] = await Promise.all([reader.readSignIns(id), reader.readNamedGroups(id)]);
      return { ...found, signIns, namedGroups };
    },
    look: (id) => readAccount(id, reader, mailboxes),
  };
}

/** Its reads share one $batch; products are read once for all accounts. */
async function readAccount(id: UserId, reader: ApplyReader, mailboxes: MailboxReader): Promise<FoundAccount | null> {
  const [user, type, privileges] = await Promise.all([
    reader.readUser(id),
    reader.readRecipientType(id),
    reader.readPrivileges(),
  ]);
  if (user === null) return null;
  const { subscriptions, unnamed } = await readProducts(user, reader);
  return {
    ...user,
    licenses: user.licenses.map((each) => nameAssignment(each, subscriptions)),
    unnamed,
    mailbox: await readMailboxType(user, type, { subscriptions, look: mailboxes.look }),
    roles: privileges.lookUp(user),
    privilegeAccess: privileges.access,
  };
}

/** If they cannot be read nothing is taken, because a product may protect its holder; sign-in can still be given back. */
async function readProducts(
  { licenses }: Pick<LiveUser, 'licenses'>,
  reader: ApplyReader,
): Promise<{ subscriptions: Subscriptions } & Pick<FoundAccount, 'unnamed'>> {
  const none = new Map();
  if (licenses.length === 0) return { subscriptions: none, unnamed: null };
  try {
    const subscriptions = await reader.readSubscriptions();
    return { subscriptions, unnamed: findUnreadableProduct(licenses, subscriptions) };
  } catch (error) {
    if (error instanceof DormantError) return { subscriptions: none, unnamed: error };
    throw error;
  }
}

export function nameAssignment(license: Assignment, subscriptions: Subscriptions): NamedAssignment {
  const skuPartNumber = subscriptions.get(license.skuId)?.skuPartNumber ?? license.skuId;
  return { ...license, skuPartNumber };
}

/** Asks Exchange if Graph cannot name the kind of mailbox, or finds none although there may be one. */
async function readMailboxType(
  user: LiveUser,
  type: RecipientType,
  { subscriptions, look }: { subscriptions: Subscriptions } & Pick<MailboxReader, 'look'>,
): Promise<FoundAccount['mailbox']> {
  if (type !== 'unknown' && type !== 'none') return { recipientType: type };
  if (!mayHaveMailbox(user, subscriptions)) return { recipientType: 'none' };
  const { recipientType, kind } = await look(user);
  return recipientType === 'other' ? { recipientType, kind: kind ?? null } : { recipientType };
}

/** Without an address and without a licence that has a mailbox there is none, whatever can be read. */
function mayHaveMailbox(
  { mail, licenses }: Pick<LiveUser, 'mail' | 'licenses'>,
  subscriptions: Subscriptions,
): boolean {
  return mail !== null || licenses.some((license) => hasMailboxPlan(license, subscriptions) !== false);
}
