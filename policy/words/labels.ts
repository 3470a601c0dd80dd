// A word for every code, the same in every output; describe-account.ts makes sentences of them. Pure.
import type { AccountKind, Day, Service } from '../evidence.ts';
import type { ReasonCode, RecommendedAction, RiskCode, Verdict } from '../judge/judgement.ts';
import type { HeldBackReason, RecipientType, Stage } from '../schemas/account.ts';

interface StageWords {
  /** As a heading or a cell. */
  name: string;
  /** What merging a file in this stage does, as the end of "merging this means: …". */
  does: string;
}

export const stageWords: Record<Stage, StageWords> = {
  notify: {
    name: 'Notify',
    does: 'each manager gets one mail about all their people; nothing changes in the tenant',
  },
  review: {
    name: 'Review',
    does: 'the time to object; managers are reminded; nothing changes in the tenant',
  },
  disable: {
    name: 'Disable',
    does: 'sign-in is blocked, sessions are revoked, then the mailbox becomes shared while it is still licensed',
  },
  delicense: {
    name: 'Delicense',
    does: 'licences are removed: direct ones, and those of groups that may be left, by taking the account out; what has to stay is named',
  },
  keep: { name: 'Keep', does: 'a reviewer said no: nothing happens, and what was taken is given back' },
  restore: { name: 'Restore', does: 'licences, the memberships that give them, mailbox and sign-in are given back' },
};

export const verdictWords: Record<Verdict, string> = {
  active: 'active',
  inactive: 'inactive',
  'insufficient-evidence': 'insufficient evidence',
};

export const reasonWords: Record<ReasonCode, string> = {
  'exchange-activity': 'recent Exchange activity',
  'onedrive-activity': 'recent OneDrive activity',
  'sharepoint-activity': 'recent SharePoint activity',
  'teams-activity': 'recent Teams activity',
  'yammer-activity': 'recent Yammer activity',
  'successful-sign-in': 'a recent successful sign-in',
  'no-activity-for-days': 'silent for longer than the policy allows',
  'never-active': 'no activity was ever seen',
  'signs-of-spray': 'sign-in attempts without a success, which looks like a password spray',
  'sign-in-not-known': 'sign-ins could not be read',
  'account-incomplete': 'the directory’s entry of this account is incomplete or contradicts itself',
  'report-row-missing': 'the usage report has no row for this account',
  'report-row-ambiguous': 'the usage report has more than one row with this userPrincipalName',
  'report-row-unreadable': 'the account’s row of the usage report cannot be read for certain',
  'sign-in-unavailable': 'sign-ins could not be read, and the policy requires them',
  'sign-in-missing': 'no sign-in data came for this account, which is not the same as never',
  'sign-in-attempts-only': 'recent sign-in attempts, and whether one succeeded is not known',
  'account-too-new': 'the account is too new to judge',
  'mailbox-unknown': 'the kind of its mailbox could not be read',
  'recently-licensed': 'a licence was assigned too recently to judge',
};

export const riskWords: Record<RiskCode, string> = {
  executive: 'executive',
  'service-account': 'service account',
  'shared-mailbox': 'shared mailbox',
  'resource-mailbox': 'room, equipment or other mailbox that is nobody’s own',
  'privileged-role': 'privileged account',
  'emergency-access': 'emergency access account',
  'pipeline-account': 'account of this pipeline',
};

interface ActionWords {
  name: string;
  /** Why this and not another action. */
  because: string;
}

export const actionWords: Record<RecommendedAction, ActionWords> = {
  'disable-then-remove-licenses': { name: 'disable, then remove licences', because: 'inactive and paid for' },
  'remove-licenses': { name: 'remove licences', because: 'already disabled and still paid for' },
  disable: { name: 'disable', because: 'inactive, with no licence to reclaim' },
  investigate: {
    name: 'investigate',
    because: 'licensed and never active: an onboarding or offboarding that went wrong?',
  },
  'escalate-to-hr': { name: 'escalate to HR', because: 'an executive is never deprovisioned by a machine' },
  'manual-review': { name: 'manual review', because: 'a protected account is never changed by a machine' },
  'on-premises': { name: 'disable on premises', because: 'Active Directory owns this account' },
  'guest-audit': {
    name: 'guest audit',
    because: 'guests and members of other companies are audited separately',
  },
  'out-of-scope': { name: 'out of scope', because: 'outside the scope of policy.yaml' },
  exempt: { name: 'exempt', because: 'exemptions.yaml names this account' },
  none: { name: 'none', because: 'nothing to do' },
};

