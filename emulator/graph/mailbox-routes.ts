// What Graph does with mailboxes: their settings, and mail sent from them.

import { type Context, Hono } from 'hono';
import { charge } from '../gates.ts';
import { MAIL_BUDGET, MAILBOX_BUDGET } from '../metering/budgets.ts';
import { badRequest, GraphError } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { Carried, Site } from '../site.ts';
import type { MailboxType } from '../tenant/mailbox.ts';
import { shownType } from '../tenant/mailbox-changes.ts';
import type { Person } from '../tenant/person.ts';
import { isConnected } from '../tenant/settle.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';
import { postedBody } from './posted-body.ts';
import { personOf } from './user-routes.ts';

const accessDenied = () =>
  new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
/** `others` stands for every kind that is nobody's own: mailboxSettings page, userPurpose. */
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
export function mailboxRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const mayRead = permit('GET /users/{id}/mailboxSettings', accessDenied());
  app.get('/users/:id/mailboxSettings', mayRead, (c) => {
    const person = seenOwnerOf(site, c);
    return answer(c, `users('${person.id}')/mailboxSettings`, {
      archiveFolder: '',
      timeZone: 'GMT Standard Time',
      dateFormat: 'dd/MM/yyyy',
      timeFormat: 'HH:mm',
      userPurpose: purposeOf(site, person),
    });
  });
  app.get('/users/:id/mailboxSettings/userPurpose', mayRead, (c) => {
    const person = seenOwnerOf(site, c);
    return answer(c, `users('${person.id}')/mailboxSettings/userPurpose`, { value: purposeOf(site, person) });
  });
  app.post('/users/:id/sendMail', (c) => send(site, c));
  return app;
}

/** Grants add up: Mail.Send in Entra means every mailbox, whatever Exchange's RBAC for Applications says. */
function maySendFrom(
  { userPrincipalName }: Person,
  { identities, tenant }: Site,
  c: Context<Carried>,
): boolean {
  const { appId, roles } = c.get('caller');
  const name = Object.keys(identities).find((key) => identities[key]?.clientId === appId) ?? '';
  const scope = tenant.switches.mailScopes[name] ?? [];
  return roles.has('Mail.Send') || scope.some((upn) => upn.toLowerCase() === userPrincipalName.toLowerCase());
}

async function send(site: Site, c: Context<Carried>): Promise<Response> {
  const { tenant, budgets, outbox } = site;
  const { message, saveToSentItems } = await postedBody(c);
  const sender = ownerOf(site, c);
  if (!maySendFrom(sender, site, c)) throw accessDenied();
  if (!isRecord(message)) throw badRequest('The message is missing.', 'ErrorInvalidRequest');
  checkRecipients(message);
  charge(budgets.charge(MAIL_BUDGET, sender.id, 1));
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

/** The person behind a mailbox that Exchange answers for. */
function ownerOf(site: Site, c: Context<Carried>): Person {
  const person = personOf(site, c);
  charge(site.budgets.charge(MAILBOX_BUDGET, `${c.get('caller').appId} ${person.id}`, 1));
  if (isConnected(person)) return person;
  throw notEnabled();
}

/** The settings are not found of some mailboxes that are there: just made, moved, or while a licence changes. */
function seenOwnerOf(site: Site, c: Context<Carried>): Person {
  const person = ownerOf(site, c);
  if (isHidden(site, person)) throw notEnabled();
  return person;
}

function isHidden({ tenant }: Site, { mailbox, onPremisesSyncEnabled }: Person): boolean {
  const { clock, switches } = tenant;
  if (!mailbox || mailbox.hiddenFromGraph) return true;
  if (switches.hybridMailboxesHidden && onPremisesSyncEnabled === true) return true;
  return mailbox.hiddenUntil !== null && clock.now() < mailbox.hiddenUntil;
}

function notEnabled(): GraphError {
  return new GraphError(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  );
}

function purposeOf({ tenant }: Site, person: Person): string {
  const type = shownType(tenant.people.held(person.index) ?? person);
  return type === null ? 'others' : PURPOSES[type];
}

function checkRecipients(message: Record<string, unknown>): void {
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
