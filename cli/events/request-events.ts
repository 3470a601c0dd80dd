// Events from apply.jsonl: each request that was to change something, once, with what became of it, and each run.
import type { LogLine, StepEntry } from '../../stacks/record/apply-log.ts';
import { buildEvent, type EventParts, type EventSource, nameAccount, toEventUser } from './build-event.ts';
import type { EventKind } from './event-kinds.ts';
import type { SecurityEvent } from './event-schema.ts';

type RequestLine = Extract<LogLine, StepEntry>;
type RunLine = Exclude<LogLine, RequestLine>;

/** In the order in which they were answered; what got no answer comes last. */
export function buildRunEvents(lines: Iterable<LogLine>, source: EventSource): SecurityEvent[] {
  const events: SecurityEvent[] = [];
  const open = new Map<string, RequestLine[]>();
  for (const line of lines) {
    if (!('step' in line)) events.push(buildEvent(source, describeRun(line)));
    else if (line.what === 'asked') open.set(getKey(line), [...(open.get(getKey(line)) ?? []), line]);
    // What was asked last is answered first: one before it that has no answer was of a run that died.
    else events.push(buildEvent(source, describeRequest(line, open.get(getKey(line))?.pop() ?? null, source)));
  }
  const unanswered = [...open.values()].flat();
  return [...events, ...unanswered.map((line) => buildEvent(source, describeRequest(line, line, source)))];
}

function getKey({ run, step, account, group, notice, to }: RequestLine): string {
  return JSON.stringify([run, step, account?.id, group, notice, to]);
}

function describeRun({ at, run, commit, what, day, how }: RunLine): EventParts {
  const hasFailed = what === 'ended' && how !== 'done';
  return {
    kind: what === 'begun' ? 'run-begun' : 'run-ended',
    identity: [run, at],
    run,
    time: Date.parse(at),
    message: what === 'begun' ? 'An apply has begun.' : `An apply has ended${hasFailed ? ' early' : ''}.`,
    status_id: hasFailed ? 2 : 1,
    ...(hasFailed && how ? { status_detail: how } : {}),
    app: { name: 'dormant apply', vendor_name: 'Dormant' },
    unmapped: { ...(commit === null ? {} : { commit }), ...(day === undefined ? {} : { day }) },
  };
}

const statusIds = { asked: 0, done: 1, failed: 2 } as const;

/** `asked` null: the line that announced it was cut off. Of one without an answer both are the same line. */
function describeRequest(line: RequestLine, asked: RequestLine | null, source: EventSource): EventParts {
  const { at, run, commit, what, step, account, receipt, because } = line;
  const { kind, operation, service, part } = requests[step](line, source);
  const batchItem = receipt?.batch?.item;
  return {
    kind,
    identity: [run, asked?.at ?? at, step, account?.id, line.group, line.notice, line.to, what, receipt?.requestId],
    run,
    time: Date.parse(receipt?.at ?? at),
    message: describeLine(line),
    status_id: statusIds[what],
    ...(because ? { status_detail: because } : {}),
    ...(asked === null ? {} : { start_time: Date.parse(asked.at) }),
    api: {
      operation,
      service: { name: service },
      ...(receipt?.requestId ? { request: { uid: receipt.requestId } } : {}),
    },
    ...part,
    unmapped: {
      ...(commit === null ? {} : { commit }),
      ...(receipt?.clientRequestId ? { client_request_id: receipt.clientRequestId } : {}),
      ...(batchItem === undefined ? {} : { batch_item: batchItem }),
      ...part.unmapped,
    },
  };
}

const outcomes = { asked: 'no answer came', done: 'done', failed: 'failed' } as const;

function describeLine({ what, step, account, to, group }: RequestLine): string {
  const whom = account === null ? (to ?? 'nobody') : nameAccount(account);
  return `${step}, ${whom}${group === undefined ? '' : `, ${group}`}: ${outcomes[what]}`;
}

interface RequestMeaning {
  kind: EventKind;
  /** As docs/reference/requests.md has it. */
  operation: string;
  service: 'Microsoft Graph' | 'Exchange Online';
  /** What the class asks for. */
  part: Partial<EventParts>;
}

/** Of each step of an apply; a new one without an event does not compile. */
const requests: Record<StepEntry['step'], (line: RequestLine, source: EventSource) => RequestMeaning> = {
  'sign-in-blocked': (line, source) => mapAccountRequest('sign-in-blocked', 'PATCH /users/{id}', line, source),
  'sign-in-allowed': (line, source) => mapAccountRequest('sign-in-allowed', 'PATCH /users/{id}', line, source),
  'sessions-revoked': (line, source) =>
    mapAccountRequest('sessions-revoked', 'POST /users/{id}/revokeSignInSessions', line, source),
  'licenses-changed': (line, source) => {
    const { removed = [], given = [] } = line;
    const about = mapAccountRequest(nameLicenseKind(line), 'POST /users/{id}/assignLicense', line, source);
    const part = { ...about.part, privileges: [...removed, ...given], unmapped: { removed, given } };
    return { ...about, part };
  },
  'group-left': (line, source) => mapGroupRequest('group-left', 'DELETE /groups/{id}/members/{id}/$ref', line, source),
  'group-joined': (line, source) => mapGroupRequest('group-joined', 'POST /groups/{id}/members/$ref', line, source),
  'mailbox-shared': (line, source) => mapMailboxRequest('mailbox-shared', 'shared', line, source),
  'mailbox-regular': (line, source) => mapMailboxRequest('mailbox-regular', 'regular', line, source),
  'mail-sent': ({ to = '', subject, notice }, { sender }) => ({
    kind: 'mail-sent',
    operation: 'POST /users/{id}/sendMail',
    service: 'Microsoft Graph',
    part: {
      direction_id: 0,
      email: { from: sender, to: to.split(', ').filter(Boolean), ...(subject ? { subject } : {}) },
      unmapped: notice ? { notice } : {},
    },
  }),
};

function nameLicenseKind({ removed = [], given = [] }: RequestLine) {
  if (removed.length > 0 && given.length === 0) return 'licenses-removed';
  return given.length > 0 && removed.length === 0 ? 'licenses-given' : 'licenses-exchanged';
}

function mapAccountRequest(
  kind: EventKind,
  operation: string,
  { account }: RequestLine,
  source: EventSource,
): RequestMeaning {
  const actor = { app_name: 'dormant apply', app_uid: source.applyClientId } as const;
  const user = toEventUser(account ?? { id: 'unknown' });
  return { kind, operation, service: 'Microsoft Graph', part: { actor, user } };
}

function mapGroupRequest(kind: EventKind, operation: string, line: RequestLine, source: EventSource): RequestMeaning {
  const about = mapAccountRequest(kind, operation, line, source);
  return { ...about, part: { ...about.part, group: { name: line.group ?? 'unknown' } } };
}

function mapMailboxRequest(
  kind: EventKind,
  mailbox: 'shared' | 'regular',
  line: RequestLine,
  source: EventSource,
): RequestMeaning {
  const { user: owner, ...part } = mapAccountRequest(kind, '', line, source).part;
  const user = owner ?? toEventUser({ id: 'unknown' });
  const entity = { uid: user.uid, name: user.name ?? user.uid, type: 'Mailbox', type_id: 99, user } as const;
  return {
    kind,
    operation: 'POST /adminapi/beta/{tenant}/InvokeCommand Set-Mailbox',
    service: 'Exchange Online',
    part: { ...part, entity, unmapped: { mailbox } },
  };
}
