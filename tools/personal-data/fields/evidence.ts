// Why an audit notes what it saw of an account, and what it made of that: the two values that every list is made from.
import type { AssignedLicense, Evidence } from '../../../policy/evidence.ts';
import type { Judgement } from '../../../policy/judge/judgement.ts';
import type { ReasonsFor } from '../reasons.ts';
import { department, identity, serviceActivity } from './account-file.ts';

/** One licence that an account holds. */
export const license = {
  skuId: 'Which product the account holds, as Microsoft identifies it.',
  skuPartNumber: 'Which product it holds, by its short name: what is paid for it.',
  productName: 'The same by the name that people know.',
  assignedByGroup: 'Whether a group gave it: taking it from the person would not last.',
  groupName: 'That group by its name.',
  disabledPlans: 'Which services of it are switched off: nothing hangs on these.',
  assignedOn: 'When it was given: who has it since a few days has had no time to use it.',
  carries: {
    mailbox: 'Whether the mailbox needs it.',
    archive: 'Whether an archive of mail needs it.',
    oneDrive: 'Whether a OneDrive needs it.',
    cloudPc: 'Whether a Cloud PC needs it.',
    phone: 'Whether a phone number may need it.',
  },
  doubt: 'Why it cannot be trusted, so that it stays.',
  error: 'Microsoft’s word for what is wrong with it.',
  dynamicGroup: {
    membershipRule: 'The rule by which a group gives it and takes it back, for who reviews what a block would take.',
  },
  groupObstacles: {
    reason: 'Why the account cannot be taken out of that group.',
    rule: 'The group’s rule.',
    uses: {
      kind: 'What kind of thing the group gives besides, which leaving it would take, too.',
      name: 'That thing by its name.',
    },
  },
} as const satisfies ReasonsFor<AssignedLicense>;

export const evidence = {
  ...identity,
  givenName: 'Part of the name, by which a machine’s account is told from a person’s.',
  surname: 'The same.',
  mail: 'The address, by which a row of Microsoft’s reports is joined to the right account, and a person is found.',
  userType: 'Whether it is a guest’s: guests are in a list of their own, and nothing is planned for them.',
  accountKind: 'Whether it is a person of another company or software, for which nothing is planned.',
  accountEnabled: 'Whether sign-in is allowed: what is blocked already is not blocked again.',
  department,
  jobTitle: 'Recognises executives and services, who are left alone.',
  employeeType: 'Recognises services, and the people for whom the policy has days of their own.',
  createdOn: 'How old the account is: a new one is left alone.',
  onPremisesSyncEnabled: 'Whether Active Directory owns the sign-in.',
  manager: {
    id: 'Who is told, whatever their name is by then.',
    displayName: 'Who is told, for people.',
    mail: 'Where the mail goes.',
    userPrincipalName: 'Whether the manager is an executive or still there.',
    jobTitle: 'The same: executives are told apart by it.',
    department: 'The same.',
  },
  usage: {
    kind: 'Whether Microsoft’s usage report has a row for this account that can be trusted. A doubt keeps the account.',
    lastActivity: {
      ...serviceActivity,
      skypeForBusiness: 'The same of Skype for Business. Microsoft’s report has the column; it keeps nobody.',
    },
    unseen: null,
    columns: 'Which cells of the row could not be read, so that the account is kept.',
  },
  signIns: {
    kind: 'Whether sign-ins could be read. A doubt keeps the account.',
    lastSuccessful: 'The day of the last successful sign-in, which keeps the account.',
    lastAttempt: 'The day of the last attempt: attempts without a success look like an attack, and keep nobody.',
  },
  licenses: license,
  licensesInError: license,
  mailbox: {
    recipientType: 'What kind of mailbox it is: a shared one or a room is nobody’s own, and is left alone.',
    kind: 'Microsoft’s word for another kind.',
    asked: null,
    storageUsedBytes: 'Whether it is too large to be shared without a licence. A number: no mail is read.',
    hasArchive: 'Whether an archive needs the licence.',
    hold: 'Whether the company has to keep the mail, by litigation or retention: then the licence stays. It says of somebody that there is such a hold.',
    isReported: null,
    disconnectedOn: 'Since when the mailbox is without a licence: its mail is lost 30 days later.',
    isMissing: 'Whether it may be lost already.',
    flipsBack: 'Whether it needs its licence again.',
  },
  oneDrive: {
    kind: 'Whether there are files that would be lost.',
    storageUsedBytes: 'How much: a number, no file and no name of one.',
    files: 'How many.',
    lastUsedOn: 'When any of them was last used.',
  },
  roles: {
    kind: 'How the account holds a role: now, by activation, by a group. Who has one is left alone.',
    roleName: 'Which role of the directory.',
    viaGroup: 'By which group.',
    scope: {
      unit: 'For which administrative unit the role is.',
      isRestricted: 'Whether that unit protects its members.',
    },
    group: 'Which group leads to a role.',
    unit: 'In which restricted management unit the account is.',
  },
  namedGroups: {
    in: 'In which of the groups that the policy names the account is: whose days count for it.',
    unknown: 'Of which of them it is not known: then the longer days count.',
  },
  former: {
    population: 'By whose days it was judged before this pipeline took what showed that.',
    licenses: 'Whether it belonged there by a licence that was taken.',
    groups: 'Whether it belonged there by a group that was left.',
  },
  incomplete: 'What the directory’s entry lacks or contradicts: such an account is kept.',
} as const satisfies ReasonsFor<Evidence>;

/** As audit.json has it: what is saved follows from the evidence and the prices. */
export const judgement = {
  verdict: 'Whether the account counts as active, inactive, or cannot be judged.',
  reasons: 'Why, as codes: what somebody is told who asks.',
  lastActivityOn: 'The latest of all days of activity: from it the silence counts.',
  inactiveDays: 'How long the account was silent.',
  population: 'By whose days of the policy it was judged.',
  scope: 'Whether the policy looks at it at all.',
  risks: {
    code: 'What protects the account, such as a role or a title.',
    because: 'What it was recognised by, so that a mistake is seen.',
  },
  action: 'What is proposed, or who has to decide.',
  exemption: {
    reason: 'Why it is exempt, from exemptions.yaml.',
    owner: 'Who answers for that.',
    until: 'When that ends.',
  },
} as const satisfies ReasonsFor<Omit<Judgement, 'savings'>>;

/** Everything that a list of an audit has of one account. */
export const judged = { evidence, judgement } as const;
