// policy.yaml: every threshold, limit and rule that the judgement and the plan use.
import Type, { type Static } from 'typebox';
import type { GroupId } from '../identifiers.ts';
import { Calendar } from './calendar.ts';
import { fileSchema, Guid, literals, patterns, strictObject, wholeDays } from './parts.ts';
import { Pause } from './pause.ts';
import { Population, Scope } from './populations.ts';
import { Privacy } from './privacy.ts';

const ownWords = 'An entry without a wildcard counts anywhere in a title.';
const count = (description: string) => Type.Integer({ minimum: 0, maximum: 100_000, description });

const Stages = strictObject({
  notifyDays: wholeDays(7, 'How long an account stays in notify on main.'),
  reviewDays: wholeDays(7, 'How long an account stays in review on main.'),
  disableDays: wholeDays(7, 'How long an account stays in disable on main before its licences may go.'),
  deleteEligibleAfterDays: wholeDays(30, 'From delicense on, when an account is listed as deletable by hand.'),
  archiveAfterDays: wholeDays(180, 'From delicense on, when its file moves to archive/.'),
  keepDays: wholeDays(90, 'How long a reviewer’s keep holds.'),
});

const Limits = strictObject({
  newAccountsPerAudit: count('Accounts that may enter notify in one audit.'),
  newAccountsPerDepartment: count('Of these, accounts of one department.'),
  changesPerApply: count('Accounts that one merge may disable or delicense.'),
  changesPerDepartment: count('Of these, accounts of one department.'),
  changesPerWeek: Type.Optional(
    count(
      'Accounts that applies may disable or delicense within 7 days, however many merges there are. Absent: twice changesPerApply, so that the wave of a week and one that is late fit.',
    ),
  ),
  shareOfTenant: Type.Number({
    minimum: 0,
    maximum: 1,
    description:
      'Share of the enabled member accounts that one merge may disable or delicense (never rounded below one).',
  }),
});

const need = (fallback: 'required' | 'optional', description: string) =>
  Type.Optional(
    Type.Enum(['required', 'optional'], {
      default: fallback,
      description: `${description} required: while it may not be read, proposals stay drafts and the apply takes nothing.`,
    }),
  );

const Privileged = strictObject({
  roleEligibility: need('required', 'Who may activate a directory role (PIM, Entra ID P2).'),
  groupEligibility: need(
    'required',
    'Who may become a member or an owner of a privileged group (PIM for Groups, Entra ID P2).',
  ),
  restrictedUnits: need(
    'optional',
    'Names and members of restricted management units; each account says itself whether it is in one.',
  ),
});

const Risk = strictObject({
  vocabulary: Type.Optional(
    literals(
      ['on', 'off'],
      'Whether the built-in words protect, too: titles of executives, names and products of machines. Absent: on.',
    ),
  ),
  executives: strictObject({
    jobTitles: patterns(`Job titles of executives and board members. ${ownWords}`),
    departments: patterns('Departments whose people are executives.'),
    accounts: patterns('userPrincipalNames or ids of executives.'),
  }),
  serviceAccounts: strictObject({
    userPrincipalNames: patterns('userPrincipalNames that services use.'),
    employeeTypes: patterns('employeeType values that mark a service account.'),
    jobTitles: patterns(`Job titles that mark a service account. ${ownWords}`),
    skuPartNumbers: Type.Optional(
      patterns(
        'Products that only machines hold, beside the known ones of rooms, shared phones and phone resource accounts.',
      ),
    ),
    departments: Type.Optional(
      patterns('Departments that mark a service account, beside that of phone resource accounts.'),
    ),
  }),
  emergencyAccessAccounts: patterns('userPrincipalNames or ids of the emergency access (break-glass) accounts.'),
  privileged: Type.Optional(Privileged),
});

const OneDrivePolicy = strictObject({
  beforeDelicense: Type.Optional(
    Type.Enum(['hold-back', 'name'], {
      default: 'hold-back',
      description:
        'What becomes of a licence that a OneDrive hangs on. hold-back: it stays until a person writes `oneDrive: release` into `desired`. name: it goes, and size and days are named.',
    }),
  ),
  holdBackAboveMegabytes: Type.Optional(
    Type.Number({
      minimum: 0,
      default: 1000,
      description: 'A smaller OneDrive is named and not held back.',
    }),
  ),
});

const givesMore = Type.Optional(
  literals(
    ['accepted'],
    'accepted: it may be left although it gives more than licences (a team, app roles, Conditional Access, other groups), or although that may not be read.',
  ),
);

const NamedGroup = Type.Union([
  strictObject({ id: Type.Unsafe<GroupId>(Guid), givesMore }),
  strictObject({ name: Type.String({ minLength: 1, maxLength: 256, description: 'displayName' }), givesMore }),
]);
export type NamedGroup = Static<typeof NamedGroup>;

