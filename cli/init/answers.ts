// What `dormant init` must know about a stack, and which answers are acceptable. Pure.
import { DormantError } from '../../policy/errors.ts';
import { type GroupId, isGuid, isSameId } from '../../policy/identifiers.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';

export interface Answers {
  tenant: Tenant;
  /** userPrincipalNames or ids of emergency access accounts, to be added to the policy. */
  emergencyAccessAccounts: readonly string[];
  /** Job titles of executives beside those that every policy knows, to be added to the policy. */
  executiveTitles: readonly string[];
  /** Domains whose managers are written to; empty: the policy stays as it is. */
  internalDomains: readonly string[];
  /** Ids of groups that accounts may be taken out of for their licences, to be added to the policy. */
  licenseGroups: readonly GroupId[];
  /** Code owners of the stack's account files: `@user`, `@org/team` or a mail address. */
  reviewers: readonly string[];
  /** Code owners of the stack's own settings. */
  admins: readonly string[];
  /** Who owns give-back/ beside the reviewers. */
  giveBackOwners: readonly string[];
}

/** Each question is a flag of the command; answers are plain texts until they are all checked together. */
export const questions = {
  tenantId: { flag: '--tenant-id <guid>', asks: 'Tenant id (a GUID)' },
  cloud: { flag: '--cloud <name>', asks: 'Cloud: global, usgov, usgov-dod or china' },
  auditClientId: { flag: '--audit-client-id <guid>', asks: 'Client id of the audit' },
  applyClientId: { flag: '--apply-client-id <guid>', asks: 'Client id of the apply' },
  sender: { flag: '--sender <mail>', asks: 'Mailbox that notices are sent from' },
  replyTo: { flag: '--reply-to <mail>', asks: 'Address where a manager objects' },
  timeZone: { flag: '--time-zone <name>', asks: 'Time zone of the dates that people read' },
  currency: { flag: '--currency <code>', asks: 'Currency (ISO 4217)' },
  emergency: {
    flag: '--emergency <accounts>',
    asks: 'Emergency access (break-glass) accounts, separated by commas',
  },
  executiveTitles: { flag: '--executive-titles <titles>', asks: 'Job titles of executives that no rule knows' },
  internalDomains: { flag: '--internal-domains <domains>', asks: 'Domains whose managers may get notices' },
  licenseGroups: {
    flag: '--license-groups <ids>',
    asks: 'Groups that may be left for their licences, by id',
  },
  reviewers: { flag: '--reviewers <owners>', asks: 'Who reviews: @user, @org/team, separated by commas' },
  admins: { flag: '--admins <owners>', asks: 'Who owns this stack’s settings' },
  giveBackOwners: {
    flag: '--give-back-owners <owners>',
    asks: 'Who may approve giving an account back, beside the reviewers',
  },
} as const;
export type Question = keyof typeof questions;

/** In the order in which they are asked. */
export const questionNames = Object.keys(questions).filter((key): key is Question => key in questions);

/** Answers from the command line or a prompt; a missing one is undefined, never empty. */
export type RawAnswers = Partial<Record<Question, string>>;

/** Questions that may stay without an answer. */
export const optionalQuestions: ReadonlySet<Question> = new Set([
  'emergency',
  'executiveTitles',
  'internalDomains',
  'licenseGroups',
  'admins',
  'giveBackOwners',
]);

/** Answered on the command line alone: most companies leave it to the reviewers. */
export const unaskedQuestions: ReadonlySet<Question> = new Set(['giveBackOwners']);

/** Throws one `DormantError` (`init-answers`, exit code 2) with everything that is missing or wrong. */
export function parseAnswers(rawAnswers: RawAnswers): Answers {
  const problems = listQuestions(rawAnswers).flatMap(([question, answer]) => {
    const problem = answer === undefined ? findMissing(question) : findProblem(question, answer);
    return problem === null ? [] : [`${getFlagName(question)}: ${problem}`];
  });
  problems.push(...checkIdentities(rawAnswers));
  if (problems.length > 0) throw createAnswersError(problems);
  return {
    // Every question has just been checked against the schema.
    tenant: toTenant(rawAnswers) as Tenant,
    emergencyAccessAccounts: splitList(rawAnswers.emergency),
    executiveTitles: splitTitles(rawAnswers.executiveTitles),
    internalDomains: splitList(rawAnswers.internalDomains),
    // Each has just been found to be an id.
    licenseGroups: splitList(rawAnswers.licenseGroups) as GroupId[],
    reviewers: splitList(rawAnswers.reviewers),
    admins: splitList(rawAnswers.admins ?? rawAnswers.reviewers),
    giveBackOwners: splitList(rawAnswers.giveBackOwners),
  };
}

