// Events from apply.json: what an apply did not do, and what it did by the engine's plugin for Entra, which apply.jsonl does not have.
import Type, { type Static } from 'typebox';
import { DaySchema, nullable } from '../../policy/schemas/parts.ts';
import { buildQuarantineName } from '../../stacks/on-premises/resolve-quarantine.ts';
import { buildEvent, type EventParts, type EventSource, nameAccount, toEventUser, toTime } from './build-event.ts';
import type { SecurityEvent } from './event-schema.ts';

const Refusals = Type.Array(Type.Object({ code: Type.String(), because: Type.String() }));
const Account = Type.Object({ id: Type.String(), userPrincipalName: Type.String(), displayName: Type.String() });

/** What events are made of, as stacks/record/apply-record.ts writes it. */
export const ApplyDocument = Type.Object({
  stack: Type.String(),
  appliedOn: DaySchema,
  /** Absent: written before the record had them. */
  at: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T' })),
  run: Type.Optional(Type.String()),
  commit: Type.Optional(nullable(Type.String())),
  /** Why it ended early; absent: it did not. */
  stopped: Type.Optional(Type.String()),
  limited: nullable(Type.String()),
  stop: nullable(Type.Object({ kind: Type.String(), because: Type.String() })),
  accounts: Type.Array(
    Type.Object({
      account: Account,
      stage: Type.String(),
      refused: Refusals,
      failure: nullable(Type.Object({ code: Type.String(), message: Type.String() })),
    }),
  ),
  refusedFiles: Type.Optional(
    Type.Array(Type.Object({ account: Type.String(), stage: Type.String(), refused: Refusals })),
  ),
  unsent: Type.Array(Type.String()),
  quarantine: nullable(
    Type.Object({
      mode: nullable(Type.Enum(['report-only', 'enforced'])),
      holds: Type.Array(Type.String()),
      releases: Type.Array(Type.String()),
      failures: Type.Array(Type.String()),
      strangers: Type.Array(Account),
    }),
  ),
});
export type ApplyDocument = Static<typeof ApplyDocument>;

export function buildOutcomeEvents(document: ApplyDocument, source: EventSource): SecurityEvent[] {
  return [
    ...listHeld(document),
    ...listQuarantined(document, source),
    ...document.accounts.flatMap(({ account, stage, refused }) =>
      refused.map((refusal) => describeRefusal({ account, stage, refusal }, document, source)),
    ),
    ...(document.refusedFiles ?? []).flatMap(({ account: id, stage, refused }) =>
      refused.map((refusal) => describeRefusal({ account: { id }, stage, refusal }, document, source)),
    ),
    ...listFailures(document, source),
  ].map((parts) => buildEvent(source, parts));
}

/** The record's time is that of its writing, after the last request. */
function describeRun({ at, appliedOn, run, commit }: ApplyDocument) {
  return {
    run,
    time: at === undefined ? toTime(appliedOn) : Date.parse(at),
    unmapped: { day: appliedOn, ...(commit == null ? {} : { commit }) },
    /** Of an older record only the day is known. */
    key: [run ?? '', at ?? appliedOn],
  };
}

function listHeld(document: ApplyDocument): EventParts[] {
  const { key, ...about } = describeRun(document);
  const { limited, stop, stopped, quarantine, unsent } = document;
  const held: readonly (readonly [code: string, because: string])[] = [
    ...(limited === null ? [] : [['over-limit', limited] as const]),
    ...(stop === null ? [] : [[stop.kind, stop.because] as const]),
    ...(stopped === undefined ? [] : [['stopped', stopped] as const]),
    ...(quarantine?.failures ?? []).map((because) => ['quarantine', because] as const),
    ...unsent.map((because) => ['mail-unsent', because] as const),
  ];
  return held.map(([code, because]) => ({
    ...about,
    kind: 'run-held',
    identity: [...key, code, because],
    message: 'The apply held something back.',
    ...{ status_id: 2, status_code: code, status_detail: because },
  }));
}

function describeRefusal(
  {
    account,
    stage,
    refusal,
  }: {
    account: { id: string; userPrincipalName?: string; displayName?: string };
    stage: string;
    refusal: { code: string; because: string };
  },
  document: ApplyDocument,
  { applyClientId }: EventSource,
): EventParts {
  const { key, ...about } = describeRun(document);
  const { code, because } = refusal;
  return {
    ...about,
    kind: 'refused',
    identity: [...key, account.id, code, because],
    message: `${nameAccount(account)} was left alone: ${because}.`,
    ...{ status_id: 2, status_code: code, status_detail: because },
    actor: { app_name: 'dormant apply', app_uid: applyClientId },
    user: toEventUser(account),
    unmapped: { ...about.unmapped, stage },
  };
}

function listFailures(document: ApplyDocument, { applyClientId }: EventSource): EventParts[] {
  const { key, ...about } = describeRun(document);
  return document.accounts.flatMap(({ account, stage, failure }) => {
    if (failure === null) return [];
    const { code, message } = failure;
    return {
      ...about,
      kind: 'failed' as const,
      identity: [...key, account.id, code, message],
      message: `${nameAccount(account)} is not finished: ${message}`,
      ...{ status_id: 2, status_code: code, status_detail: message },
      actor: { app_name: 'dormant apply' as const, app_uid: applyClientId },
      user: toEventUser(account),
      unmapped: { ...about.unmapped, stage },
    };
  });
}

function listQuarantined(document: ApplyDocument, { stack, applyClientId }: EventSource): EventParts[] {
  const { quarantine, accounts } = document;
  if (quarantine === null) return [];
  const { key, ...about } = describeRun(document);
  const { mode, holds, releases, strangers } = quarantine;
  const known = new Map([...strangers, ...accounts.map(({ account }) => account)].map((each) => [each.id, each]));
  const build = (id: string, kind: 'quarantine-joined' | 'quarantine-left'): EventParts => ({
    ...about,
    kind,
    identity: [...key, id, mode],
    message: `${nameAccount(known.get(id) ?? { id })}: ${kind}`,
    status_id: 1,
    actor: { app_name: 'dormant apply', app_uid: applyClientId },
    user: toEventUser(known.get(id) ?? { id }),
    group: { name: buildQuarantineName(stack) },
    unmapped: { ...about.unmapped, ...(mode === null ? {} : { quarantine: mode }) },
  });
  return [...holds.map((id) => build(id, 'quarantine-joined')), ...releases.map((id) => build(id, 'quarantine-left'))];
}
