// What all events have in common: their class, who says so, and an id that the same file always gives.
import { createHash } from 'node:crypto';
import { type EventKind, type EventMeaning, eventKinds, ocsfClasses, ocsfVersion } from './event-kinds.ts';
import type { EventUser, SecurityEvent } from './event-schema.ts';

/** Of which tenant, and who prints it. */
export interface EventSource {
  stack: string;
  tenantId: string;
  /** Of the application that applies. */
  applyClientId: string;
  /** The mailbox that notices are sent from. */
  sender: string;
  /** Of this Dormant. */
  version: string;
}

type Own = Omit<
  SecurityEvent,
  | 'class_uid'
  | 'class_name'
  | 'category_uid'
  | 'activity_id'
  | 'activity_name'
  | 'type_uid'
  | 'severity_id'
  | 'status'
  | 'metadata'
  | 'cloud'
  | 'unmapped'
>;

export interface EventParts extends Own {
  kind: EventKind;
  /** What tells it from every other event of this kind in this stack. */
  identity: readonly (string | number | null | undefined)[];
  run?: string | undefined;
  unmapped: Omit<SecurityEvent['unmapped'], 'stack'>;
}

const statuses = { 0: 'Unknown', 1: 'Success', 2: 'Failure' } as const;

export function buildEvent(source: EventSource, parts: EventParts): SecurityEvent {
  const { kind, identity, run, unmapped, time, message, ...rest } = parts;
  const { class: name, activity }: EventMeaning = eventKinds[kind];
  const { uid, category, name: className } = ocsfClasses[name];
  const [activityId, activityName] = activity;
  const { status_id: status } = rest;
  return {
    ...{ time, message, class_uid: uid, class_name: className, category_uid: category },
    ...{ activity_id: activityId, activity_name: activityName, type_uid: uid * 100 + activityId },
    severity_id: rateSeverity(name, rest),
    ...(status === 0 || status === 1 || status === 2 ? { status: statuses[status] } : {}),
    ...rest,
    metadata: {
      uid: computeUid([kind, source.stack, ...identity]),
      event_code: kind,
      version: ocsfVersion,
      product: { name: 'Dormant', vendor_name: 'Dormant', version: source.version },
      tenant_uid: source.tenantId,
      ...(run === undefined ? {} : { correlation_uid: run }),
      profiles: ['cloud'],
    },
    cloud: { provider: 'Microsoft 365', account: { uid: source.tenantId, type_id: 17 } },
    unmapped: { stack: source.stack, ...unmapped },
  };
}

/** What failed, or nobody knows of, is for somebody to look at. A proposal is what somebody reviews. */
function rateSeverity(
  name: EventMeaning['class'],
  { status_id: status, status_detail: detail }: Pick<EventParts, 'status_id' | 'status_detail'>,
): number {
  if (status === 0 || status === 2) return 3;
  return name === 'iam_analysis_finding' || detail !== undefined ? 2 : 1;
}

/** Half of a SHA-256: enough to tell events apart. */
function computeUid(identity: EventParts['identity']): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}

/** Of a file that names an account only by its id: the rest is left out. */
export function toEventUser({ id, userPrincipalName, displayName, mail }: NamedAccount): EventUser {
  return {
    uid: id,
    ...(userPrincipalName ? { name: userPrincipalName } : {}),
    ...(displayName ? { full_name: displayName } : {}),
    ...(mail ? { email_addr: mail } : {}),
    type_id: 1,
  };
}

interface NamedAccount {
  id: string;
  userPrincipalName?: string;
  displayName?: string;
  mail?: string | null;
}

export function nameAccount({ id, userPrincipalName }: NamedAccount): string {
  return userPrincipalName ?? id;
}

/** A day's beginning in UTC, in milliseconds. */
export function toTime(day: string): number {
  return Date.parse(day);
}