/** Why an answer is not acceptable, as a sentence; null if it is. */
export function findProblem(question: Question, answer: string): string | null {
  switch (question) {
    case 'timeZone':
      return isTimeZone(answer) ? null : `found "${answer}", allowed: an IANA name such as Europe/Berlin`;
    case 'reviewers':
    case 'admins':
    case 'giveBackOwners':
      return findFirstProblem(
        splitList(answer),
        isOwner,
        'owners as GitHub knows them: @user, @org/team or an address',
      );
    case 'emergency':
      return findFirstProblem(splitList(answer), isAccount, 'userPrincipalNames or object ids');
    case 'executiveTitles':
      return findFirstProblem(splitTitles(answer), isTitle, 'job titles of at most 256 characters');
    case 'internalDomains':
      return findFirstProblem(splitList(answer), isDomain, 'domains such as contoso.com');
    case 'licenseGroups':
      return findFirstProblem(splitList(answer), isGuid, 'object ids of groups');
    default:
      return findTenantProblem(question, answer);
  }
}

/** The flag without its value, as people type it. */
export function getFlagName(question: Question): string {
  return questions[question].flag.split(' ')[0] ?? '';
}

function listQuestions(rawAnswers: RawAnswers): [Question, string | undefined][] {
  return questionNames.map((question) => [question, rawAnswers[question]]);
}

function findMissing(question: Question): string | null {
  return optionalQuestions.has(question) ? null : 'is missing';
}

/** A single identity for both halves could read, decide and write. */
function checkIdentities({ auditClientId, applyClientId }: RawAnswers): string[] {
  const isSame = auditClientId !== undefined && isSameId(auditClientId, applyClientId ?? '');
  return isSame ? ['--apply-client-id: is that of the audit, expected another application'] : [];
}

/** The schema of tenant.yaml decides: the answer is tried in a tenant that is correct otherwise. */
function findTenantProblem(question: Question, answer: string): string | null {
  const faults = listSchemaFaults(Tenant, toTenant({ ...fittingTenant, [question]: answer }));
  return faults[0]?.message.replace(/^[^:]*: /, '') ?? null;
}

const fittingTenant = {
  tenantId: '00000000-0000-4000-8000-000000000000',
  cloud: 'global',
  auditClientId: '00000000-0000-4000-8000-000000000001',
  applyClientId: '00000000-0000-4000-8000-000000000002',
  sender: 'it@example.com',
  replyTo: 'it@example.com',
  timeZone: 'UTC',
  currency: 'USD',
};

function toTenant(rawAnswers: RawAnswers): unknown {
  return {
    tenantId: rawAnswers.tenantId,
    cloud: rawAnswers.cloud,
    audit: { clientId: rawAnswers.auditClientId },
    apply: { clientId: rawAnswers.applyClientId },
    notifications: { sender: rawAnswers.sender, replyTo: rawAnswers.replyTo },
    timeZone: rawAnswers.timeZone,
    currency: rawAnswers.currency,
  };
}

function splitList(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}

/** A title has spaces. */
function splitTitles(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function findFirstProblem(list: readonly string[], fits: (entry: string) => boolean, allowed: string): string | null {
  if (list.length === 0) return `is empty, allowed: ${allowed}`;
  const wrong = list.find((entry) => !fits(entry));
  return wrong === undefined ? null : `found "${wrong}", allowed: ${allowed}`;
}

function isOwner(owner: string): boolean {
  return /^@[A-Za-z0-9][A-Za-z0-9-]*(\/[A-Za-z0-9._-]+)?$/.test(owner) || isAddress(owner);
}

function isAccount(account: string): boolean {
  return isAddress(account) || isGuid(account);
}

/** As long as the schema of policy.yaml allows; a line break would be another list. */
function isTitle(title: string): boolean {
  return title.length <= 256 && !/[\r\n]/.test(title);
}

function isDomain(text: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text);
}

function isAddress(text: string): boolean {
  return /^[^@\s#"',]+@[^@\s#"',]+$/.test(text);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function createAnswersError(problems: readonly string[]): DormantError {
  return new DormantError('init-answers', `Nothing was written.\n  ${problems.join('\n  ')}`, {
    exitCode: 2,
    remedy: 'Give what is missing as flags, or run it in a terminal to be asked.',
  });
}
