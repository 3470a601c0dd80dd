// Get-Mailbox, one account at a time: decides where Graph does not find a mailbox, or may not tell its type.
import { isMailboxNotFound, mayNotRun } from '../../graph/cmdlet.ts';
import { isFields } from '../../graph/json-fields.ts';
import { findMailboxKind } from '../../graph/mailbox-kind.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import type { Day, Evidence } from '../../policy/evidence.ts';
import type { UserId } from '../../policy/identifiers.ts';
import { takeTurn } from '../weekly-turns.ts';
import type { AuditReader } from './reader.ts';

type Answer = Pick<Evidence['mailbox'], 'recipientType' | 'kind'>;

/** Exchange takes one command at a time; the other accounts have their turn in another week. */
const mostCommands = 60;

/** A few failures are about single mailboxes; after this many Exchange itself has a problem, and the rest waits. */
const mostFailures = 3;

interface ExchangeAnswers {
  /** false: the audit has no role in Exchange. */
  mayAsk: boolean;
  /** By id. `none`: Exchange Online has no mailbox for the account. */
  answers: ReadonlyMap<UserId, Answer>;
}

export async function askExchange(reader: AuditReader, ids: readonly UserId[], today: Day): Promise<ExchangeAnswers> {
  const answers = new Map<UserId, Answer>();
  const roles = ids.length === 0 ? [] : await reader.readExchangeRoles();
  if (!roles.includes('Exchange.ManageAsApp')) return { mayAsk: false, answers };
  let failures = 0;
  for (const id of takeTurn(ids, mostCommands, today)) {
    try {
      const [mailbox] = await reader.runReadCmdlet({
        source: 'mailbox',
        name: 'Get-Mailbox',
        parameters: { Identity: id },
      });
      answers.set(id, parseAnswer(mailbox));
    } catch (error) {
      if (mayNotRun(error)) return { mayAsk: false, answers };
      if (isMailboxNotFound(error)) answers.set(id, { recipientType: 'none' });
      else if (!(error instanceof RequestFailed)) throw error;
      else if (++failures === mostFailures) break;
    }
  }
  return { mayAsk: true, answers };
}

function parseAnswer(mailbox: unknown): Answer {
  const word = isFields(mailbox) ? String(mailbox.RecipientTypeDetails) : '';
  const recipientType = findMailboxKind(word) ?? 'unknown';
  return recipientType === 'other' ? { recipientType, kind: word } : { recipientType };
}
