// The options of a tenant at its start; all have a default.
import type { CloudName } from './clouds.ts';
import type { Authority } from './entra/certificates.ts';
import type { AppRole } from './tenant/app-roles.ts';
import type { GroupInput } from './tenant/group-input.ts';
import type { DynamicGroupInput } from './tenant/license-groups.ts';
import type { PersonInput } from './tenant/person-input.ts';
import type { SkuPartNumber } from './tenant/skus.ts';

export interface EmulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Address to listen on; default 127.0.0.1. */
  readonly listen?: string;
  /** Names added to the certificate besides localhost and 127.0.0.1. */
  readonly hostnames?: readonly string[];
  /** Signs the server's certificate; default: an authority made for this tenant alone. */
  readonly authority?: Authority;
  /** How many people there are, the named kinds among them; 0 = only those of `people`. Default 2,000. */
  readonly users?: number;
  readonly seed?: string | number;
  /** Which cloud it is in, with that cloud's names, tokens and gaps. Default global. */
  readonly cloud?: CloudName;
  /** The tenant's time at the start (ISO 8601); default 2026-12-07T08:00:00Z, a Monday. It runs on from there. */
  readonly clock?: string;
  /** People added to the generated ones. */
  readonly people?: readonly PersonInput[];
  /** Dynamic groups besides those of the catalogue; a person's licence names one as its `group`. */
  readonly dynamicGroups?: readonly DynamicGroupInput[];
  /** Groups of any sort; a person's `groups` name them. */
  readonly groups?: readonly GroupInput[];
  /**
   * Which share of the generated people's licences, 0 to 1, comes from assigned groups of the cloud, one for each product;
   * nothing else depends on it. Default: 18 in a hundred, from the three licensing groups that are always there.
   */
  readonly groupLicensedShare?: number;
  /** Replaces or adds named identities; `audit`, `apply` and `bootstrap` are there by default. */
  readonly identities?: Readonly<Record<string, IdentityInput>>;
  /** Applications by which people sign in, besides Microsoft Graph Command Line Tools and those of the directory. */
  readonly publicClients?: readonly PublicClientInput[];
  /** Makes a certificate with a private key for each identity (slower to start). Default false. */
  readonly certificates?: boolean;
  readonly switches?: Partial<Switches>;
  /**
   * Answers 418 in place of an answer that is not what Graph's metadata says. For tests: every answer is parsed once more.
   * Default: whether the environment has EMULATOR_CHECKS_ANSWERS.
   */
  readonly checkAnswers?: boolean;
  /** How many requests the log keeps; counters cover all. Default 10,000. */
  readonly logLimit?: number;
}

export interface IdentityInput {
  readonly appRoles: readonly AppRole[];
  /** Display names of Entra roles. */
  readonly directoryRoles?: readonly string[];
  /**
   * The entries of its role group in Exchange, such as `Set-Mailbox -Identity -Type`, or `Get-Mailbox` with all its
   * parameters; every other cmdlet or parameter is then unknown.
   */
  readonly exchangeCmdlets?: readonly string[];
}

export interface PublicClientInput {
  readonly appId: string;
  readonly displayName: string;
  /** Default `http://localhost`, of which any port will do. */
  readonly redirectUris?: readonly string[];
}

