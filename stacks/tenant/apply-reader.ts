// All that the apply reads of a tenant. Reads of single accounts share a $batch; what many need is cached for a moment.
import { isAgentRefusal, kindProperties, parseAccountKind, parseUserType } from '../../graph/account-kind.ts';
import { type BatchAnswer, createItemError } from '../../graph/batch.ts';
import { type GroupUsesReader, readAccessPolicies } from '../../graph/group-uses.ts';
import { findDay, findNumber, findText, requireFields, requireList, requireText } from '../../graph/json-fields.ts';
import { listMany } from '../../graph/list-many.ts';
import { listAll } from '../../graph/pages.ts';
import { type Privileges, readPrivileges } from '../../graph/privileges/read-privileges.ts';
import { quoteText } from '../../graph/quote-text.ts';
import type { RetryPolicy } from '../../graph/retry.ts';
import { askForSignIns } from '../../graph/sign-in-access.ts';
import { parseSubscriptions, type Subscriptions, subscriptionsRequest } from '../../graph/subscriptions.ts';
import type { Transport } from '../../graph/transport.ts';
import { buildUserPath, type SignInAvailability } from '../../graph/user.ts';
import { buildUserPurposePath, parseUserPurpose } from '../../graph/user-purpose.ts';
import { DormantError } from '../../policy/errors.ts';
import type { AccountKind, Day, LiveSignIns, NamedGroups } from '../../policy/evidence.ts';
import type { GroupId, IdKey, UserId } from '../../policy/identifiers.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { GroupReference } from '../../policy/schemas/populations.ts';
import { cacheRead } from './cached.ts';
import { type LicenseGroup, type MemberGroup, readLicenseGroup, readMemberGroup } from './license-group.ts';
import { type Assignment, buildLiveUserSelect, type LiveUser, parseLicenses, parseLiveUser } from './live-account.ts';
import { createNamedGroupReader } from './named-group-reader.ts';
import type { Gathering, RequestBatcher } from './request-batcher.ts';
import { createSignInReader } from './sign-in-reader.ts';

/** Who would receive a mail. */
export interface Addressee {
  id: UserId;
  mail: string;
  accountEnabled: boolean;
  userType: 'member' | 'guest';
  accountKind: AccountKind;
}

/** Whom an account reports to now. */
interface PresentManager {
  displayName: string;
  mail: string | null;
}

export interface ApplyReader {
  /** null: the tenant does not have it (any more). Its sign-ins have their own quota, and are read separately. */
  readUser(id: UserId | IdKey): Promise<LiveUser | null>;
  /** In which of `namedGroups` it is. */
  readNamedGroups(id: UserId): Promise<NamedGroups>;
  /** The sign-ins that a write may rely on. */
  readSignIns(id: UserId): Promise<LiveSignIns>;
  /** After minutes, the sign-ins read of this account must no longer be relied on. */
  forgetSignIns(id: UserId): void;
  /** The day on which it was deleted, while it can be restored; otherwise, or if that is not readable, null. */
  readDeletionDay(id: UserId): Promise<Day | null>;
  /** Whether its sessions were ended at `since` (ISO 8601) or later; false if not readable. */
  hasEndedSessions(id: UserId, since: string): Promise<boolean>;
  /** Only the licences in effect; null as above. */
  readLicenses(id: UserId): Promise<readonly Assignment[] | null>;
  /** With those in doubt. */
  readAssignments(id: UserId): Promise<Pick<LiveUser, 'licenses' | 'doubtfulLicenses'> | null>;
  /** By Graph. `none`: it finds none, which alone says little. `unknown`: not readable. */
  readRecipientType(id: UserId | IdKey): Promise<RecipientType>;
  readPrivileges(): Promise<Privileges>;
  readSubscriptions(): Promise<Subscriptions>;
  /** Read once in a run, and again only if the read failed. */
  readLicenseGroup(id: GroupId): Promise<LicenseGroup>;
  /** A group whose members are to be changed; as above. */
  readMemberGroup(id: GroupId): Promise<MemberGroup>;
  /** Whether the guard can see sign-ins: not without Entra ID P1 or AuditLog.Read.All, nor if nobody has a value. */
  readSignInAccess(): Promise<SignInAvailability>;
  /** The accounts that `limits.shareOfTenant` is a share of: members of other companies count, too. */
  countEnabledMembers(): Promise<number>;
  /** null: it has none, or is gone. */
  readManager(id: UserId | IdKey): Promise<PresentManager | null>;
  /** The one account with this mail address; null: none or several. */
  findAddressee(mail: string): Promise<Addressee | null>;
}

/** Long enough for accounts that are worked on in parallel, short enough to notice a new role. */
const lifeMs = 30_000;

interface ApplyReaderOptions {
  retryPolicy?: RetryPolicy | undefined;
  signInGathering?: Gathering;
  /** Groups of policy.yaml whose members are asked for; default: none. */
  namedGroups?: readonly GroupReference[];
}

