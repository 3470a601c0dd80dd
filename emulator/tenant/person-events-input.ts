// The events of a person as they go in: from a test, or over a control route. Fields left out change nothing.
import Type from 'typebox';
import { flag, type Input, nullableText, strict, texts } from '../schema-parts.ts';
import {
  licensesSchema,
  mailboxSchema,
  oneDriveParts,
  perService,
  personParts,
  privilegeSchema,
  signIns,
  skuPartNumberSchema,
} from './person-input.ts';

const day = Type.Optional(Type.Union([Type.Literal('now'), Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d' })]));

/** Days are `now` or a date. */
export const personEventsSchema = Type.Object(
  {
    /** accountEnabled: by an admin in the cloud, or on premises for a synced account. userType: creationType stays. */
    ...personParts,
    employeeLeaveDateTime: nullableText,
    /** `successful` counts as an attempt, too. A form: from now on Graph knows no sign-in and writes it in this form. */
    signIn: signIns(day),
    activity: perService(day),
    /** The person stops working today. */
    goesQuiet: flag,
    mailbox: Type.Optional(mailboxSchema),
    /** Its new contents; null: an administrator deletes it for good. */
    oneDrive: Type.Optional(Type.Union([Type.Null(), Type.Object({ ...oneDriveParts, isRestored: flag }, strict)])),
    /** null: removed. */
    phoneNumber: nullableText,
    addLicenses: licensesSchema,
    removeLicenses: Type.Optional(Type.Array(skuPartNumberSchema)),
    addRoles: texts,
    removeRoles: texts,
    addEligibleRoles: texts,
    removeEligibleRoles: texts,
    addGroups: texts,
    removeGroups: texts,
    addPrivileges: Type.Optional(privilegeSchema),
    removePrivileges: Type.Optional(privilegeSchema),
    /** true: can be restored for 30 days. */
    delete: Type.Optional(Type.Union([Type.Boolean(), Type.Literal('for good')])),
    /** Restores a deleted account, within 30 days. */
    restore: flag,
  },
  strict,
);
export type PersonEvents = Input<typeof personEventsSchema>;
