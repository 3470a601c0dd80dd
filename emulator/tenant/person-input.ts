// The input for a person: in the catalogue of kinds, in a test, or over a control route.
import type { PrivilegeInput } from './grant-privileges.ts';
import type { MailboxType } from './mailbox.ts';
import type { License, NoSignInForm, ReportRow, ServiceName } from './person.ts';
import type { SkuPartNumber } from './skus.ts';

export interface LicenseInput {
  readonly sku: SkuPartNumber;
  /** The display name or object id of the group it is inherited from; `true` = the product's licensing group. */
  readonly group?: string | true;
  readonly disabledPlans?: readonly string[];
  readonly state?: License['state'];
  readonly error?: string;
  /** In assignedLicenses, and not in licenseAssignmentStates. */
  readonly withoutState?: boolean;
  /** Default 400. */
  readonly assignedDaysAgo?: number;
}

export interface MailboxInput {
  readonly type?: MailboxType;
  readonly sizeGb?: number;
  readonly archive?: boolean;
  readonly litigationHold?: boolean;
  /** What Get-Mailbox shows in InPlaceHolds: `UniH…`, `cld…`, a bare GUID, `mbx…:2`, `skp…:1`, `-mbx…`. */
  readonly inPlaceHolds?: readonly string[];
  readonly complianceTagHold?: boolean;
  readonly delayHold?: boolean;
  readonly delayReleaseHold?: boolean;
  /** mailboxSettings answers 404 although the mailbox exists. */
  readonly hiddenFromGraph?: boolean;
  /** mailboxSettings answers 404 for this time from now on, as while a mailbox is moved. */
  readonly hiddenForSeconds?: number;
  /** Days after which it turns back into a user mailbox whenever it was shared; null = it stays shared. */
  readonly flipBackAfterDays?: number | null;
}

/** The size follows from `files` alone, and the number of files from a size alone. */
export interface OneDriveInput {
  readonly sizeGb?: number;
  readonly sizeMb?: number;
  readonly files?: number;
  /** A retention policy or a hold prevents its deletion. */
  readonly retention?: boolean;
  /** When its last licence was removed, by somebody else. Absent, without a licence: on the first day. */
  readonly unlicensedDaysAgo?: number;
}

/** All "days ago" count from the day the tenant starts; the usage reports lag two days behind that. */
export interface PersonInput extends PrivilegeInput {
  /** A name to find the person by; must be unique. */
  readonly kind?: string;
  readonly id?: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly mail?: string | null;
  readonly mailNickname?: string;
  readonly userType?: 'Member' | 'Guest' | null;
  /** Default: `Invitation` for guests, null for everybody else. */
  readonly creationType?: string | null;
  /** The agent identity's object id: makes the person an agent user. */
  readonly identityParentId?: string | null;
  readonly accountEnabled?: boolean;
  /** Default 900. */
  readonly createdDaysAgo?: number;
  readonly department?: string | null;
  readonly jobTitle?: string | null;
  readonly companyName?: string | null;
  readonly usageLocation?: string | null;
  readonly employeeType?: string | null;
  readonly leaveDaysAgo?: number;
  /** The kind, UPN or object id of another person. */
  readonly manager?: string | null;
  readonly synced?: boolean | null;
  /** Default: SPE_E3, directly. */
  readonly licenses?: readonly (SkuPartNumber | LicenseInput)[];
  /** Everything (sign-ins and services) was last used this many days ago; absent: used every day. */
  readonly inactiveDays?: number;
  /** Per service, days ago; null = never. Overrules inactiveDays. */
  readonly lastActivity?: { readonly [Service in ServiceName]?: number | null };
  /**
   * Days ago; null = never. `attempt` includes failed sign-ins. Overrules inactiveDays. A form instead: Graph knows no
   * sign-in, whatever the person does, and writes it in this form.
   */
  readonly signIn?: NoSignInForm | { readonly successful?: number | null; readonly attempt?: number | null };
  /** null = no mailbox; absent: a user mailbox if a licence includes one. */
  readonly mailbox?: null | MailboxInput;
  /** null = never opened; absent: people who used it and have a licence for it have one. */
  readonly oneDrive?: null | OneDriveInput;
  /** null = never created; absent: everybody with a licence of Windows 365 has one. */
  readonly cloudPc?: null;
  readonly phoneNumber?: string;
  readonly reportRow?: ReportRow;
  /** Cells of the person's report rows, by the header of their column, written as they are. */
  readonly reportCells?: Readonly<Record<string, string>>;
  /** Properties that Graph leaves out of this user, in lists and alone. */
  readonly leavesOut?: readonly string[];
  /** Properties that Graph answers as written here, such as `{"accountEnabled": null}` or another user's id. */
  readonly shows?: Readonly<Record<string, unknown>>;
  /** The account is deleted; its report rows may still exist. */
  readonly deletedDaysAgo?: number;
  /** Display names of groups to be a member of. */
  readonly groups?: readonly string[];
}