export const heldBackWords: Record<HeldBackReason, string> = {
  'inherited-from-group': 'inherited from a group',
  'group-dynamic': 'its group finds its members by a rule; the rule decides who gets it',
  'group-synced': 'Active Directory owns the members of its group; take the account out there',
  'group-role-assignable': 'its group can hold roles, so only an administrator of roles may change its members',
  'group-mail-enabled': 'its group has mail, so that leaving it takes more than a licence',
  'group-unread': 'its group is gone, or what it is may not be read',
  'group-name-shared': 'another group has the same name; policy.yaml has to name its id',
  'group-gives-more': 'its group gives more than licences; policy.yaml can accept that with givesMore',
  'group-license-stays': 'its group gives another licence that stays',
  'mailbox-over-limit': 'the mailbox is too large to be shared without a licence',
  archive: 'the mailbox has an archive',
  'litigation-hold': 'the mailbox is on litigation hold',
  'retention-hold': 'the mailbox is on hold for eDiscovery, by a retention policy or by a label',
  'hold-unknown': 'whether the mailbox is on hold could not be read',
  'archive-add-on': 'it keeps an archive of mail, which Microsoft deletes without it',
  'cloud-pc': 'a Cloud PC depends on it, which Microsoft deletes 7 days after the licence goes',
  'onedrive-files': 'its OneDrive holds files that nobody has released',
  'onedrive-unknown': 'what its OneDrive holds is not known',
  'mailbox-flipped-back': 'its mailbox turned into a user mailbox again, which needs a licence',
  'needed-by-another': 'another licence that stays needs it',
  'in-error': 'its assignment is in error and has to be fixed in Microsoft 365',
  'without-assignment': 'Microsoft does not say how it was assigned',
  'product-unknown': 'the tenant no longer lists the product, so what depends on it is not known',
  'kept-by-reviewer': 'kept by a reviewer',
};

/** `error`: Microsoft's word for an assignment that is in error. */
export function describeHeldBackReason(reason: HeldBackReason, error?: string): string {
  return error === undefined ? heldBackWords[reason] : `${heldBackWords[reason]} (${error})`;
}

export const limitWords = {
  newAccountsPerAudit: 'new accounts per audit',
  newAccountsPerDepartment: 'new accounts per department',
  changesPerApply: 'changes per merge',
  changesPerDepartment: 'changes per department',
  shareOfTenant: 'share of the tenant',
  maxFiles: 'files of one pull request',
};

export const serviceWords: Record<Service, string> = {
  exchange: 'Exchange',
  oneDrive: 'OneDrive',
  sharePoint: 'SharePoint',
  teams: 'Teams',
  yammer: 'Yammer',
  skypeForBusiness: 'Skype for Business',
};

export const accountKindWords: Record<Exclude<AccountKind, 'person'>, string> = {
  external: 'a member of another company',
  agent: 'software',
  synchronisation: 'software',
};

export const mailboxWords: Record<RecipientType, string> = {
  user: 'user mailbox',
  shared: 'shared mailbox',
  room: 'room mailbox',
  equipment: 'equipment mailbox',
  scheduling: 'Bookings mailbox',
  other: 'mailbox of another kind',
  none: 'no mailbox',
  unknown: 'mailbox of unknown kind',
};

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** `15 July`, and `15 July 2025` when the year is not that of `today`. */
export function formatDay(day: Day, today: Day): string {
  const year = day.slice(0, 4);
  const words = dayFormat.format(Date.parse(day));
  return year === today.slice(0, 4) ? words : `${words} ${year}`;
}

/** `USD 1,234.50`, `USD 36`: the code instead of a sign, because a dollar sign says neither whose nor survives Markdown. */
export function formatMoney(amount: number, currency: string): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  const number = amount.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${currency} ${number}`;
}

/** `1 account`, `1,204 accounts`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function formatList(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
