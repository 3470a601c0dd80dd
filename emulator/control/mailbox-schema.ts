// The shape of a mailbox, as control routes accept it with a person.
import Type from 'typebox';
import { MAILBOX_TYPES } from '../tenant/mailbox.ts';

const flag = Type.Optional(Type.Boolean());
const number = Type.Optional(Type.Number());
const mailboxType = Type.Union(MAILBOX_TYPES.map((type) => Type.Literal(type)));

/** `MailboxInput` in tenant/person-input.ts. */
export const mailboxSchema = Type.Object(
  {
    type: Type.Optional(mailboxType),
    sizeGb: number,
    archive: flag,
    litigationHold: flag,
    inPlaceHolds: Type.Optional(Type.Array(Type.String())),
    complianceTagHold: flag,
    delayHold: flag,
    delayReleaseHold: flag,
    hiddenFromGraph: flag,
    hiddenForSeconds: number,
    flipBackAfterDays: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  },
  { additionalProperties: false },
);
