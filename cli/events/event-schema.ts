// One event as `dormant events` prints it: an object of OCSF, and what is Dormant's own in `unmapped`. The reference is made from it.
import Type, { type Static } from 'typebox';
import { literals, strictObject } from '../../policy/schemas/parts.ts';
import { type EventKind, eventKinds, ocsfVersion } from './event-kinds.ts';

const Text = (description: string) => Type.String({ minLength: 1, description });
const maybe = (description: string) => Type.Optional(Text(description));
const Time = (description: string) =>
  Type.Integer({ description: `${description} Milliseconds since 1970-01-01, in UTC.` });
const texts = (description: string) => Type.Array(Type.String(), { description });
const Count = (description: string) => Type.Integer({ minimum: 0, description });

/** With `satisfies`, the keys stay known. */
function isEventKind(name: string): name is EventKind {
  return name in eventKinds;
}
const kinds = Object.keys(eventKinds).filter(isEventKind);

export const EventUser = strictObject(
  {
    uid: Text('Object id in Entra.'),
    name: maybe('userPrincipalName.'),
    full_name: maybe('displayName.'),
    email_addr: maybe('Mail address; only where the audit read one.'),
    type_id: Type.Literal(1, { description: '1: a user.' }),
  },
  'The account that it is about.',
);
export type EventUser = Static<typeof EventUser>;

const Metadata = strictObject({
  uid: Text('Of this event: the same as long as the file says the same. What has it twice is one event.'),
  event_code: literals(kinds, 'The kind of event, as in the table above.'),
  version: Type.Literal(ocsfVersion, { description: 'Of OCSF.' }),
  product: strictObject({
    name: Type.Literal('Dormant', { description: 'Who says so.' }),
    vendor_name: Type.Literal('Dormant', { description: 'As `name`.' }),
    version: Text('Of the Dormant that printed the event.'),
  }),
  tenant_uid: Text('Id of the tenant in Entra.'),
  correlation_uid: maybe(
    'The run that it belongs to: of GitHub Actions `<run>/<attempt>`, else `<machine>/<process>`.',
  ),
  profiles: Type.Array(Type.Literal('cloud'), { description: 'What OCSF allows `cloud` and `api` by.' }),
});

const Cloud = strictObject({
  provider: Type.Literal('Microsoft 365', { description: 'Where it happened.' }),
  account: strictObject({
    uid: Text('Id of the tenant in Entra.'),
    type_id: Type.Literal(17, { description: '17: an M365 tenant.' }),
  }),
});

const Api = strictObject({
  operation: Text('The request, without what identifies anybody.'),
  service: strictObject({ name: literals(['Microsoft Graph', 'Exchange Online'], 'Who was asked.') }),
  request: Type.Optional(
    strictObject({
      uid: Text('Microsoft’s request id; of a request in a $batch, the batch’s. Absent: no answer, or it had none.'),
    }),
  ),
});

const Entity = strictObject({
  uid: Text('Object id of the mailbox’s owner.'),
  name: Text('Its userPrincipalName.'),
  type: Type.Literal('Mailbox', { description: 'What is managed.' }),
  type_id: Type.Literal(99, { description: '99: another kind, as in `type`.' }),
  user: EventUser,
});

const Unmapped = strictObject({
  stack: Text('The folder of stacks/ that the tenant has.'),
  commit: maybe('The commit of main that was applied.'),
  client_request_id: maybe('Dormant’s own id of the HTTP request, ClientRequestId in Microsoft’s activity logs.'),
  batch_item: maybe('The request’s place in the $batch.'),
  removed: Type.Optional(texts('SKU part numbers that the request removed.')),
  given: Type.Optional(texts('SKU part numbers that it gave.')),
  mailbox: Type.Optional(literals(['shared', 'regular'], 'What the mailbox was made.')),
  quarantine: Type.Optional(literals(['report-only', 'enforced'], 'The mode of the Conditional Access policy.')),
  notice: maybe('The notice that the mail is of; a mail that is sent again has the same.'),
  day: maybe('The day that counted as today. YYYY-MM-DD.'),
  stage: maybe('The stage in the account’s file.'),
  from: maybe('The stage that it is in. Absent: it is new.'),
  to: maybe('The stage that is proposed, or `archive`. Absent: its file goes.'),
  reason: maybe('Why, as a code of the plan.'),
  counts: Type.Optional(
    Type.Record(Type.String(), Type.Integer(), {
      description: 'Of the audit: accounts, enabledMembers, guests, and the accounts of each verdict. Accounts.',
    }),
  ),
  proposals: Type.Optional(Count('How many moves the audit proposes.')),
  unread: Type.Optional(texts('Sources that the audit could not read; empty: it read all that it knows of.')),
});

