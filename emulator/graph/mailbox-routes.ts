// Mailboxes in Graph: their settings, and mail sent from them.
import { type Context, Hono } from 'hono';
import { MAIL_BUDGET, MAILBOX_BUDGET } from '../metering/budgets.ts';
import { requireBudget } from '../middleware.ts';
import { badRequest, GraphError } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { RequestEnv, Site } from '../site.ts';
import { isConnected } from '../tenant/advance-person.ts';
import type { MailboxType } from '../tenant/mailbox.ts';
import { findVisibleType } from '../tenant/mailbox-changes.ts';
import type { Person } from '../tenant/person.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';
import { readBody } from './request-body.ts';
import { requireUser } from './require-user.ts';

const createAccessDeniedError = () =>
  new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
/** `others` is every type that belongs to no person (mailboxSettings page, userPurpose). */
const PURPOSES: Record<MailboxType, string> = {
  UserMailbox: 'user',
  SharedMailbox: 'shared',
  RoomMailbox: 'room',
  EquipmentMailbox: 'equipment',
  SchedulingMailbox: 'others',
  DiscoveryMailbox: 'others',
  TeamMailbox: 'others',
  RemoteUserMailbox: 'others',
};

/** /users/{id}/mailboxSettings and /users/{id}/sendMail. */
export function createMailboxRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const mayRead = permit('GET /users/{id}/mailboxSettings', createAccessDeniedError());
  app.get('/users/:id/mailboxSettings', mayRead, (c) => {
    const person = requireReadableOwner(site, c);
    return answer(c, `users('${person.id}')/mailboxSettings`, {
      archiveFolder: '',
      timeZone: 'GMT Standard Time',
      dateFormat: 'dd/MM/yyyy',
      timeFormat: 'HH:mm',
      userPurpose: getPurpose(site, person),
    });
  });
  app.get('/users/:id/mailboxSettings/userPurpose', mayRead, (c) => {
    const person = requireReadableOwner(site, c);
    return answer(c, `users('${person.id}')/mailboxSettings/userPurpose`, {
      value: getPurpose(site, person),
    });
  });
  app.post('/users/:id/sendMail', (c) => sendMail(site, c));
  return app;
}

/** Grants add up: Mail.Send in Entra allows every mailbox, whatever Exchange's RBAC for Applications says. */
function maySendFrom({ userPrincipalName }: Person, { identities, tenant }: Site, c: Context<RequestEnv>): boolean {
  const caller = c.get('caller');
  // A person may not send here: nothing that the product does needs it.
  if (caller.kind === 'person') return false;
  const { appId, roles } = caller;
  const name = Object.keys(identities).find((key) => identities[key]?.clientId === appId) ?? '';
  const scope = tenant.switches.mailScopes[name] ?? [];
  return roles.has('Mail.Send') || scope.some((upn) => upn.toLowerCase() === userPrincipalName.toLowerCase());
}

async function sendMail(site: Site, c: Context<RequestEnv>): Promise<Response> {
  const { tenant, budgets, outbox } = site;
  const { message, saveToSentItems } = await readBody(c);
  const sender = requireOwner(site, c);
  if (!maySendFrom(sender, site, c)) throw createAccessDeniedError();
  if (!isRecord(message)) throw badRequest('The message is missing.', 'ErrorInvalidRequest');
  requireValidRecipients(message);
  requireBudget(budgets.charge(MAIL_BUDGET, sender.id, 1));
  outbox.add({
    time: new Date(tenant.clock.now()).toISOString(),
    sender: sender.userPrincipalName,
    appId: c.get('caller').appId,
    requestId: c.get('requestId'),
    message,
    saveToSentItems: saveToSentItems !== false,
  });
  return c.body(null, 202);
}

/** The owner of a mailbox in Exchange Online. */
function requireOwner(site: Site, c: Context<RequestEnv>): Person {
  const person = requireUser(site, c);
  requireBudget(site.budgets.charge(MAILBOX_BUDGET, `${c.get('caller').appId} ${person.id}`, 1));
  if (isConnected(person)) return person;
  throw createNotEnabledError();
}

/**
 * Settings of some existing mailboxes are not found: just created, moved, or while a licence changes. A person reads his own
 * alone: "user mailbox settings" (permissions-reference.md), and a delegated permission reads no further than the person may.
 */
function requireReadableOwner(site: Site, c: Context<RequestEnv>): Person {
  const caller = c.get('caller');
  if (caller.kind === 'person' && requireUser(site, c).id !== caller.objectId) throw createAccessDeniedError();
  const person = requireOwner(site, c);
  if (isHidden(site, person)) throw createNotEnabledError();
  return person;
}

function isHidden({ tenant }: Site, { mailbox, onPremisesSyncEnabled }: Person): boolean {
  const { clock, switches } = tenant;
  if (!mailbox || mailbox.hiddenFromGraph) return true;
  if (switches.hybridMailboxesHidden && onPremisesSyncEnabled === true) return true;
  return mailbox.hiddenUntil !== null && clock.now() < mailbox.hiddenUntil;
}

function createNotEnabledError(): GraphError {
  return new GraphError(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );
}

function getPurpose({ tenant }: Site, person: Person): string {
  const type = findVisibleType(tenant.people.findChanged(person.index) ?? person);
  return type === null ? 'others' : PURPOSES[type];
}

function requireValidRecipients(message: Record<string, unknown>): void {
  const lists = [message.toRecipients, message.ccRecipients, message.bccRecipients];
  const recipients = lists.flatMap((list) => (Array.isArray(list) ? list : []));
  const isValid = (recipient: unknown) =>
    isRecord(recipient) &&
    isRecord(recipient.emailAddress) &&
    typeof recipient.emailAddress.address === 'string' &&
    /^[^\s@]+@[^\s@]+$/.test(recipient.emailAddress.address);
  if (recipients.length > 0 && recipients.every(isValid)) return;
  throw badRequest("At least one recipient isn't valid.", 'ErrorInvalidRecipients');
}
