// The shapes of people and of their events, as control routes accept them; the types elsewhere stay plain.
import Type from 'typebox';
import { NO_SIGN_IN_FORMS } from '../tenant/person.ts';
import { SKUS, type SkuPartNumber } from '../tenant/skus.ts';
import { mailboxSchema } from './mailbox-schema.ts';

const strict = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());
const nullableText = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const flag = Type.Optional(Type.Boolean());
const number = Type.Optional(Type.Number());
const nullableNumber = Type.Optional(Type.Union([Type.Number(), Type.Null()]));
const texts = Type.Optional(Type.Array(Type.String()));

const parts = Object.keys(SKUS).filter((part): part is SkuPartNumber => part in SKUS);
/** A product that this tenant knows, by its part number. */
export const skuPartNumber = Type.Union(parts.map((part) => Type.Literal(part)));
const userType = Type.Optional(Type.Union([Type.Literal('Member'), Type.Literal('Guest'), Type.Null()]));
const reportRow = Type.Optional(
  Type.Union([
    Type.Literal('normal'),
    Type.Literal('missing'),
    Type.Literal('unknown'),
    Type.Literal('personal'),
    Type.Literal('twice'),
  ]),
);
const overrides = {
  reportCells: Type.Optional(Type.Record(Type.String(), Type.String())),
  leavesOut: texts,
  shows: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
};
const noSignIn = Type.Union(NO_SIGN_IN_FORMS.map((form) => Type.Literal(form)));
const licenseState = Type.Union([
  Type.Literal('Active'),
  Type.Literal('ActiveWithError'),
  Type.Literal('Disabled'),
  Type.Literal('Error'),
]);
const license = Type.Union([
  skuPartNumber,
  Type.Object(
    {
      sku: skuPartNumber,
      group: Type.Optional(Type.Union([Type.String(), Type.Literal(true)])),
      disabledPlans: texts,
      state: Type.Optional(licenseState),
      error: text,
      withoutState: flag,
      assignedDaysAgo: number,
    },
    strict,
  ),
]);

const oneDrive = { sizeGb: number, sizeMb: number, files: number, retention: flag };

const privileges = {
  roles: texts,
  eligibleRoles: texts,
  customRoles: texts,
  scopedRoles: Type.Optional(Type.Array(Type.Object({ role: Type.String(), unit: Type.String() }, strict))),
  owns: texts,
  eligibleGroups: texts,
  eligibleOwnerships: texts,
  restrictedUnits: texts,
};

/** What POST /_emulator/people takes: the same as the option `people`. */
export const personSchema = Type.Object(
  {
    kind: text,
    id: text,
    userPrincipalName: text,
    displayName: text,
    givenName: nullableText,
    surname: nullableText,
    mail: nullableText,
    mailNickname: text,
    userType,
    creationType: nullableText,
    identityParentId: nullableText,
    accountEnabled: flag,
    createdDaysAgo: number,
    department: nullableText,
    jobTitle: nullableText,
    companyName: nullableText,
    usageLocation: nullableText,
    employeeType: nullableText,
    leaveDaysAgo: number,
    manager: nullableText,
    synced: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    licenses: Type.Optional(Type.Array(license)),
    inactiveDays: number,
    lastActivity: Type.Optional(
      Type.Object(
        {
          exchange: nullableNumber,
          oneDrive: nullableNumber,
          sharePoint: nullableNumber,
          skype: nullableNumber,
          yammer: nullableNumber,
          teams: nullableNumber,
        },
        strict,
      ),
    ),
    signIn: Type.Optional(
      Type.Union([noSignIn, Type.Object({ successful: nullableNumber, attempt: nullableNumber }, strict)]),
    ),
    mailbox: Type.Optional(Type.Union([Type.Null(), mailboxSchema])),
    oneDrive: Type.Optional(Type.Union([Type.Null(), Type.Object({ ...oneDrive, unlicensedDaysAgo: number }, strict)])),
    cloudPc: Type.Optional(Type.Null()),
    phoneNumber: text,
    reportRow,
    ...overrides,
    deletedDaysAgo: number,
    ...privileges,
    groups: texts,
  },
  strict,
);

const day = Type.Union([Type.Literal('now'), Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d' })]);
const optionalDay = Type.Optional(day);

/** What PATCH /_emulator/people/{who} takes. Days are `now` or a date. */
export const personPatchSchema = Type.Object(
  {
    userPrincipalName: text,
    displayName: text,
    givenName: nullableText,
    surname: nullableText,
    mail: nullableText,
    department: nullableText,
    jobTitle: nullableText,
    companyName: nullableText,
    employeeType: nullableText,
    usageLocation: nullableText,
    employeeLeaveDateTime: nullableText,
    manager: nullableText,
    accountEnabled: flag,
    userType,
    synced: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    signIn: Type.Optional(
      Type.Union([noSignIn, Type.Object({ successful: optionalDay, attempt: optionalDay }, strict)]),
    ),
    activity: Type.Optional(
      Type.Object(
        {
          exchange: optionalDay,
          oneDrive: optionalDay,
          sharePoint: optionalDay,
          skype: optionalDay,
          yammer: optionalDay,
          teams: optionalDay,
        },
        strict,
      ),
    ),
    goesQuiet: flag,
    mailbox: Type.Optional(mailboxSchema),
    oneDrive: Type.Optional(Type.Union([Type.Null(), Type.Object({ ...oneDrive, isRestored: flag }, strict)])),
    phoneNumber: nullableText,
    reportRow,
    ...overrides,
    addLicenses: Type.Optional(Type.Array(license)),
    removeLicenses: Type.Optional(Type.Array(skuPartNumber)),
    addRoles: texts,
    removeRoles: texts,
    addEligibleRoles: texts,
    removeEligibleRoles: texts,
    addGroups: texts,
    removeGroups: texts,
    addPrivileges: Type.Optional(Type.Object(privileges, strict)),
    removePrivileges: Type.Optional(Type.Object(privileges, strict)),
    delete: Type.Optional(Type.Union([Type.Boolean(), Type.Literal('for good')])),
    restore: flag,
  },
  strict,
);
