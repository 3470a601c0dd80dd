// Events from audit.json: the audit itself with its counts, and each move that it proposes.
import Type, { type Static } from 'typebox';
import { foldId } from '../../policy/identifiers.ts';
import { DaySchema, nullable } from '../../policy/schemas/parts.ts';
import { buildEvent, type EventSource, nameAccount, toEventUser, toTime } from './build-event.ts';
import type { SecurityEvent } from './event-schema.ts';

const access = Type.Enum(['read', 'unlicensed', 'unavailable']);

/** The parts of audit.json that the audit's own event is made of, as audit/report/json.ts writes them. */
export const AuditHead = Type.Object({
  stack: Type.String(),
  auditedOn: DaySchema,
  counts: Type.Object({
    accounts: Type.Integer(),
    enabledMembers: Type.Integer(),
    guests: Type.Integer(),
    verdicts: Type.Record(Type.String(), Type.Integer()),
  }),
  quality: Type.Object({
    signIns: Type.Enum(['read', 'unavailable']),
    roleEligibility: access,
    groupEligibility: access,
    restrictedUnits: access,
  }),
  /** SHA-256 of what was read, by name. */
  inputs: Type.Record(Type.String(), Type.String()),
});
export type AuditHead = Static<typeof AuditHead>;

const day = nullable(DaySchema);

/** One of `plan.moves`. */
export const AuditedMove = Type.Object({
  from: nullable(Type.String()),
  to: nullable(Type.String()),
  reason: Type.String(),
  because: Type.String(),
  file: Type.Object({
    account: Type.Object({ id: Type.String(), userPrincipalName: Type.String(), displayName: Type.String() }),
    evidence: Type.Object({
      lastActivity: Type.Object({
        exchange: day,
        oneDrive: day,
        sharePoint: day,
        teams: day,
        yammer: Type.Optional(day),
        signIn: day,
      }),
    }),
  }),
  judged: nullable(Type.Object({ evidence: Type.Object({ mail: nullable(Type.String()) }) })),
});
export type AuditedMove = Static<typeof AuditedMove>;

/** `proposals`: how many moves there are. */
export function buildAuditEvent(head: AuditHead, proposals: number, source: EventSource): SecurityEvent {
  const { auditedOn, counts, inputs } = head;
  const { accounts, enabledMembers, guests, verdicts } = counts;
  const unread = listUnread(head);
  return buildEvent(source, {
    kind: 'audited',
    identity: [auditedOn, JSON.stringify([counts, inputs, unread, proposals])],
    time: toTime(auditedOn),
    message: `An audit saw ${accounts} accounts and proposes ${proposals} moves.`,
    status_id: 1,
    ...(unread.length === 0 ? {} : { status_detail: `Not read: ${unread.join(', ')}.` }),
    scan: { name: 'dormant audit', type: 'Audit of inactive accounts', type_id: 99 },
    total: accounts,
    num_detections: verdicts.inactive ?? 0,
    unmapped: { day: auditedOn, proposals, unread, counts: { accounts, enabledMembers, guests, ...verdicts } },
  });
}

/** What there is and may not be read; without its licence there is nothing to read. */
function listUnread({ quality }: AuditHead): string[] {
  return Object.entries(quality).flatMap(([name, found]) => (found === 'unavailable' ? [name] : []));
}

export function buildProposalEvent(move: AuditedMove, auditedOn: string, source: EventSource): SecurityEvent {
  const { from, to, reason, because, file, judged } = move;
  const { account, evidence } = file;
  const { lastActivity } = evidence;
  const last = Object.values(lastActivity).reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b), null);
  const isOut = to === null || to === 'archive';
  return buildEvent(source, {
    kind: isOut ? 'proposed-out' : from === null ? 'proposed' : 'proposed-on',
    identity: [auditedOn, account.id, from, to, reason, because],
    time: toTime(auditedOn),
    message: `${nameAccount(account)}: ${from ?? 'not in the plan'} to ${to ?? 'not in the plan'}, ${because}.`,
    user: toEventUser({ ...account, mail: judged?.evidence.mail ?? null }),
    finding_info: {
      uid: `dormant/${source.stack}/${foldId(account.id)}`,
      title: `inactive account: ${to ?? 'leaves the plan'}`,
      desc: because,
      types: ['inactive-account'],
    },
    identity_activity_metrics: {
      ...(last === null ? {} : { last_seen_time: toTime(last) }),
      ...(lastActivity.signIn === null ? {} : { last_authentication_time: toTime(lastActivity.signIn) }),
    },
    unmapped: {
      day: auditedOn,
      reason,
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
    },
  });
}