/** Options that can also be changed while the tenant runs. */
export interface Switches {
  /** Entra ID P1: without it, signInActivity answers 403. Default true. */
  premium: boolean;
  /** Entra ID P2 on top of it: without it nobody is eligible, and PIM answers 400. Default true. */
  premiumP2: boolean;
  /**
   * Whose signInActivity is shown. `nobody`: 200 without it for everybody, as US Government clouds answered in 2021 and 2022
   * (microsoft-graph-docs 18484, azure-docs 69009). Default `everybody`.
   */
  signInsShownOf: 'everybody' | 'nobody';
  /** On a page of more users every second one lacks signInActivity (msgraph-sdk-powershell 1898). Default null. */
  crowdedSignInPage: number | null;
  /** A larger $top with signInActivity is a 400, as above 120 in spring 2023 (the same issue). Default null: cut to 500. */
  largestSignInPage: number | null;
  /**
   * The quota of a listing with signInActivity: that of its family alone (`by-family`, 5 in 10 s, as a Microsoft engineer
   * said), or GET signInActivity's as well (`by-minute`, 10 a minute, as the table can be read). Default `by-minute`.
   */
  signInListings: 'by-family' | 'by-minute';
  /**
   * Whom a filter on lastSuccessfulSignInDateTime lists: only people with a value, or also those without. Undocumented.
   * Default `known`.
   */
  signInFilterLists: 'known' | 'unknown-too';
  /**
   * Whether `ge` and `le` compare texts, as userPrincipalName: the page of the users resource says so, the table of filters of
   * directory objects does not, and an application was refused (microsoft-graph-docs 5774). Default `allowed`.
   */
  textRanges: 'allowed' | 'refused';
  /** Whether this cloud knows agent users; one that does not refuses to select identityParentId. Default true. */
  agentUsers: boolean;
  /** Graph's status for a call that its version of this cloud does not have; undocumented. Default 400. */
  missingCalls: 400 | 404;
  /** Whether beta wraps the settings of reports into `value`: its pages show both. Default `bare`. */
  betaReportSettings: 'bare' | 'in-value';
  /** The name of this cloud's Exchange that answers, such as `https://outlook.office365.cn`. Default null: the first. */
  exchangeHost: string | null;
  /** Its other names: Entra does not know them, or Exchange answers with this status. Default `unknown`. */
  otherExchangeHost: 'unknown' | 401 | 404;
  /** displayConcealedNames at the start. Default true, as in every new tenant. */
  displayConcealedNames: boolean;
  /** Seconds until a change of displayConcealedNames shows in the reports. Default 1 (Microsoft: a few minutes). */
  concealmentDelaySeconds: number;
  /**
   * Everything that the documents allow at once, drawn from this seed: late and reordered reads, throttling, broken answers
   * (`weather/`). Default null: none. Whoever sets it can set other switches beside it, which then hold.
   */
  weather: string | number | null;
  /**
   * Replicas that reads are answered from. With more than one a write comes to them one after the other within its delay, so
   * a second read can be older than the first. Default 1.
   */
  replicas: number;
  /**
   * Seconds until reads show a block or unblock of sign-in, ended sessions, groups and their members, applications and their
   * grants: a new object is a 404 until then, and a deleted one is still there. Default 0 (Microsoft, page "List users":
   * "replication delays for users that were recently created, updated, or deleted"; no number is given).
   */
  directoryDelaySeconds: number;
  /** The same for Conditional Access policies. Default 0. */
  policyDelaySeconds: number;
  /** The same for roles, held and eligible, also of those that an event gives. Default 0. */
  roleDelaySeconds: number;
  /** Seconds until Exchange shows another hold, also one that an event sets. Default 0 (Microsoft: up to 240 minutes). */
  holdDelaySeconds: number;
  /** Seconds until GET /admin/reportSettings shows another value. Default 0. */
  settingDelaySeconds: number;
  /** Seconds until reads show an assignment of licences. Default 0 (Microsoft: 2 to 5 minutes). */
  licenseDelaySeconds: number;
  /** Seconds that an assignment of licences takes: another one for the same user conflicts meanwhile. Default 0.005. */
  assignmentSeconds: number;
  /** Seconds until a converted mailbox shows its new type, in Exchange and in Graph. Default 0. */
  conversionDelaySeconds: number;
  /** A PATCH of accountEnabled for a synced account is undone by the next sync, or refused. */
  syncedAccounts: 'undo' | 'refuse';
  /** Seconds until that next sync. Default 1,800. */
  syncSeconds: number;
  /** Whether that sync also turns a converted hybrid mailbox back. Default false. One mailbox: its `flipBackAfterDays`. */
  hybridMailboxesFlipBack: boolean;
  /** mailboxSettings of synced people answer 404 although their mailboxes are there. Default false. */
  hybridMailboxesHidden: boolean;
  /** Seconds after a change of licences for which mailboxSettings answer 404. Default 0. */
  hiddenAfterLicenseSeconds: number;
  /**
   * Seconds until a dynamic group's rule and its licences follow a block or unblock, and until the licences of other groups
   * follow who joins and leaves them and what they give. Default 0 (Microsoft: "typically … within minutes" in the background,
   * and up to 24 hours under load).
   */
  groupLicenseSeconds: number;
  /**
   * membershipRule for an app that may read members but not groups (GroupMember.Read.All: "basic group properties", of which
   * there is no list). Default `null`.
   */
  membershipRules: 'shown' | 'null' | 'absent';
  /**
   * Whether an application may change the members of groups where only a role at a group or an administrative unit allows
   * it. manage-roles-portal.md (entra-docs) has service principals hold such a role, and use it if they are "also
   * assigned corresponding permissions to read the objects", a role for the whole tenant that reads. `with-permissions`:
   * permissions of Graph that read groups do, too, as hashicorp's azuread provider has it of units (docs/resources/group.md);
   * `with-roles`: they do not; `refused`: no role does.
   * Default `with-permissions`.
   */
  scopedAppRoles: 'with-permissions' | 'with-roles' | 'refused';
  /** Usage locations (`KP`) in which no licence can be assigned. Default none. */
  prohibitedUsageLocations: readonly string[];
  /** InPlaceHolds of Get-OrganizationConfig: policies over all mailboxes (`mbx…:2`) and groups (`grp…:1`). Default none. */
  organizationHolds: readonly string[];
  /**
   * Whether Exchange refuses a call without X-AnchorMailbox. Tools disagree: mondoohq/cnquery calls it mandatory,
   * cisagov/ScubaGear sends none with InvokeCommand. Default `required`.
   */
  exchangeAnchor: 'required' | 'optional';
  /**
   * Redirects calls for Exchange from localhost to 127.0.0.1 with this status, as some tenants do (ScubaGear,
   * Get-ExchangeOnlineApiEndpoint: any 3xx). Default null.
   */
  exchangeRedirect: 302 | 307 | 308 | null;
  /** A disconnected mailbox in getMailboxUsageDetail, until it is lost; undocumented. Default `deleted`. */
  disconnectedMailboxRows: 'deleted' | 'gone';
  /** Whether the tenant pays for archived OneDrives without a licence. May change at any time. Default false. */
  oneDriveArchiveBilling: boolean;
  /** Days until a OneDrive without a licence is archived, 93 to 3,650; 33 days before, it is read-only. Default 93. */
  unlicensedOneDriveActiveDays: number;
  /** `off`: nothing happens to a OneDrive without a licence, as in EDU, GCC and DoD. Default `on`. */
  oneDriveClock: 'on' | 'off';
  /** Products that /subscribedSkus does not list, although somebody may hold them. Default ENTERPRISEWITHSCAL. */
  unlistedSkus: readonly SkuPartNumber[];
  /** Part numbers of products whose assignment cannot be changed, with the sentence of the 400. Default none. */
  refusedLicenses: Readonly<Record<string, string>>;
  /**
   * What Conditional Access does with device codes: `blocked`, Entra says so on the page, and the application waits until its code
   * expires (Azure/azure-cli 32621); `blocked-at-token`, the application is told. Default `allowed`.
   */
  deviceCodeFlow: 'allowed' | 'blocked' | 'blocked-at-token';
  /** The words of getMailboxUsageDetail for Recipient Type; `missing` leaves the column out. */
  recipientTypes: 'User' | 'UserMailbox' | 'missing';
  /** Days the reports lag behind. Default 2. */
  reportLagDays: number;
  /** Days that single reports lag behind, by the report's name; the others lag `reportLagDays`. Default none. */
  reportLags: Record<string, number>;
  /** How the reports write dates: `2026-10-01`, `2026-10-01T00:00:00`, `10/1/2026` or `1.10.2026`. Default `day`. */
  reportDates: 'day' | 'instant' | 'us' | 'german';
  /** How the reports write yes and no: `True`, `TRUE`, `1` or `Yes` and its opposite. Default `True`. */
  reportFlags: 'True' | 'TRUE' | '1' | 'Yes';
  /** Whether cells with commas, quotes and line ends are quoted, as RFC 4180 asks for. Default true. */
  reportQuotes: boolean;
  /** Columns that no report has, by their headers: 21Vianet's active users have no Yammer and no Teams. Default none. */
  reportLacks: readonly string[];
  /** Milliseconds added to each request. Default 0. */
  latencyMs: number;
  /** Request budgets: as documented, a hundred times as much, or none. Use is always counted. Default documented. */
  budgets: 'documented' | 'generous' | 'off';
  /** Divides the windows of the budgets, and Retry-After with them. Default 1. */
  quotaSpeed: number;
  /**
   * The four requests to Outlook at a time: of an app to one mailbox, or of an app to all of them. One version of
   * throttling-limits.md says the former, another the latter. Default `per-mailbox`.
   */
  mailboxConcurrency: 'per-mailbox' | 'per-app';
  /** By identity: UPNs that it may send from by Exchange's RBAC for Applications, without Mail.Send. Default none. */
  mailScopes: Record<string, string[]>;
  /** Licences bought beyond those in use at the start, per product; null = a tenth. */
  spareSeats: number | null;
}