/** Fields of one class only are optional here; which class has which is held against OCSF's table by the tests. */
export const SecurityEvent = strictObject(
  {
    time: Time('When it happened; of what an audit says, the beginning of its day.'),
    class_uid: Type.Integer({ description: 'The class of OCSF.' }),
    class_name: Text('Its name.'),
    category_uid: Type.Integer({ description: 'The category that the class is in.' }),
    activity_id: Type.Integer({
      description: 'What was done, in the numbers of the class. 99: as `activity_name` says.',
    }),
    activity_name: Text('The same as a name.'),
    type_uid: Type.Integer({ description: 'class_uid × 100 + activity_id.' }),
    severity_id: Type.Integer({ description: '1: for information. 2: low. 3: medium, what somebody has to look at.' }),
    status_id: Type.Optional(
      Type.Integer({ description: '1: done. 2: failed or refused. 0: unknown, because no answer came.' }),
    ),
    status: Type.Optional(literals(['Success', 'Failure', 'Unknown'], 'The same as a word.')),
    status_code: maybe('Of a refusal or a failure: its code.'),
    status_detail: maybe('Of a refusal or a failure: why, as a sentence.'),
    message: Text('The event as a sentence.'),
    start_time: Type.Optional(Time('Of a request: when it was sent.')),
    metadata: Metadata,
    cloud: Cloud,
    api: Type.Optional(Api),
    actor: Type.Optional(
      strictObject({
        app_name: Type.Literal('dormant apply', { description: 'Who did it.' }),
        app_uid: Text('Client id of the application in Entra that it signs in as.'),
      }),
    ),
    user: Type.Optional(EventUser),
    entity: Type.Optional(Entity),
    group: Type.Optional(strictObject({ name: Text('displayName of the group.') })),
    privileges: Type.Optional(texts('SKU part numbers that were given or removed.')),
    direction_id: Type.Optional(
      Type.Literal(0, { description: 'Of a mail. 0: unknown, because addresses do not say who is inside.' }),
    ),
    email: Type.Optional(
      strictObject({
        from: Text('The mailbox that notices are sent from.'),
        to: texts('Mail addresses.'),
        subject: maybe('Of the mail.'),
      }),
    ),
    app: Type.Optional(
      strictObject({
        name: Type.Literal('dormant apply', { description: 'What began or ended.' }),
        vendor_name: Type.Literal('Dormant', { description: 'Whose it is.' }),
      }),
    ),
    scan: Type.Optional(
      strictObject({
        name: Type.Literal('dormant audit', { description: 'What looked.' }),
        type: Type.Literal('Audit of inactive accounts', { description: 'For what.' }),
        type_id: Type.Literal(99, { description: '99: another kind, as in `type`.' }),
      }),
    ),
    total: Type.Optional(Count('Accounts that the audit saw.')),
    num_detections: Type.Optional(Count('Accounts among them that are inactive.')),
    finding_info: Type.Optional(
      strictObject({
        uid: Text('The same for all that is ever proposed of this account.'),
        title: Text('Such as `inactive account: notify`.'),
        desc: Text('Why, as a sentence.'),
        types: texts('Always `inactive-account`.'),
      }),
    ),
    identity_activity_metrics: Type.Optional(
      strictObject(
        {
          last_seen_time: Type.Optional(Time('The last activity of any kind, the beginning of its day.')),
          last_authentication_time: Type.Optional(Time('The last successful sign-in, the beginning of its day.')),
        },
        'Empty: nothing was ever seen.',
      ),
    ),
    unmapped: Unmapped,
  },
  'One event, which is one line.',
);
export type SecurityEvent = Static<typeof SecurityEvent>;
