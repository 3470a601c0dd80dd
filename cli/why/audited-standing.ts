// What the last audit on this machine says of one account: its evidence, and its place in the plan. audit.json is read line by
// line, because that of a large tenant does not fit into one string.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ListedAccount } from '../../policy/edit/include-account.ts';
import type { Day } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { Move, OverLimitAccount, SetBackAccount, UnmovedAccount } from '../../policy/plan/move.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { Standing } from './standing.ts';

/** Where its proposal leaves the account. As audit.json has it: without what the judgement follows from prices. */
export type AuditedPlace =
  | { kind: 'moves'; entry: Pick<Move, 'path' | 'from' | 'to' | 'because'> }
  | { kind: 'stays'; entry: Pick<UnmovedAccount, 'stage' | 'movesOn' | 'because'> }
  | { kind: 'waits'; entry: Pick<OverLimitAccount, 'limit'> }
  | { kind: 'set-back'; entry: Pick<SetBackAccount, 'on' | 'from' | 'until'> }
  | { kind: 'declined'; entry: unknown };

export interface AuditedStanding {
  auditedOn: Day;
  /** Its evidence, of an inactive member or a guest; null: the audit lists neither. */
  listed: Pick<ListedAccount, 'evidence' | 'judgement'> | null;
  /** null: it is in no plan. */
  place: AuditedPlace | null;
}

/** What is overtaken is left out: main has moved the account since, whatever the audit found. */
export function selectCurrentPlace(
  { auditedOn, place: audited }: AuditedStanding,
  { place, since }: Pick<Standing, 'place' | 'since'>,
): AuditedPlace | null {
  if (audited === null || place === null) return audited;
  const before = audited.kind === 'moves' ? audited.entry.from : audited.kind === 'stays' ? audited.entry.stage : null;
  const stage = place === 'taken-out' || place === 'not-in-plan' ? null : place;
  return before === stage && (since === null || auditedOn >= since) ? audited : null;
}

/** null: there is no audit.json, or it ends early. */
export async function readAuditedStanding(path: string, id: IdKey): Promise<AuditedStanding | null> {
  let auditedOn: Day | null = null;
  let list = '';
  const found: Omit<AuditedStanding, 'auditedOn'> = { listed: null, place: null };
  for await (const line of readLines(path)) {
    const [, key, opened] = /^"(\w+)": (.*)$/.exec(line) ?? [];
    if (key !== undefined) list = key;
    if (key === 'auditedOn') auditedOn ??= /^"([\d-]{10})"/.exec(opened ?? '')?.[1] ?? null;
    if (!line.startsWith('{') || !line.toLowerCase().includes(id)) continue;
    // Written by report/json.ts, of the types that are named there.
    noteEntry(found, list, JSON.parse(line.replace(/,$/, '')), id);
  }
  return auditedOn === null ? null : { auditedOn, ...found };
}

/** Of an audit.json that is not there: nothing. */
async function* readLines(path: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** What the lists have in common: the account is found by its evidence or by its file. */
interface AuditEntry {
  evidence?: ListedAccount['evidence'];
  judgement?: ListedAccount['judgement'];
  judged?: Pick<ListedAccount, 'evidence'> | null;
  file?: Pick<AccountFile, 'account'>;
}

function noteEntry(found: Omit<AuditedStanding, 'auditedOn'>, list: string, entry: AuditEntry, id: IdKey): void {
  const { evidence = entry.judged?.evidence, judgement, file } = entry;
  const of = file?.account.id ?? evidence?.id;
  if (of === undefined || foldId(of) !== id) return;
  const isListed = list === 'inactive' || list === 'guests';
  if (isListed && evidence !== undefined && judgement !== undefined) found.listed = { evidence, judgement };
  const kind = placeKinds[list];
  if (kind === 'moves') found.place = { kind, entry } as AuditedPlace;
  else if (kind !== undefined) found.place ??= { kind, entry } as AuditedPlace;
}

/** By the name of its list in the plan. */
const placeKinds: Readonly<Record<string, AuditedPlace['kind']>> = {
  moves: 'moves',
  held: 'stays',
  waiting: 'waits',
  setBack: 'set-back',
  declined: 'declined',
};