/** For tests, the soak and the story: an hour of Microsoft's quotas passes in a minute. */
export const fastQuotas: Partial<Switches> = { quotaSpeed: 60 };

export const DEFAULT_SWITCHES: Switches = {
  premium: true,
  premiumP2: true,
  signInsShownOf: 'everybody',
  crowdedSignInPage: null,
  largestSignInPage: null,
  signInListings: 'by-minute',
  signInFilterLists: 'known',
  textRanges: 'allowed',
  agentUsers: true,
  missingCalls: 400,
  betaReportSettings: 'bare',
  exchangeHost: null,
  otherExchangeHost: 'unknown',
  displayConcealedNames: true,
  concealmentDelaySeconds: 1,
  weather: null,
  replicas: 1,
  directoryDelaySeconds: 0,
  policyDelaySeconds: 0,
  roleDelaySeconds: 0,
  holdDelaySeconds: 0,
  settingDelaySeconds: 0,
  licenseDelaySeconds: 0,
  assignmentSeconds: 0.005,
  conversionDelaySeconds: 0,
  syncedAccounts: 'undo',
  syncSeconds: 1800,
  hybridMailboxesFlipBack: false,
  hybridMailboxesHidden: false,
  hiddenAfterLicenseSeconds: 0,
  groupLicenseSeconds: 0,
  membershipRules: 'null',
  scopedAppRoles: 'with-permissions',
  prohibitedUsageLocations: [],
  organizationHolds: [],
  exchangeAnchor: 'required',
  exchangeRedirect: null,
  disconnectedMailboxRows: 'deleted',
  oneDriveArchiveBilling: false,
  unlicensedOneDriveActiveDays: 93,
  oneDriveClock: 'on',
  unlistedSkus: ['ENTERPRISEWITHSCAL'],
  refusedLicenses: {},
  deviceCodeFlow: 'allowed',
  recipientTypes: 'UserMailbox',
  reportLagDays: 2,
  reportLags: {},
  reportDates: 'day',
  reportFlags: 'True',
  reportQuotes: true,
  reportLacks: [],
  latencyMs: 0,
  budgets: 'documented',
  quotaSpeed: 1,
  mailboxConcurrency: 'per-mailbox',
  mailScopes: {},
  spareSeats: null,
};
