// One account of the tenant: the data of Entra, the licence service and Exchange about it.
import type { Trace } from './activity.ts';
import type { CloudPc, OneDrive, Phone } from './belongings.ts';
import { copySignIns, copyUsage } from './copy-traces.ts';
import type { Holds } from './holds.ts';
import type { Mailbox, MailboxType } from './mailbox.ts';
import { FormerValues } from './replicas.ts';

export const LICENSE_STATES = ['Active', 'ActiveWithError', 'Disabled', 'Error'] as const;

export interface License {
  skuId: string;
  /** The object id of the group it is inherited from; null = assigned directly. */
  assignedByGroup: string | null;
  disabledPlans: string[];
  state: (typeof LICENSE_STATES)[number];
  error: string;
  lastUpdatedDateTime: string;
  /** It is in assignedLicenses, and not in licenseAssignmentStates. */
  withoutState?: boolean;
}

/** `interactive` and `nonInteractive` count failed attempts too, as Entra's own fields do. */
export interface SignIns {
  interactive: Trace;
  nonInteractive: Trace;
  successful: Trace;
}

/**
 * How Graph writes that it knows no sign-in: the property left out, null, an object of nulls, or an object with the first
 * day of the calendar.
 */
export const NO_SIGN_IN_FORMS = ['missing', 'null', 'nulls', 'first-day'] as const;
export type NoSignInForm = (typeof NO_SIGN_IN_FORMS)[number];

export const SERVICES = ['exchange', 'oneDrive', 'sharePoint', 'skype', 'yammer', 'teams'] as const;
export type ServiceName = (typeof SERVICES)[number];
export type Usage = Record<ServiceName, Trace>;

/**
 * Whether the person has rows in the usage reports, and whether they show the name: `unknown` is `(Unknown)` (graph-docs
 * 15148), `personal` a placeholder such as `<PII:H101(…)>`. `twice`: two rows with one name.
 */
export const REPORT_ROWS = ['normal', 'missing', 'unknown', 'personal', 'twice'] as const;
export type ReportRow = (typeof REPORT_ROWS)[number];

export interface Person {
  readonly index: number;
  readonly id: string;
  /** The name in the catalogue of named people, or null. */
  readonly kind: string | null;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly mail: string | null;
  readonly mailNickname: string;
  /** null for accounts from before 2014, which no filter on userType finds. */
  readonly userType: 'Member' | 'Guest' | null;
  /** `Invitation` for guests, and for members by invitation or cross-tenant synchronisation. */
  readonly creationType: string | null;
  /** The agent identity that an agent user belongs to (`#microsoft.graph.agentUser`); null for everybody else. */
  readonly identityParentId: string | null;
  readonly accountEnabled: boolean;
  readonly createdDateTime: string;
  readonly department: string | null;
  readonly jobTitle: string | null;
  readonly companyName: string | null;
  readonly officeLocation: string | null;
  readonly usageLocation: string | null;
  readonly employeeId: string | null;
  readonly employeeType: string | null;
  readonly employeeHireDate: string | null;
  readonly employeeLeaveDateTime: string | null;
  readonly managerId: string | null;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly licenses: readonly License[];
  readonly signIns: SignIns;
  readonly noSignIn: NoSignInForm;
  readonly usage: Usage;
  readonly mailbox: Mailbox | null;
  readonly oneDrive: OneDrive | null;
  readonly cloudPc: CloudPc | null;
  readonly phone: Phone | null;
  readonly reportRow: ReportRow;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A person named or changed; the overlay keeps them, no others are in memory. */
export interface ChangedPerson extends Mutable<Omit<Person, 'licenses'>> {
  licenses: License[];
  /** What reads show until they have the last writes. */
  former: FormerProperties;
  /** The value that the next directory sync restores from on premises, and when (ms). */
  revert: { at: number; accountEnabled: boolean } | null;
  /** When sign-in was last allowed or blocked (ms); null = not since the tenant started. */
  enabledSince: number | null;
  /** The dynamic licence groups whose rules include the person, apart from sign-in. */
  ruleGroups: readonly string[];
  deletedDateTime: string | null;
  /** The licences at its deletion, which a restoration gives back. */
  licensesInBin: License[];
  /** Deleted for good: it cannot be restored. */
  isPurged: boolean;
  /** Former UPNs, each up to and including a day: reports show the one of their date. */
  formerUpns: { userPrincipalName: string; untilDay: number }[];
  revokedAt: string | null;
  /** See PersonInput. */
  reportCells: Readonly<Record<string, string>>;
  leavesOut: readonly string[];
  shows: Readonly<Record<string, unknown>>;
}

/** Of the properties that are replicated. */
export interface FormerProperties {
  readonly accountEnabled: FormerValues<boolean>;
  readonly licenses: FormerValues<readonly License[]>;
  readonly mailboxType: FormerValues<MailboxType>;
  readonly holds: FormerValues<Holds>;
  readonly revokedAt: FormerValues<string | null>;
  /** Whether it is in the directory. */
  readonly isThere: FormerValues<boolean>;
}

export function createFormerProperties(): FormerProperties {
  return {
    accountEnabled: new FormerValues(),
    licenses: new FormerValues(),
    mailboxType: new FormerValues(),
    holds: new FormerValues(),
    revokedAt: new FormerValues(),
    isThere: new FormerValues(),
  };
}

/** A copy that may be changed and shares nothing with the original. Field by field, because getters are not spread. */
export function toChangedPerson(person: Person): ChangedPerson {
  return {
    index: person.index,
    id: person.id,
    kind: person.kind,
    userPrincipalName: person.userPrincipalName,
    displayName: person.displayName,
    givenName: person.givenName,
    surname: person.surname,
    mail: person.mail,
    mailNickname: person.mailNickname,
    userType: person.userType,
    creationType: person.creationType,
    identityParentId: person.identityParentId,
    accountEnabled: person.accountEnabled,
    createdDateTime: person.createdDateTime,
    department: person.department,
    jobTitle: person.jobTitle,
    companyName: person.companyName,
    officeLocation: person.officeLocation,
    usageLocation: person.usageLocation,
    employeeId: person.employeeId,
    employeeType: person.employeeType,
    employeeHireDate: person.employeeHireDate,
    employeeLeaveDateTime: person.employeeLeaveDateTime,
    managerId: person.managerId,
    onPremisesSyncEnabled: person.onPremisesSyncEnabled,
    licenses: structuredClone([...person.licenses]),
    signIns: copySignIns(person.signIns),
    noSignIn: person.noSignIn,
    usage: copyUsage(person.usage),
    mailbox: structuredClone(person.mailbox),
    oneDrive: structuredClone(person.oneDrive),
    cloudPc: structuredClone(person.cloudPc),
    phone: structuredClone(person.phone),
    reportRow: person.reportRow,
    former: createFormerProperties(),
    revert: null,
    enabledSince: null,
    ruleGroups: [],
    deletedDateTime: null,
    licensesInBin: [],
    isPurged: false,
    formerUpns: [],
    revokedAt: null,
    reportCells: {},
    leavesOut: [],
    shows: {},
  };
}
