// All events of a stack, by what its audit and its applies have left in out/<stack>/, in the order of time.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Static, TSchema } from 'typebox';
import { getOutFolder } from '../../audit/out-folder.ts';
import { isFields } from '../../graph/json-fields.ts';
import { DormantError } from '../../policy/errors.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { isLogLine, type LogLine } from '../../stacks/record/apply-log.ts';
import { type AuditEntry, readAuditEntries } from '../audit/audit-entries.ts';
import { readLines } from '../audit/read-lines.ts';
import { listEntries } from '../list-entries.ts';
import { AuditedMove, AuditHead, buildAuditEvent, buildProposalEvent } from './audit-events.ts';
import type { EventSource } from './build-event.ts';
import type { SecurityEvent } from './event-schema.ts';
import { ApplyDocument, buildOutcomeEvents } from './outcome-events.ts';
import { buildRunEvents } from './request-events.ts';
import { parseLine, type TellUnread, tellForeign } from './unread-lines.ts';

/**
 * What applies did is held in memory, as much as they did; what the audit proposes is read one account after the other. An event
 * that several files have comes once. Throws `no-events` before the first one.
 */
export async function* listEvents(repo: string, source: EventSource, tell: TellUnread): AsyncGenerator<SecurityEvent> {
  const folder = getOutFolder(repo, source.stack);
  await requireRecords(folder, source.stack);
  const applied = await listApplied(folder, source, tell);
  let at = 0;
  for await (const event of readAudit(folder, source, tell)) {
    for (; (applied[at]?.time ?? Number.POSITIVE_INFINITY) < event.time; at += 1) yield* applied.slice(at, at + 1);
    yield event;
  }
  yield* applied.slice(at);
}

const auditName = 'audit.json';
const logName = 'apply.jsonl';
const recordName = 'apply.json';

async function requireRecords(folder: string, stack: string): Promise<void> {
  const runs = (await listEntries(join(folder, 'runs'))).flatMap((run) =>
    [logName, recordName].map((name) => join('runs', run, name)),
  );
  const found = await Promise.all(
    [auditName, logName, recordName, ...runs].map((name) => stat(join(folder, name)).catch(() => null)),
  );
  if (found.some((file) => file !== null)) return;
  throw new DormantError('no-events', `No audit and no apply of ${stack} has left anything on this machine.`, {
    exitCode: 2,
    where: folder,
    remedy: `Run \`dormant audit ${stack}\` or \`dormant apply ${stack}\`, or fetch an artifact: \`gh run download <run> --name apply-${stack} --dir out/${stack}\`.`,
  });
}

async function listApplied(folder: string, source: EventSource, tell: TellUnread): Promise<SecurityEvent[]> {
  const runs = (await listEntries(join(folder, 'runs'))).sort().map((run) => `runs/${run}/`);
  const events = new Map<string, SecurityEvent>();
  for (const below of ['', ...runs]) {
    const log = await readLog(folder, `${below}${logName}`, { source, tell });
    const outcome = await readOutcome(folder, `${below}${recordName}`, { source, tell });
    for (const event of [...buildRunEvents(log, source), ...outcome])
      if (!events.has(event.metadata.uid)) events.set(event.metadata.uid, event);
  }
  return [...events.values()].sort((a, b) => a.time - b.time);
}

interface Reading {
  source: EventSource;
  tell: TellUnread;
}

async function readLog(folder: string, file: string, { source, tell }: Reading): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const { line, text } of readLines(join(folder, file))) {
    const value = parseLine(text, { file, line }, tell);
    if (value === null) continue;
    if (isLogLine(value) && value.stack === source.stack && isDated(value)) lines.push(value);
    else tellForeign({ file, line }, tell);
  }
  return lines;
}

function isDated({ at, ...line }: LogLine): boolean {
  const answeredAt = 'receipt' in line ? line.receipt?.at : undefined;
  return [at, answeredAt ?? at].every((instant) => !Number.isNaN(Date.parse(instant)));
}

async function readOutcome(folder: string, file: string, { source, tell }: Reading): Promise<SecurityEvent[]> {
  const texts: string[] = [];
  for await (const { text } of readLines(join(folder, file))) texts.push(text);
  if (texts.length === 0) return [];
  const place = { file, line: 1 };
  const value = parseLine(texts.join('\n'), place, tell);
  if (value === null) return [];
  if (fits(ApplyDocument, value) && value.stack === source.stack) return buildOutcomeEvents(value, source);
  tellForeign(place, tell);
  return [];
}

const headKeys: ReadonlySet<string> = new Set(Object.keys(AuditHead.properties));

/** Twice over the file: its head stands before and behind what it proposes. */
async function* readAudit(folder: string, source: EventSource, tell: TellUnread): AsyncGenerator<SecurityEvent> {
  const path = join(folder, auditName);
  const head: Record<string, unknown> = {};
  let proposals = 0;
  let lines = 0;
  for await (const entry of readAuditEntries(path)) {
    lines = entry.line;
    if (isMove(entry)) proposals += 1;
    else if (headKeys.has(entry.keys[0] ?? ''))
      place(head, entry.keys, parseLine(entry.text, { file: auditName, line: entry.line }, tell));
  }
  if (lines === 0) return;
  if (!fits(AuditHead, head) || head.stack !== source.stack) {
    tellForeign({ file: auditName, line: lines }, tell);
    return;
  }
  yield buildAuditEvent(head, proposals, source);
  for await (const entry of readAuditEntries(path)) {
    if (!isMove(entry)) continue;
    const { line } = entry;
    const move = parseLine(entry.text, { file: auditName, line }, tell);
    if (fits(AuditedMove, move)) yield buildProposalEvent(move, head.auditedOn, source);
    else if (move !== null) tellForeign({ file: auditName, line }, tell);
  }
}

/** An empty list is on the line of its key. */
function isMove({ keys: [part, list, ...deeper], text }: AuditEntry): boolean {
  return part === 'plan' && list === 'moves' && deeper.length === 0 && text !== '[]';
}

/** `head` is at most two keys deep here: what is below is one value. */
function place(head: Record<string, unknown>, [key = '', inner]: readonly string[], value: unknown): void {
  if (inner === undefined) head[key] = value;
  else head[key] = { ...(isFields(head[key]) ? head[key] : {}), [inner]: value };
}

function fits<T extends TSchema>(schema: T, value: unknown): value is Static<T> {
  return listSchemaFaults(schema, value).length === 0;
}
