// Get-Mailbox, one account at a time: the last word where Graph does not find a mailbox, or may not tell what it is.
import { isNotFound, mayNotRun } from '../../graph/cmdlet.ts';
import { RequestFailed } from '../../graph/failure.ts';
import { isFields } from '../../graph/fields.ts';
import { mailboxKindNamed } from '../../graph/recipient-type.ts';
import type { Evidence } from '../../policy/evidence.ts';
import type { TenantReader } from './reader.ts';

type Answer = Pick<Evidence['mailbox'], 'recipientType' | 'kind'>;

/** Exchange takes one command at a time; whoever is not asked today waits. */
const mostCommands = 60;

/** Mailboxes that Exchange fails at are their own trouble; beyond so many it is Exchange's, and the rest waits. */
const mostFailures = 3;

/** By id; nobody where the audit has no role in Exchange. `none`: Exchange Online has no mailbox of the account. */
export async function askExchange(
  reader: TenantReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const roles = ids.length === 0 ? [] : await reader.exchangeRoles();
  if (!roles.includes('Exchange.ManageAsApp')) return answers;
  let failures = 0;
  for (const id of ids.slice(0, mostCommands)) {
    try {
      const [mailbox] = await reader.exchange('mailbox', 'Get-Mailbox', { Identity: id });
      answers.set(id, answerIn(mailbox));
    } catch (error) {
      if (mayNotRun(error)) return answers;
      if (isNotFound(error)) answers.set(id, { recipientType: 'none' });
      else if (!(error instanceof RequestFailed)) throw error;
      else if (++failures === mostFailures) return answers;
    }
  }
  return answers;
}

function answerIn(mailbox: unknown): Answer {
  const word = isFields(mailbox) ? String(mailbox.RecipientTypeDetails) : '';
  const recipientType = mailboxKindNamed(word) ?? 'unknown';
  return recipientType === 'other' ? { recipientType, kind: word } : { recipientType };
}
