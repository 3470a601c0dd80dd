// Why a record has each of its fields, and an event for a SIEM. A part of a person has fields of audit.json and of the files of an
// apply; what is here is what stands around them.
import type { SecurityEvent } from '../../../cli/events/event-schema.ts';
import type { PersonPart, RunHead } from '../../../cli/record/write-parts.ts';
import type { ChainedRecord } from '../../../policy/records/record.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';
import { signing } from './settings.ts';

export const chainedRecord = {
  ...sayNothing('format', 'stack', 'tenantId', 'sequence', 'id', 'kind', 'day', 'writtenAt', 'commit', 'previous'),
  run: 'Which run wrote it. Outside of a workflow it has the name of the machine, which can be that of a person.',
  ...sayNothing('body', 'erased', 'because'),
  parts:
    'Hashes of people’s parts, by which each can be seen to be as it was written. Random bytes in each part keep its hash from telling anything once the part is erased.',
  keys: sayNothing('name', 'publicKey', 'signs', 'until'),
  signing,
  signature: sayNothing('key', 'value'),
} as const satisfies ReasonsFor<ChainedRecord>;

/** As cli/record/write-parts.ts writes it. */
export const personPart = {
  ...sayNothing('format', 'stack', 'record', 'salt'),
  person:
    'Whose part it is: the object id, or a mail address or name where the run knows no id. Erasing finds it by that.',
  fills:
    'What the run wrote about this person or named them by, under the number of the hole that it leaves in the run’s own part: fields of `audit.json`, `apply.json` and `apply.jsonl`, the account file, and the name and address in the commit, each for the reason that it has there.',
} as const satisfies Record<keyof PersonPart, string | null>;

/** What the run’s own part begins with; the rest of it is fields of the files above, without people. */
export const runPart = sayNothing('format', 'stack', 'id', 'salt') satisfies Record<keyof RunHead, null>;

const user = {
  uid: 'Which account it is about, so that it can be found among what else a SIEM knows of it.',
  name: 'The name under which administrators look for it.',
  full_name: 'So that people who watch know whom it concerns.',
  email_addr: 'As `name`, where an address is what another system knows.',
  type_id: null,
};

export const securityEvent = {
  ...sayNothing('class_uid', 'class_name', 'category_uid', 'activity_id', 'activity_name', 'type_uid', 'severity_id'),
  ...sayNothing('status_id', 'status', 'status_code', 'start_time', 'privileges', 'direction_id'),
  time: 'When it was done to the account: what else happened then stands beside it in the SIEM.',
  status_detail: 'Why it failed or was refused; the sentence can name the account.',
  message: 'The event as a sentence, which names the account.',
  metadata: {
    ...sayNothing('uid', 'event_code', 'version', 'tenant_uid', 'profiles'),
    product: sayNothing('name', 'vendor_name', 'version'),
    correlation_uid: 'Which run it belongs to; outside of a workflow with the name of the machine.',
  },
  cloud: { provider: null, account: sayNothing('uid', 'type_id') },
  api: { operation: null, service: sayNothing('name'), request: sayNothing('uid') },
  actor: sayNothing('app_name', 'app_uid'),
  user,
  entity: { uid: user.uid, name: user.name, ...sayNothing('type', 'type_id'), user },
  group: sayNothing('name'),
  email: {
    from: 'The mailbox that notices are sent from.',
    to: 'Who was told: a manager, HR or a contact.',
    subject: 'What about.',
  },
  app: sayNothing('name', 'vendor_name'),
  scan: sayNothing('name', 'type', 'type_id'),
  ...sayNothing('total', 'num_detections', 'status_code'),
  finding_info: {
    uid: 'The same for all that is ever proposed of this account, so that a SIEM can put it together.',
    title: 'What is proposed.',
    desc: 'Why, as a sentence with the days.',
    types: null,
  },
  identity_activity_metrics: {
    last_seen_time: 'The last day of any activity: why the account counts as silent.',
    last_authentication_time: 'The day of the last successful sign-in, for the same reason.',
  },
  unmapped: {
    counts: sayNothing('<name>'),
    ...sayNothing('stack', 'commit', 'client_request_id', 'batch_item', 'notice', 'day', 'proposals', 'unread'),
    removed: 'Which licences went.',
    given: 'Which came.',
    mailbox: 'What the mailbox was made.',
    quarantine: 'How the account is held where Active Directory owns it.',
    stage: 'The stage in the account’s file.',
    from: 'In which stage the account is.',
    to: 'Which one is proposed.',
    reason: 'Why, as a code.',
  },
} as const satisfies ReasonsFor<SecurityEvent>;
