// Every kind of event with the class of OCSF that it is of. https://github.com/ocsf/ocsf-schema, release 1.8.0: what a class is for
// stands in its description there; `npm run ocsf` takes what a class may hold into tools/ocsf/.

/** The release of OCSF that the events follow. */
export const ocsfVersion = '1.8.0';

/** By the names of OCSF; `uid` is class_uid. */
export const ocsfClasses = {
  base_event: { uid: 0, category: 0, name: 'Base Event' },
  iam_analysis_finding: { uid: 2008, category: 2, name: 'IAM Analysis Finding' },
  account_change: { uid: 3001, category: 3, name: 'Account Change' },
  entity_management: { uid: 3004, category: 3, name: 'Entity Management' },
  user_access: { uid: 3005, category: 3, name: 'User Access Management' },
  group_management: { uid: 3006, category: 3, name: 'Group Management' },
  email_activity: { uid: 4009, category: 4, name: 'Email Activity' },
  application_lifecycle: { uid: 6002, category: 6, name: 'Application Lifecycle' },
  scan_activity: { uid: 6007, category: 6, name: 'Scan Activity' },
} as const;

export interface EventMeaning {
  class: keyof typeof ocsfClasses;
  activity: readonly [id: number, name: string];
  /** When it comes, as a sentence. */
  when: string;
  /** Why it is of this class, where that does not follow from the name. */
  because?: string;
}

export const eventKinds = {
  audited: {
    class: 'scan_activity',
    activity: [2, 'Completed'],
    when: 'An audit went through: how many accounts it saw, and what it could not read.',
    because: 'Something is looked through, with a number of detections. What is looked through are accounts.',
  },
  proposed: {
    class: 'iam_analysis_finding',
    activity: [1, 'Create'],
    when: 'The audit proposes an account for its first stage.',
    because: 'An identity whose use was analysed, with its last activity.',
  },
  'proposed-on': {
    class: 'iam_analysis_finding',
    activity: [2, 'Update'],
    when: 'The audit proposes another stage for an account that is in the plan.',
  },
  'proposed-out': {
    class: 'iam_analysis_finding',
    activity: [3, 'Close'],
    when: 'The audit proposes that an account leaves the plan, or goes to the archive.',
  },
  'run-begun': {
    class: 'application_lifecycle',
    activity: [3, 'Start'],
    when: 'An apply began to change the tenant.',
  },
  'run-ended': {
    class: 'application_lifecycle',
    activity: [4, 'Stop'],
    when: 'That apply came to its end. A run without it was killed, or is still at work.',
  },
  'run-held': {
    class: 'base_event',
    activity: [99, 'Hold'],
    when: 'The apply took nothing, or ended early: a limit, a pause, a closed day, a lock.',
    because: 'OCSF has no class for a job that holds something back on purpose.',
  },
  'sign-in-blocked': {
    class: 'account_change',
    activity: [5, 'Disable'],
    when: 'Sign-in was blocked: `accountEnabled` is false.',
  },
  'sign-in-allowed': {
    class: 'account_change',
    activity: [2, 'Enable'],
    when: 'Sign-in was allowed again: `accountEnabled` is true.',
  },
  'sessions-revoked': {
    class: 'account_change',
    activity: [99, 'Revoke Sessions'],
    when: 'The sessions of the account were ended.',
    because: 'Authentication (3002) has a Logoff, which is the person’s own.',
  },
  'mailbox-shared': {
    class: 'entity_management',
    activity: [3, 'Update'],
    when: 'The mailbox was made a shared one.',
    because: 'OCSF has no class for mailboxes; this one is for whatever is managed.',
  },
  'mailbox-regular': {
    class: 'entity_management',
    activity: [3, 'Update'],
    when: 'The mailbox was made a person’s own again.',
  },
  'licenses-removed': {
    class: 'user_access',
    activity: [2, 'Revoke Privileges'],
    when: 'Licences were removed. Their SKU part numbers are the privileges.',
    because: 'A licence is what a person may use. Account Change has no activity for it.',
  },
  'licenses-given': {
    class: 'user_access',
    activity: [1, 'Assign Privileges'],
    when: 'Licences were given.',
  },
  'licenses-exchanged': {
    class: 'user_access',
    activity: [99, 'Exchange Licenses'],
    when: 'One request removed licences and gave others, or only changed what is on in them.',
  },
  'group-left': {
    class: 'group_management',
    activity: [4, 'Remove User'],
    when: 'The account was taken out of a group that gives licences.',
  },
  'group-joined': {
    class: 'group_management',
    activity: [3, 'Add User'],
    when: 'The account was put into its group again.',
  },
  'mail-sent': {
    class: 'email_activity',
    activity: [1, 'Send'],
    when: 'A mail was sent to a manager or to HR.',
  },
  'quarantine-joined': {
    class: 'group_management',
    activity: [3, 'Add User'],
    when: 'A synced account was put into the group that Conditional Access blocks; with a new mode, each of its members.',
  },
  'quarantine-left': {
    class: 'group_management',
    activity: [4, 'Remove User'],
    when: 'A synced account was taken out of that group.',
  },
  refused: {
    class: 'account_change',
    activity: [99, 'Refuse'],
    when: 'The apply left an account alone, and why: one event for each reason.',
    because: 'The change that was merged did not happen, so that its status is Failure.',
  },
  failed: {
    class: 'account_change',
    activity: [99, 'Fail'],
    when: 'The apply could not finish an account. A request that failed has its own event besides.',
  },
} as const satisfies Record<string, EventMeaning>;

export type EventKind = keyof typeof eventKinds;
