// Why an account file has each of its fields. policy/schemas/account.ts says what they are.
import type { AccountFile, DesiredState, RestoreState } from '../../../policy/schemas/account.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';

/** Who an account is: the same in every file that acts on it. */
export const identity = {
  id: 'What is acted on: a name can change or be given to somebody else, this cannot. Without it another person could be blocked.',
  userPrincipalName:
    'Whose account it is, for who reviews it, and under what name somebody asks to have it back. The file is named by it.',
  displayName: 'Whose account it is, for a person who does not know the address.',
} as const;

export const department =
  'Limits how many of one department are changed at a time, and splits pull requests where the policy says so. Without it a whole team could lose access in one merge.';

export const manager = {
  displayName: 'Whom the mail greets, and whom reviewers can ask.',
  mail: 'Where the mail about this person goes, before anything is taken. Without it nobody who knows the person could object.',
} as const;

export const desired = {
  accountEnabled: 'What a merge makes true: whether sign-in stays allowed.',
  mailbox: 'What a merge makes true: whether the mailbox becomes shared, so that its mail is kept without a licence.',
  licenses: 'What a merge makes true: the licences that stay.',
  groups: 'What a merge makes true: the groups that stay, of those that give licences.',
  oneDrive: 'A reviewer’s word that the files of this OneDrive may go. Without it they hold the licence.',
} as const satisfies ReasonsFor<DesiredState>;

export const restore = {
  accountEnabled:
    'What is given back: whether sign-in was allowed. Without it an account that was blocked before could be opened.',
  mailbox: 'What is given back: the kind of mailbox that it was.',
  licenses: {
    skuPartNumber: 'What is given back: the product, for people.',
    skuId: 'What is given back: the product, as Microsoft identifies it.',
    assignedByGroup: 'What is given back: whether a group gave it, which has to give it again.',
    disabledPlans:
      'What is given back: the services of the product that were switched off for this person, and stay so.',
  },
  groups: {
    id: 'What is given back: the group that the account is taken out of for its licence, and joins again.',
    displayName: 'The same group by its name, for who reviews that it is left.',
  },
} as const satisfies ReasonsFor<RestoreState>;

export const serviceActivity = {
  exchange:
    'The last day of any activity in Exchange, from Microsoft’s usage report: no subject, no text, no number of mails. Any of these days within the policy’s days keeps the account.',
  oneDrive: 'The same of OneDrive.',
  sharePoint: 'The same of SharePoint.',
  teams: 'The same of Teams.',
  yammer: 'The same of Yammer.',
} as const;

export const lastActivity = {
  ...serviceActivity,
  signIn: 'The day of the last successful sign-in. Without it, who only reads would count as inactive.',
} as const;

export const accountFile = {
  account: {
    ...identity,
    department,
    jobTitle: 'Shows reviewers an executive or a service that no rule has recognised, who must not be touched.',
    manager,
    onPremisesSyncEnabled:
      'Whether Active Directory owns the sign-in: then it is not blocked here, and its admins get the order.',
  },
  stage: 'Where the account stands, and so what the next merge does to it.',
  reason:
    'Why somebody said that it is kept or given back, for who asks later. Written by a person: it should say no more than is needed.',
  desired,
  evidence: {
    auditedOn: 'How old the evidence is: the apply refuses to act on old evidence.',
    reportRefreshDate: 'The day to which Microsoft’s usage report counts, and so the days of silence.',
    population:
      'By which of the policy’s days it was judged. It can say something of the person, such as being on leave: name populations so that they do not.',
    inactiveDays: 'How long the account was silent: the reason for everything that follows, which reviewers judge.',
    lastActivity,
  },
  restore,
  savings: {
    monthly: 'What the account’s licences cost, which is what the company saves.',
    currency: null,
    heldBack: {
      skuPartNumber: 'A licence that stays although it costs money.',
      reason:
        'Why it stays, such as a litigation hold or files that nobody has released. Without it the licence would be taken and the data behind it lost.',
      error: 'Microsoft’s word for an assignment that is in error, for who repairs it.',
    },
  },
  oneDrive: {
    gigabytes: 'How much Microsoft would delete once no licence carries it: a number, no file and no name of one.',
    files: 'The same as a number of files.',
    lastUse: 'Whether anybody still used them, for who decides about them.',
    byDefault: {
      readOnlyFrom: 'When Microsoft would lock its files, so that somebody copies them before.',
      archivedFrom: 'When Microsoft would put them out of reach.',
      deletedFrom: 'When Microsoft would begin to delete them.',
      deletedAtTheLatest: 'The last day on which they can exist.',
    },
  },
  mailbox: {
    lostFrom: 'From when a mailbox without a licence can lose its mail, so that it is saved before.',
    lostBy: 'By when it has lost it.',
  },
  dynamicGroups: {
    id: 'A group that takes its licence back once sign-in is blocked: the mailbox is shared before.',
    displayName: 'The same group by its name, for reviewers.',
    skuPartNumbers: 'What it gives to this account.',
    membershipRule: 'Its rule, which says why the licence goes. A rule can name people or their properties.',
    keepsSignInFor: 'What would be lost with the block, so that it waits.',
  },
  signed:
    'The audit’s signature over the facts above: without it anybody who can edit the file could have somebody blocked.',
  ...sayNothing('format'),
} as const satisfies ReasonsFor<AccountFile>;
