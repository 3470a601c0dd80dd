// Who receives a notice: the manager, or the fallback contact and why. Pure.
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { findFirstMatch } from '../../policy/judge/pattern.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { accountKindWords } from '../../policy/words/labels.ts';
import type { Addressee } from '../tenant/apply-reader.ts';
import type { HrNotice } from './hr-notice.ts';
import type { ManagerNotice } from './manager-notice.ts';
import { sanitizeLine } from './sanitize-line.ts';

export interface Recipient {
  address: string;
  /** null: the manager; otherwise why the manager is not written to, as a line for the mail. */
  because: string | null;
}

export interface RecipientRules {
  notifications: Policy['notifications'];
  /** Ids of the accounts in the stack's files: who may lose an account gets no mail about others. */
  planned: ReadonlySet<IdKey>;
}

/** `found` is the account of the manager's address as the tenant has it now. */
export function chooseRecipient(
  { manager }: Pick<ManagerNotice, 'manager'>,
  found: Addressee | null,
  rules: RecipientRules,
): Recipient {
  const because = findManagerObstacle(manager, found, rules);
  return because === null && manager !== null
    ? { address: manager.mail, because: null }
    : { address: rules.notifications.fallbackContact, because };
}

/**
 * The policy's contact for HR, which may be a shared mailbox or a group: nobody of another company, and nobody on the list
 * itself.
 */
export function chooseHrRecipient(hrContact: string, found: Addressee | null, rules: HrRules): Recipient {
  const because = findHrObstacle(hrContact, found, rules);
  return because === null
    ? { address: hrContact, because: null }
    : {
        address: rules.notifications.fallbackContact,
        because: `the contact of HR, ${sanitizeLine(hrContact)}, ${because}`,
      };
}

type HrRules = Pick<HrNotice, 'people'> & Pick<RecipientRules, 'notifications'>;

function findHrObstacle(hrContact: string, found: Addressee | null, { people, notifications }: HrRules): string | null {
  if (!isInternal(hrContact, notifications)) return 'is outside of the internal domains';
  if (found === null) return null;
  if (people.some(({ id }) => id === foldId(found.id))) return 'is on the list';
  if (found.userType === 'guest') return 'is a guest';
  return found.accountKind === 'person' ? null : `is ${accountKindWords[found.accountKind]}`;
}

function findManagerObstacle(
  manager: ManagerNotice['manager'],
  found: Addressee | null,
  { notifications, planned }: RecipientRules,
): string | null {
  if (manager === null) return 'the accounts have no manager with a mail address';
  const name = `their manager, ${sanitizeLine(manager.displayName)} (${sanitizeLine(manager.mail)}),`;
  if (!isAddress(manager.mail)) return `${name} has no valid mail address`;
  if (!isInternal(manager.mail, notifications)) return `${name} is outside of the internal domains`;
  if (found === null) return `${name} is not one account of this tenant`;
  if (found.userType === 'guest') return `${name} is a guest`;
  if (found.accountKind !== 'person') return `${name} is ${accountKindWords[found.accountKind]}`;
  if (!found.accountEnabled) return `${name} is disabled`;
  return planned.has(foldId(found.id)) ? `${name} is in the plan, too` : null;
}

function isInternal(mail: string, { internalDomains }: Policy['notifications']): boolean {
  return findFirstMatch(internalDomains, mail.slice(mail.lastIndexOf('@') + 1)) !== null;
}

/** One address and nothing else: no list, no name, no line end. */
function isAddress(text: string): boolean {
  return /^[^\s@<>()[\],;:"\\\p{Cc}]+@[^\s@<>()[\],;:"\\\p{Cc}]+$/u.test(text);
}
