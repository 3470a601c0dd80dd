// Accounts that main took back although no audit had proposed it, such as by `git revert` of a wave: somebody's decision. Told
// by what the versions contain, never by a commit's words. Pure.
import { addDays, type Day } from '../evidence.ts';
import { getStageOrder } from '../files/stage.ts';
import { foldId, type IdKey, type UserId } from '../identifiers.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { FileVersion, MainLine, ReadVersion } from '../signing/main-line.ts';
import { parseSignedLine } from '../signing/signed-line.ts';
import { stageWords } from '../words/labels.ts';
import type { PlanInput } from './input.ts';

/** It is proposed again once `stages.keepDays` have passed, or when `dormant include` asks for it. */
export interface SetBack {
  accountId: UserId;
  on: Day;
  from: Stage;
  /** null: its file was taken out. */
  to: Stage | null;
  /** The change that did it: the file, and the commit's place on main's line. */
  path: string;
  at: number;
}

interface Line extends Pick<MainLine, 'versions'> {
  /** The day of each commit, by its place. */
  days: ReadonlyMap<number, Day>;
}

/** The decisions that nothing on main has ended since. An audit may have taken a file out, too: see `to`. */
export function findSetBack({ versions, days }: Line, read: ReadVersion): SetBack[] {
  const walks = new Map<IdKey, Walk>();
  const owners = new Map<string, IdKey>();
  for (const [at, changes] of Map.groupBy(versions.filter(isAccountVersion), (version) => version.at)) {
    const on = days.get(at) ?? '';
    for (const [id, next] of listNextFiles(changes, owners, read))
      walks.set(id, advance(walks.get(id) ?? unknownAccount, { ...next, on, at }));
  }
  return [...walks.values()].flatMap(({ setBack }) => setBack ?? []);
}

/** Those that still count on the day of the audit, by account. */
export function mapSetBack({ setBack, rules, run }: Pick<PlanInput, 'setBack' | 'rules' | 'run'>): Map<IdKey, SetBack> {
  const counting = setBack.filter((one) => run.auditedOn < computeSetBackEnd(one, rules));
  return new Map(counting.map((one) => [foldId(one.accountId), one]));
}

/** The first day on which it may be proposed again. */
export function computeSetBackEnd({ on }: Pick<SetBack, 'on'>, { policy }: PlanInput['rules']): Day {
  return addDays(on, policy.stages.keepDays);
}

export function describeSetBack({ on, from, to }: Pick<SetBack, 'on' | 'from' | 'to'>): string {
  const what = to === null ? 'taken out of the plan' : `set back to ${stageWords[to].name}`;
  return `${what} from ${stageWords[from].name} on main on ${on}, which no audit had proposed`;
}

function isAccountVersion({ path }: FileVersion): boolean {
  return path.split('/').at(-2) === 'accounts';
}

interface NextFile {
  path: string;
  /** null: the commit took the account's file away. */
  file: AccountFile | null;
}

/** What one commit makes of each account that it is about. A file that cannot be read changes nothing in force. */
function listNextFiles(
  changes: readonly FileVersion[],
  owners: Map<string, IdKey>,
  read: ReadVersion,
): Map<IdKey, NextFile> {
  const next = new Map<IdKey, NextFile>();
  for (const { path, text } of changes) {
    const file = text === null ? null : read(text);
    if (text !== null && file === null) continue;
    const before = owners.get(path);
    if (before !== undefined && !next.has(before)) next.set(before, { path, file: null });
    owners.delete(path);
    if (file === null) continue;
    const id = foldId(file.account.id);
    owners.set(path, id);
    next.set(id, { path, file });
  }
  return next;
}

/** One account as far as the line has been read. */
interface Walk {
  file: AccountFile | null;
  /** An audit had proposed its stage, or one beyond it. */
  isProposed: boolean;
  /** Every line that main has had over its facts. */
  lines: ReadonlySet<string>;
  setBack: SetBack | null;
}

const unknownAccount: Walk = { file: null, isProposed: false, lines: new Set(), setBack: null };

interface Step extends NextFile {
  on: Day;
  at: number;
}

function advance(walk: Walk, { file, path, on, at }: Step): Walk {
  const { file: before, lines } = walk;
  const build = (to: Stage | null): SetBack | null =>
    before === null || !walk.isProposed ? null : { accountId: before.account.id, on, from: before.stage, to, path, at };
  if (file === null) {
    const isOnlyWarned = before?.stage === 'notify' || before?.stage === 'review';
    return { file, isProposed: false, lines, setBack: isOnlyWarned ? build(null) : null };
  }
  const line = parseSignedLine(file.signed);
  const isNew = line !== null && !lines.has(line.signature);
  const furthest = line === null || line.furthest === null ? -1 : getStageOrder(line.furthest);
  const order = getStageOrder(file.stage);
  const known = { file, lines: line === null ? lines : new Set([...lines, line.signature]) };
  const isBack = before !== null && order >= 0 && order < getStageOrder(before.stage);
  if (isBack) return { ...known, isProposed: true, setBack: isNew && furthest === order ? null : build(file.stage) };
  const isSame = before?.stage === file.stage;
  // From before there were signatures a file is taken as it is.
  const isProposed = (isSame && walk.isProposed) || line === null || furthest >= order;
  // A new line beyond the stage is what `dormant include` leaves; a new name or newer facts end nothing.
  return { ...known, isProposed, setBack: isSame && !(isNew && furthest > order) ? walk.setBack : null };
}