export function createApplyReader(
  graph: Transport,
  reads: RequestBatcher<'GET'>,
  { retryPolicy, signInGathering = { quietMs: 5, atMostMs: 20 }, namedGroups = [] }: ApplyReaderOptions = {},
): ApplyReader {
  const get = (url: string) => reads.ask({ method: 'GET', url });
  // Once, so that not every account has to find out.
  const readSignInAccess = cacheRead(async (): Promise<SignInAvailability> => {
    return (await askForSignIns(graph)) === 'read' ? 'read' : 'unavailable';
  }, Number.POSITIVE_INFINITY);
  const signInReader = createSignInReader(graph, { gathering: signInGathering, retryPolicy });
  let agents = true;
  const groups = new Map<GroupId, Promise<LicenseGroup>>();
  const memberGroups = new Map<GroupId, Promise<MemberGroup>>();
  const readAssignments: ApplyReader['readAssignments'] = async (id) => {
    const url = `${buildUserPath(id)}?$select=id,licenseAssignmentStates`;
    const body = findBody(url, await get(url));
    return body === null ? null : parseLicenses(requireFields(body, url), `user ${id}`);
  };
  const usesReader: GroupUsesReader = {
    getMany: (paths) => Promise.all(paths.map(get)),
    listAccessPolicies: cacheRead(
      () => readAccessPolicies((request) => listAll(graph, request)),
      Number.POSITIVE_INFINITY,
    ),
  };
  return {
    readSignInAccess,
    readNamedGroups: createNamedGroupReader(namedGroups, reads, lifeMs),
    readPrivileges: cacheRead(() => readPrivileges(listMany(graph, 'roles', retryPolicy)), lifeMs),
    readSubscriptions: cacheRead(async () => parseSubscriptions(await listAll(graph, subscriptionsRequest)), lifeMs),
    async readSignIns(id) {
      return (await readSignInAccess()) === 'read' ? await signInReader.read(id) : { kind: 'unavailable' };
    },
    forgetSignIns: signInReader.forget,
    async readUser(id) {
      const read = async () => {
        const url = `${buildUserPath(id)}?$select=${buildLiveUserSelect(agents)}`;
        return findBody(url, await get(url));
      };
      const body = await read().catch((error) => {
        if (!isAgentRefusal(error)) throw error;
        agents = false;
        return read();
      });
      return body === null ? null : parseLiveUser(body);
    },
    async readDeletionDay(id) {
      const url = `/directory/deletedItems/${encodeURIComponent(id)}?$select=id,deletedDateTime`;
      const { status, body } = await get(url);
      return status === 200 ? findDay(requireFields(body, url), 'deletedDateTime', url) : null;
    },
    async hasEndedSessions(id, since) {
      const url = `${buildUserPath(id)}?$select=id,signInSessionsValidFromDateTime`;
      const { status, body } = await get(url);
      const { signInSessionsValidFromDateTime: from } = status === 200 ? requireFields(body, url) : {};
      return typeof from === 'string' && Date.parse(from) >= Date.parse(since);
    },
    readLicenses: async (id) => (await readAssignments(id))?.licenses ?? null,
    readAssignments,
    readRecipientType: async (id) => parseUserPurpose(await get(buildUserPurposePath(id))),
    readLicenseGroup(id) {
      const group = groups.get(id) ?? readLicenseGroup(id, get);
      groups.set(id, group);
      group.catch(() => groups.delete(id));
      return group;
    },
    readMemberGroup(id) {
      const group = memberGroups.get(id) ?? readMemberGroup(id, usesReader);
      memberGroups.set(id, group);
      group.catch(() => memberGroups.delete(id));
      return group;
    },
    async readManager(id) {
      const url = `${buildUserPath(id)}/manager?$select=id,displayName,mail`;
      const body = findBody(url, await get(url));
      if (body === null) return null;
      const fields = requireFields(body, url);
      return { displayName: findText(fields, 'displayName', url) ?? '', mail: findText(fields, 'mail', url) };
    },
    countEnabledMembers: () => countEnabledMembers(graph),
    findAddressee: (mail) => findAddressee(mail, get),
  };
}

/** null for what does not exist; throws for every other refusal. */
function findBody(url: string, answer: BatchAnswer): unknown {
  if (answer.status < 400) return answer.body;
  if (answer.status === 404) return null;
  throw createItemError('GET', url, answer);
}

/** By two counts, because no filter on userType finds the accounts from before 2014 that have none: they are members. */
async function countEnabledMembers(graph: Transport): Promise<number> {
  const [enabled, guests] = await Promise.all([
    countUsers(graph, 'accountEnabled eq true'),
    countUsers(graph, "accountEnabled eq true and userType eq 'Guest'"),
  ]);
  return Math.max(0, enabled - guests);
}

/** A page of one user that contains the count: `/users/$count` would answer in plain text. */
async function countUsers(graph: Transport, filter: string): Promise<number> {
  const path = `/users?$filter=${encodeURIComponent(filter)}&$count=true&$top=1&$select=id`;
  const headers = { ConsistencyLevel: 'eventual' };
  const { body } = await graph.send({ source: 'size of the tenant', path, headers });
  const count = findNumber(requireFields(body, path), '@odata.count', path);
  if (count !== null) return count;
  throw new DormantError('unexpected-answer', 'GET /users was asked for a count and gave none.', {
    where: path,
  });
}

async function findAddressee(mail: string, get: (url: string) => Promise<BatchAnswer>): Promise<Addressee | null> {
  const filter = encodeURIComponent(`mail eq ${quoteText(mail)}`);
  const url = `/users?$filter=${filter}&$select=${addresseeProperties}&$top=2`;
  const body = findBody(url, await get(url));
  const users = body === null ? [] : requireList(requireFields(body, url), 'value', url);
  const [user] = users;
  if (user === undefined || users.length > 1) return null;
  const fields = requireFields(user, url);
  return {
    id: requireText(fields, 'id', url),
    mail: requireText(fields, 'mail', url),
    // If it is not known to be enabled, the fallback contact is written to.
    accountEnabled: fields.accountEnabled === true,
    userType: parseUserType(fields, 'userType', url),
    accountKind: parseAccountKind(fields, url),
  };
}

/** Agent users are known by their `@odata.type`: the property that only some clouds have is not selected. */
const addresseeProperties = [
  'id',
  'mail',
  'accountEnabled',
  'userPrincipalName',
  'displayName',
  'userType',
  ...kindProperties,
].join(',');
