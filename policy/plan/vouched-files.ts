// What main's own files count for: as they are where an audit has signed them, otherwise what stood before. Pure.
import type { Day } from '../evidence.ts';
import { collectIds } from '../files/stack-files.ts';
import { getStageOrder, isAskedToShare, isOwnConversion, listConvertedMailboxes } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { type AccountPast, noPast, readAccountPast, type SigningContext } from '../signing/account-past.ts';
import { type JudgedFile, judgeFiles } from '../signing/judge-files.ts';
import { findVouching } from '../signing/judge-version.ts';
import { type FileVersion, groupVersions, type MainLine } from '../signing/main-line.ts';
import type { ArchivedFile, InForceFile, TrackedFile } from './input.ts';

/** Main's line with the day of each place. */
export interface DatedLine extends MainLine {
  days: ReadonlyMap<number, Day>;
}

/** Each as it counts. Who has nothing that ever stood gets the basis `unknown`: only the state may know more. */
export function vouchForFiles(files: readonly InForceFile[], line: DatedLine, context: SigningContext): InForceFile[] {
  const byPath = Map.groupBy(line.versions, ({ path }) => path);
  const vouched = judgeTracked(files, line, context).map(({ tracked, judged }): InForceFile => {
    if (isStanding(judged)) return { ...tracked, since: findStart(tracked, byPath.get(tracked.path) ?? [], context) };
    const unsigned = { because: describeProblem(judged), stage: tracked.file.stage };
    const { standing } = judged.past;
    if (standing === null) return { ...tracked, unsigned: { ...unsigned, basis: 'unknown' } };
    return { ...tracked, file: standing, unsigned: { ...unsigned, basis: 'standing' } };
  });
  const replaced = vouched.filter(({ unsigned }) => unsigned?.basis === 'standing');
  const groups = groupVersions(line.versions, collectIds(replaced.map(({ file }) => file)));
  return vouched.map((tracked) => {
    if (tracked.unsigned?.basis !== 'standing') return tracked;
    const versions = groups.get(foldId(tracked.file.account.id)) ?? [];
    return { ...tracked, since: findStandingStart(tracked.file, { versions, line }, context) };
  });
}

/** The same for the archive, where nothing is read from today. */
export function vouchForArchive(
  files: readonly TrackedFile[],
  line: MainLine,
  context: SigningContext,
): ArchivedFile[] {
  return judgeTracked(files, line, context).map(({ tracked, judged }) => {
    if (isStanding(judged)) return tracked;
    const { standing } = judged.past;
    return standing === null ? { ...tracked, isUnsigned: true } : { ...tracked, file: standing };
  });
}

/** Of these accounts, those whose mailbox this pipeline has made shared by a file that stood. `files`: as they count. */
export function selectOwnMailboxes(
  suspects: ReadonlySet<IdKey>,
  files: readonly (InForceFile | ArchivedFile)[],
  { line, context }: { line: MainLine; context: SigningContext },
): Set<IdKey> {
  const own = listConvertedMailboxes(files.filter(hasSignedFacts).map(({ file }) => file));
  for (const { file, ...tracked } of files) {
    const basis = 'unsigned' in tracked ? tracked.unsigned?.basis : undefined;
    if (typeof basis === 'object' && basis.reached.mailbox === 'shared' && basis.restore.mailbox === 'user')
      own.add(foldId(file.account.id));
  }
  const open = new Set([...suspects].filter((id) => !own.has(id)));
  for (const [id, versions] of groupVersions(line.versions, open)) {
    const { lastTaken } = readAccountPast(id, versions, context);
    if (lastTaken !== null && isOwnConversion(lastTaken.restore, { isAsked: isAskedToShare(lastTaken), isBegun: true }))
      own.add(id);
  }
  return own;
}

/** Whether `file` is what an audit has signed. */
export function hasSignedFacts(tracked: InForceFile | ArchivedFile): boolean {
  if ('isUnsigned' in tracked && tracked.isUnsigned) return false;
  return !('unsigned' in tracked) || tracked.unsigned === undefined || tracked.unsigned.basis === 'standing';
}

function judgeTracked<Tracked extends TrackedFile>(
  files: readonly Tracked[],
  { versions }: MainLine,
  context: SigningContext,
): { tracked: Tracked; judged: JudgedFile }[] {
  const written = files.map(({ path, text, file }) => ({ path, text, value: file }));
  const judged = judgeFiles({ files: written, versions }, context);
  return files.flatMap((tracked, index) => {
    const found = judged[index];
    return found === undefined ? [] : [{ tracked, judged: found }];
  });
}

/** Outside of the walk a file may have been refused when it came, and ask for nothing now that it is there. */
function isStanding(judged: JudgedFile): boolean {
  if (judged.facts === null || judged.problems.length > 0) return false;
  if (getStageOrder(judged.file.stage) >= 0) return true;
  const { standing, onMain } = judged.past;
  return standing !== null && onMain?.path === judged.path && onMain.file === standing;
}

function describeProblem({ problems }: JudgedFile): string {
  return problems[0]?.message ?? 'it came back on a signature that main had before';
}

/**
 * The later of the merge's day and that of the audit which proposed the stage: whoever pushes chooses the days of commits.
 * Within a stage evidence only gets newer, so most files need no look at their past.
 */
function findStart({ file, since }: InForceFile, versions: readonly FileVersion[], context: SigningContext): Day {
  if (file.evidence.auditedOn <= since) return since;
  let entered: { file: AccountFile; at: number } | null = null;
  for (const { text, at } of versions.toReversed()) {
    const version = text === null ? null : context.read(text);
    if (version?.stage !== file.stage) break;
    entered = { file: version, at };
  }
  return entered === null ? since : selectLater(since, findAuditDay(entered.file, entered.at, context));
}

interface StandingVersions {
  versions: readonly FileVersion[];
  line: DatedLine;
}

/** When the account came to the stage in which it stands. */
function findStandingStart(standing: AccountFile, { versions, line }: StandingVersions, context: SigningContext): Day {
  const id = foldId(standing.account.id);
  const places = [...new Set(versions.map(({ at }) => at))].toReversed();
  let start: { past: AccountPast; at: number } = { past: noPast, at: 0 };
  for (const at of places) {
    const past = readAccountPast(
      id,
      versions.filter((version) => version.at <= at),
      context,
    );
    if (past.standing?.stage !== standing.stage) break;
    start = { past, at };
  }
  const { past, at } = start;
  return selectLater(line.days.get(at) ?? '', past.standing && findAuditDay(past.standing, at, context));
}

/** null: no audit has signed it, so its day counts for nothing. */
function findAuditDay(file: AccountFile, at: number, context: SigningContext): Day | null {
  const facts = findVouching(file, { ...noPast, at }, context);
  return facts === null ? null : file.evidence.auditedOn;
}

function selectLater(day: Day, other: Day | null): Day {
  return other !== null && other > day ? other : day;
}
