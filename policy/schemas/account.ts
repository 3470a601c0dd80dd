// The account file: what reviewers read and edit, what the Pulumi program declares. One account per file.
import Type, { type Static } from 'typebox';
import type { GroupId, SkuId, UserId, UserPrincipalName } from '../identifiers.ts';
import { Currency, DaySchema, fileSchema, Guid, literals, nullable, populationName, strictObject } from './parts.ts';
import { SignedLine } from './signing.ts';

/** In their order; `keep` and `restore` are the two ways out. */
export const stages = ['notify', 'review', 'disable', 'delicense', 'keep', 'restore'] as const;
export type Stage = (typeof stages)[number];

/**
 * `scheduling`: Bookings. `other`: further kinds that are no person's, such as discovery and team mailboxes. `none`:
 * certainly none. `unknown`: could not be read.
 */
export const recipientTypes = [
  'user',
  'shared',
  'room',
  'equipment',
  'scheduling',
  'other',
  'none',
  'unknown',
] as const;
export type RecipientType = (typeof recipientTypes)[number];

/**
 * Why the licence of a group that policy.yaml names stays. `group-dynamic`: Entra finds its members by a rule. `group-synced`:
 * Active Directory owns them. `group-unread`: it is gone, or may not be read. `group-name-shared`: another group has the name
 * that policy.yaml says. `group-gives-more`: it is seen to give more than licences, or that may not be read.
 * `group-license-stays`: another licence of it stays, and holds the membership.
 */
export const groupReasons = [
  'group-dynamic',
  'group-synced',
  'group-role-assignable',
  'group-mail-enabled',
  'group-unread',
  'group-name-shared',
  'group-gives-more',
  'group-license-stays',
] as const;
export type GroupReason = (typeof groupReasons)[number];

/** Why a licence that costs money stays although its user is gone. */
export const heldBackReasons = [
  'inherited-from-group',
  ...groupReasons,
  'mailbox-over-limit',
  'archive',
  'litigation-hold',
  'retention-hold',
  'hold-unknown',
  'archive-add-on',
  'cloud-pc',
  'onedrive-files',
  'onedrive-unknown',
  'mailbox-flipped-back',
  'needed-by-another',
  'in-error',
  'without-assignment',
  'product-unknown',
  'kept-by-reviewer',
] as const;
export type HeldBackReason = (typeof heldBackReasons)[number];

/** What the apply may find right before it removes a licence, beyond the file's reasons. */
export type StayReason = HeldBackReason | 'assigned-since' | 'size-unknown' | 'refused';

/** Reasons that the word `release` takes away. */
export const releasableReasons: readonly StayReason[] = ['onedrive-files', 'onedrive-unknown'];

const name = Type.String({ minLength: 1, maxLength: 256 });

export const AccountIdentity = strictObject({
  id: Type.Unsafe<UserId>(Guid),
  userPrincipalName: Type.Unsafe<UserPrincipalName>(name),
  displayName: name,
  department: nullable(Type.String()),
  jobTitle: nullable(Type.String()),
  manager: nullable(strictObject({ displayName: Type.String(), mail: nullable(Type.String()) })),
  onPremisesSyncEnabled: Type.Boolean({
    description: 'true: Active Directory owns accountEnabled; the apply never sets it.',
  }),
});
export type AccountIdentity = Static<typeof AccountIdentity>;

export const DesiredState = strictObject({
  accountEnabled: Type.Boolean(),
  mailbox: literals(['unchanged', 'shared'], 'shared: converted before its licences go.'),
  licenses: Type.Array(Type.String({ minLength: 1 }), {
    uniqueItems: true,
    description: 'The SKU part numbers held after the merge, inherited ones too.',
  }),
  groups: Type.Optional(
    Type.Array(Type.Unsafe<GroupId>(Guid), {
      uniqueItems: true,
      description:
        'Of restore.groups, the memberships that stay after the merge. Absent: all. A licence that stays holds its group, and a group that stays gives all of its licences.',
    }),
  ),
  oneDrive: Type.Optional(
    literals(
      ['release'],
      'release: the files of its OneDrive may go. What is held back for them alone goes with delicense, or with this merge.',
    ),
  ),
});
export type DesiredState = Static<typeof DesiredState>;

export const PinnedEvidence = strictObject({
  auditedOn: DaySchema,
  reportRefreshDate: DaySchema,
  population: Type.Optional(
    Type.String({
      pattern: populationName,
      description: 'The population of policy.yaml by whose days it was judged. Absent: the policy’s own.',
    }),
  ),
  inactiveDays: nullable(Type.Integer({ minimum: 0, description: 'null: no activity was ever seen.' })),
  lastActivity: strictObject({
    exchange: nullable(DaySchema),
    oneDrive: nullable(DaySchema),
    sharePoint: nullable(DaySchema),
    teams: nullable(DaySchema),
    yammer: nullable(DaySchema),
    signIn: nullable(DaySchema),
  }),
});
export type PinnedEvidence = Static<typeof PinnedEvidence>;