const LicensePolicy = strictObject({
  groups: Type.Optional(
    Type.Array(NamedGroup, {
      description:
        'Groups that an account may be taken out of for the licences that they give, each by id or by name. A name that two groups have is refused. Absent: no group is left.',
    }),
  ),
  groupRights: Type.Optional(
    Type.Enum(['scoped', 'tenant'], {
      default: 'scoped',
      description:
        'scoped: the apply may change the members of these groups only, by a role of its own. tenant: it may hold GroupMember.ReadWrite.All, which reaches every group.',
    }),
  ),
});

const Ramp = strictObject(
  {
    start: Type.Integer({ minimum: 1, maximum: 100_000, description: 'Accounts of the first wave.' }),
    growth: Type.Number({
      exclusiveMinimum: 1,
      maximum: 10,
      default: 2,
      description: 'What a good wave multiplies it by.',
    }),
    quietDays: wholeDays(
      14,
      'A wave is good when nobody of it was active again or was given anything back for this long.',
    ),
  },
  'Small waves first: the caps of `limits` grow from wave to wave while waves are good, and fall after a bad one.',
);
export type Ramp = Static<typeof Ramp>;

export const Policy = fileSchema(
  1,
  {
    inactiveAfterDays: wholeDays(
      90,
      'Without any activity for this long, an account is inactive; Microsoft’s usage reports reach 180 days back.',
      180,
    ),
    minimumAccountAgeDays: wholeDays(90, 'A younger account is never inactive.'),
    minimumLicenseAgeDays: wholeDays(30, 'An account licensed more recently is never inactive.'),
    reportMaxAgeDays: wholeDays(5, 'An older usage report stops the audit.'),
    evidenceMaxAgeDays: wholeDays(30, 'The apply refuses to write on older evidence.'),
    signIns: literals(
      ['required', 'optional'],
      'required: while sign-ins cannot be read (no Entra ID P1) nobody is inactive and nothing is taken. optional: silent services are enough.',
    ),
    stages: Stages,
    limits: Limits,
    ramp: Type.Optional(Ramp),
    scope: Type.Optional(Scope),
    populations: Type.Optional(
      Type.Array(Population, {
        description: 'Other days for other people. Where several match, the one with the longest silence counts.',
      }),
    ),
    calendar: Type.Optional(Calendar),
    paused: Type.Optional(Pause),
    privacy: Type.Optional(Privacy),
    restore: Type.Optional(
      strictObject({
        perDay: Type.Optional(
          Type.Integer({
            minimum: 0,
            maximum: 100_000,
            default: 10,
            description: 'Accounts of a stack that files in give-back/ may give back in a day.',
          }),
        ),
      }),
    ),
    risk: Risk,
    mailbox: strictObject({
      convert: literals(
        ['exchange', 'manual'],
        'exchange: the apply converts. manual: it waits for an admin to convert.',
      ),
      sharedLimitGigabytes: Type.Number({
        exclusiveMinimum: 0,
        description: 'Above it a shared mailbox needs a licence.',
      }),
      unknownHold: literals(
        ['hold-back', 'proceed'],
        'When it cannot be read whether the mailbox is on hold, or how large it is when its licence is to go.',
      ),
    }),
    oneDrive: Type.Optional(OneDrivePolicy),
    licenses: Type.Optional(LicensePolicy),
    onPremises: strictObject({
      plan: literals(['report', 'include'], 'Whether synced accounts enter the plan by themselves.'),
      quarantine: literals(['off', 'report-only', 'enforced'], 'Conditional Access for synced accounts in disable.'),
    }),
    notifications: strictObject({
      fallbackContact: Type.String({
        format: 'email',
        description: 'Told when an account has no usable manager.',
      }),
      internalDomains: patterns('Mail domains of managers that may be told.'),
      hrContact: Type.Optional(
        Type.String({
          format: 'email',
          description: 'Told once of each executive whose account is silent. Absent: nobody is.',
        }),
      ),
    }),
    exemptions: strictObject({ maxDays: wholeDays(365, 'The furthest an exemption may reach.') }),
    proposal: strictObject({
      groupBy: literals(
        ['stack', 'department'],
        'One pull request a stack, or one a stack and department; a department’s name then stands in branches and titles.',
      ),
      maxFiles: Type.Integer({ minimum: 1, maximum: 300, description: 'GitHub shows 300 changed files.' }),
      retryAfterDays: wholeDays(30, 'How long a pull request that was closed unmerged stays closed for its accounts.'),
    }),
  },
  'One policy for every stack of the repository.',
);
export type Policy = Static<typeof Policy>;
