// Why policy.yaml and tenant.yaml name people where they do. All of their other fields are named as saying nothing about anybody.
import type { Policy } from '../../../policy/schemas/policy.ts';
import type { Tenant } from '../../../policy/schemas/tenant.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';

const paused = {
  until: null,
  reason: 'Why nothing is taken, for who reads a report meanwhile. Free text: it should name nobody.',
} as const;

const byDepartment =
  'Whom a rule holds for, by department. Of a department of one person it is that person, so such a department is better left out.';

const whom = {
  departments: byDepartment,
  groups: sayNothing('id', 'name'),
  domains: null,
} as const;

export const policy = {
  ...sayNothing(
    'inactiveAfterDays',
    'minimumAccountAgeDays',
    'minimumLicenseAgeDays',
    'reportMaxAgeDays',
    'evidenceMaxAgeDays',
    'signIns',
    'format',
  ),
  stages: sayNothing(
    'notifyDays',
    'reviewDays',
    'disableDays',
    'deleteEligibleAfterDays',
    'archiveAfterDays',
    'keepDays',
  ),
  limits: sayNothing(
    'newAccountsPerAudit',
    'newAccountsPerDepartment',
    'changesPerApply',
    'changesPerDepartment',
    'changesPerWeek',
    'shareOfTenant',
  ),
  ramp: sayNothing('start', 'growth', 'quietDays'),
  scope: { ...whom, share: null },
  populations: {
    name: 'A word for people with days of their own, which stands in their files. “long-leave” would say something about each of them; a neutral word does not.',
    match: { ...whom, ...sayNothing('licenses', 'employeeTypes') },
    ...sayNothing('inactiveAfterDays', 'minimumAccountAgeDays', 'minimumLicenseAgeDays'),
    stages: sayNothing('notifyDays', 'reviewDays', 'disableDays'),
  },
  calendar: {
    closed: { ...sayNothing('weekdays', 'holidays', 'hours'), dates: sayNothing('from', 'to', 'reason') },
  },
  paused,
  privacy: sayNothing('names', 'eraseAfterDays'),
  restore: sayNothing('perDay'),
  risk: {
    vocabulary: null,
    executives: {
      jobTitles:
        'By which titles executives are recognised. A title that one person has is that person. Without it a machine would change them.',
      departments: 'By which departments executives are recognised.',
      accounts: 'Executives by name, whom no title gives away. Without it a machine would change them.',
    },
    serviceAccounts: {
      ...sayNothing('userPrincipalNames', 'employeeTypes', 'jobTitles', 'skuPartNumbers', 'departments'),
    },
    emergencyAccessAccounts:
      'The accounts for the day on which nobody else can sign in, which must never be blocked. They are nobody’s own, or should be.',
    privileged: sayNothing('roleEligibility', 'groupEligibility', 'restrictedUnits'),
  },
  mailbox: sayNothing('convert', 'sharedLimitGigabytes', 'unknownHold'),
  oneDrive: sayNothing('beforeDelicense', 'holdBackAboveMegabytes'),
  licenses: { groups: sayNothing('id', 'name', 'givesMore'), groupRights: null },
  onPremises: sayNothing('plan', 'quarantine'),
  notifications: {
    fallbackContact: 'Who is told about accounts without a manager. A team’s mailbox names nobody.',
    internalDomains: null,
    hrContact: 'Who is told about executives. A team’s mailbox names nobody.',
  },
  exemptions: sayNothing('maxDays'),
  proposal: sayNothing('groupBy', 'maxFiles', 'retryAfterDays'),
} as const satisfies ReasonsFor<Policy>;

/** Keys are of the pipeline, and nobody’s. */
export const signing = {
  ...sayNothing('since', 'format'),
  current: sayNothing('name', 'publicKey'),
  next: sayNothing('name', 'publicKey'),
  retired: sayNothing('name', 'publicKey', 'until'),
  revoked: sayNothing('name', 'publicKey', 'commit'),
} as const;

export const tenant = {
  ...sayNothing('tenantId', 'cloud', 'timeZone', 'currency', 'reportNames', 'format'),
  audit: sayNothing('clientId'),
  apply: sayNothing('clientId'),
  notifications: {
    sender: 'The mailbox that mails to managers are sent from. One that is nobody’s own names nobody.',
    replyTo: 'Where a manager’s objection goes. A team’s mailbox names nobody.',
  },
  paused,
  records: {
    store: {
      folder: null,
      azureBlob: sayNothing('account', 'container', 'endpoint'),
      s3: sayNothing('bucket', 'region', 'endpoint'),
    },
    keys: sayNothing('name', 'publicKey', 'signs', 'until'),
  },
  signing,
} as const satisfies ReasonsFor<Tenant>;