const ifKnown = 'null: it may have one, but that could not be read.';

/** Written again only when the stage moves or the evidence is renewed. */
export const OneDriveFacts = strictObject(
  {
    gigabytes: nullable(Type.Number({ minimum: 0, description: ifKnown })),
    files: nullable(Type.Integer({ minimum: 0, description: ifKnown })),
    lastUse: nullable(DaySchema),
    byDefault: Type.Optional(
      strictObject(
        {
          readOnlyFrom: DaySchema,
          archivedFrom: DaySchema,
          deletedFrom: DaySchema,
          deletedAtTheLatest: DaySchema,
        },
        'Microsoft’s days, if the licence goes on the first day that it may; a tenant may have others. Absent: none of them runs, or another licence that stays carries the OneDrive.',
      ),
    ),
  },
  'What the account’s OneDrive holds. Microsoft deletes it when no licence carries it any more.',
);
export type OneDriveFacts = Static<typeof OneDriveFacts>;

export const RestorableLicense = strictObject({
  skuPartNumber: Type.String({ minLength: 1 }),
  skuId: Type.Unsafe<SkuId>(Guid),
  assignedByGroup: nullable(Type.Unsafe<GroupId>(Guid)),
  disabledPlans: Type.Array(Guid),
});
export type RestorableLicense = Static<typeof RestorableLicense>;

export const RestorableGroup = strictObject({ id: Type.Unsafe<GroupId>(Guid), displayName: name });
export type RestorableGroup = Static<typeof RestorableGroup>;

export const RestoreState = strictObject(
  {
    accountEnabled: Type.Boolean(),
    mailbox: literals(recipientTypes),
    licenses: Type.Array(RestorableLicense),
    groups: Type.Optional(
      Type.Array(RestorableGroup, {
        minItems: 1,
        description:
          'Its memberships in groups that policy.yaml lets be left for the licences that they give. Absent: none is ever left.',
      }),
    ),
  },
  'What the account had before this pipeline touched it. Written once, never edited.',
);
export type RestoreState = Static<typeof RestoreState>;

export const Savings = strictObject({
  monthly: Type.Number({ minimum: 0, description: 'What block and delicensing reclaim a month.' }),
  currency: Currency,
  heldBack: Type.Array(
    strictObject({
      skuPartNumber: Type.String({ minLength: 1 }),
      reason: literals(heldBackReasons),
      error: Type.Optional(
        Type.String({ minLength: 1, description: 'Microsoft’s word for an assignment that is in error.' }),
      ),
    }),
  ),
});
export type Savings = Static<typeof Savings>;

/** Written by the audit together with `mailbox-flipped-back`. */
export const MailboxFacts = strictObject(
  { lostFrom: DaySchema, lostBy: DaySchema },
  'Its mailbox turned into a user mailbox again without a licence: its mail can be lost on the first day, and is lost on the second. They are one where Microsoft says when it was disconnected.',
);
export type MailboxFacts = Static<typeof MailboxFacts>;

const DynamicGroupFact = strictObject({
  id: Type.Unsafe<GroupId>(Guid),
  displayName: name,
  skuPartNumbers: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
  membershipRule: nullable(
    Type.String({ description: 'null: it may not be read, and counts as one that reads accountEnabled.' }),
  ),
  keepsSignInFor: Type.Optional(
    Type.Array(literals(heldBackReasons), {
      minItems: 1,
      description: 'What would go with the licence and has to stay: until it may go, sign-in is not blocked.',
    }),
  ),
});
export type DynamicGroupFact = Static<typeof DynamicGroupFact>;

export const AccountFile = fileSchema(
  1,
  {
    account: AccountIdentity,
    stage: literals(
      stages,
      'notify, review, disable, delicense in this order. keep: a reviewer says no. restore: gives back what restore holds.',
    ),
    reason: Type.Optional(Type.String({ minLength: 3, description: 'Required with keep and restore.' })),
    desired: DesiredState,
    evidence: PinnedEvidence,
    restore: RestoreState,
    savings: Savings,
    oneDrive: Type.Optional(OneDriveFacts),
    mailbox: Type.Optional(MailboxFacts),
    dynamicGroups: Type.Optional(
      Type.Array(DynamicGroupFact, {
        description:
          'Groups that take their licence back by themselves once sign-in is blocked: the mailbox is shared first.',
      }),
    ),
    signed: Type.Optional(SignedLine),
  },
  'One account of one tenant, as reviewed. Merging makes `desired` true.',
);
export type AccountFile = Static<typeof AccountFile>;
