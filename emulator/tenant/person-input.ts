// The input for a person: in the catalogue of kinds, in a test, or over a control route.
import Type, { type TSchema } from 'typebox';
import { flag, type Input, nullableNumber, nullableText, number, oneOf, strict, text, texts } from '../schema-parts.ts';
import { MAILBOX_TYPES } from './mailbox.ts';
import { LICENSE_STATES, NO_SIGN_IN_FORMS, REPORT_ROWS } from './person.ts';
import { SKUS, type SkuPartNumber } from './skus.ts';

/** All part numbers. */
export const skuPartNumbers = Object.keys(SKUS).filter((part): part is SkuPartNumber => part in SKUS);
/** A product that this tenant knows, by its part number. */
export const skuPartNumberSchema = oneOf(skuPartNumbers);

const licenseSchema = Type.Object(
  {
    sku: skuPartNumberSchema,
    /** The display name or object id of the group it is inherited from; `true` = the product's licensing group. */
    group: Type.Optional(Type.Union([Type.String(), Type.Literal(true)])),
    disabledPlans: texts,
    state: Type.Optional(oneOf(LICENSE_STATES)),
    error: text,
    /** In assignedLicenses, and not in licenseAssignmentStates. */
    withoutState: flag,
    /** Default 400. */
    assignedDaysAgo: number,
  },
  strict,
);
export const licensesSchema = Type.Optional(Type.Array(Type.Union([skuPartNumberSchema, licenseSchema])));
export type LicenseInput = Input<typeof licenseSchema>;

export const mailboxSchema = Type.Object(
  {
    type: Type.Optional(oneOf(MAILBOX_TYPES)),
    sizeGb: number,
    archive: flag,
    litigationHold: flag,
    /** What Get-Mailbox shows in InPlaceHolds: `UniH…`, `cld…`, a bare GUID, `mbx…:2`, `skp…:1`, `-mbx…`. */
    inPlaceHolds: texts,
    complianceTagHold: flag,
    delayHold: flag,
    delayReleaseHold: flag,
    /** mailboxSettings answers 404 although the mailbox exists. */
    hiddenFromGraph: flag,
    /** mailboxSettings answers 404 for this time from now on, as while a mailbox is moved. */
    hiddenForSeconds: number,
    /** Days after which it turns back into a user mailbox whenever it was shared; null = it stays shared. */
    flipBackAfterDays: nullableNumber,
  },
  strict,
);
export type MailboxInput = Input<typeof mailboxSchema>;

/** The size follows from `files` alone, and the number of files from a size alone. */
export const oneDriveParts = {
  sizeGb: number,
  sizeMb: number,
  files: number,
  /** A retention policy or a hold prevents its deletion. */
  retention: flag,
};

const privileges = {
  /** Entra roles held now, directly. */
  roles: texts,
  /** Entra roles the person may activate. */
  eligibleRoles: texts,
  /** Custom roles held now. */
  customRoles: texts,
  /** Roles held now over one administrative unit. */
  scopedRoles: Type.Optional(Type.Array(Type.Object({ role: Type.String(), unit: Type.String() }, strict))),
  /** Groups that the person owns. */
  owns: texts,
  /** Groups whose member the person may become (PIM for Groups). */
  eligibleGroups: texts,
  /** Groups whose owner the person may become (PIM for Groups). */
  eligibleOwnerships: texts,
  /** Restricted management units that the person is in. */
  restrictedUnits: texts,
};
/** Roles, groups and units by display name; missing custom roles, groups and units are created. */
export const privilegeSchema = Type.Object(privileges, strict);
export type PrivilegeInput = Input<typeof privilegeSchema>;

/** What can be said of a person at first and later, in the same words. */
export const personParts = {
  userPrincipalName: text,
  displayName: text,
  givenName: nullableText,
  surname: nullableText,
  mail: nullableText,
  userType: Type.Optional(Type.Union([Type.Literal('Member'), Type.Literal('Guest'), Type.Null()])),
  accountEnabled: flag,
  department: nullableText,
  jobTitle: nullableText,
  companyName: nullableText,
  usageLocation: nullableText,
  employeeType: nullableText,
  /** The kind, UPN or object id of another person; null = nobody. */
  manager: nullableText,
  synced: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  reportRow: Type.Optional(oneOf(REPORT_ROWS)),
  /** Cells of the person's report rows, by the header of their column, written as they are. */
  reportCells: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** Properties that Graph leaves out of this user, in lists and alone. */
  leavesOut: texts,
  /** Properties that Graph answers as written here, such as `{"accountEnabled": null}` or another user's id. */
  shows: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
};

/** Per service. */
export function perService<Schema extends TSchema>(schema: Schema) {
  const services = {
    exchange: schema,
    oneDrive: schema,
    sharePoint: schema,
    skype: schema,
    yammer: schema,
    teams: schema,
  };
  return Type.Optional(Type.Object(services, strict));
}

/** A form of what Graph writes that knows no sign-in, or when the person did; `attempt` includes failed sign-ins. */
export function signIns<Schema extends TSchema>(when: Schema) {
  const days = Type.Object({ successful: when, attempt: when }, strict);
  return Type.Optional(Type.Union([oneOf(NO_SIGN_IN_FORMS), days]));
}

/** All "days ago" count from the day the tenant starts; the usage reports lag two days behind that. */
export const personSchema = Type.Object(
  {
    ...personParts,
    ...privileges,
    /** A name to find the person by; must be unique. */
    kind: text,
    id: text,
    mailNickname: text,
    /** Default: `Invitation` for guests, null for everybody else. */
    creationType: nullableText,
    /** The agent identity's object id: makes the person an agent user. */
    identityParentId: nullableText,
    /** Default 900. */
    createdDaysAgo: number,
    leaveDaysAgo: number,
    /** Default: SPE_E3, directly. */
    licenses: licensesSchema,
    /** Everything (sign-ins and services) was last used this many days ago; absent: used every day. */
    inactiveDays: number,
    /** Days ago; null = never. Overrules inactiveDays. */
    lastActivity: perService(nullableNumber),
    /** Days ago; null = never. Overrules inactiveDays. */
    signIn: signIns(nullableNumber),
    /** null = no mailbox; absent: a user mailbox if a licence includes one. */
    mailbox: Type.Optional(Type.Union([Type.Null(), mailboxSchema])),
    /**
     * null = never opened; absent: people who used it and have a licence for it have one. `unlicensedDaysAgo`: when its last
     * licence was removed, by somebody else; absent, without a licence: on the first day.
     */
    oneDrive: Type.Optional(
      Type.Union([Type.Null(), Type.Object({ ...oneDriveParts, unlicensedDaysAgo: number }, strict)]),
    ),
    /** null = never created; absent: everybody with a licence of Windows 365 has one. */
    cloudPc: Type.Optional(Type.Null()),
    phoneNumber: text,
    /** The account is deleted; its report rows may still exist. */
    deletedDaysAgo: number,
    /** Display names of groups to be a member of. */
    groups: texts,
  },
  strict,
);
export type PersonInput = Input<typeof personSchema>;
