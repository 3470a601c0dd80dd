// What main's own files count for: as they are where an audit has signed them, otherwise what stood before. Pure.
import { getStageOrder, isAskedToShare, isOwnConversion, listConvertedMailboxes } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import { readAccountPast, type SigningContext } from '../signing/account-past.ts';
import { type JudgedFile, judgeFiles } from '../signing/judge-files.ts';
import { groupVersions, type MainLine } from '../signing/main-line.ts';
import type { ArchivedFile, InForceFile, TrackedFile } from './input.ts';

/** Each as it counts. Who has nothing that ever stood gets the basis `unknown`: only the state may know more. */
export function vouchForFiles(files: readonly InForceFile[], line: MainLine, context: SigningContext): InForceFile[] {
  return judgeTracked(files, line, context).map(({ tracked, judged }): InForceFile => {
    const { standing, since } = judged.past;
    if (isStanding(judged)) return { ...tracked, since: since || tracked.since };
    const [problem] = judged.problems;
    const unsigned = {
      code: problem?.code ?? 'signed-before',
      because: problem?.message ?? 'it came back on a signature that main had before',
      stage: tracked.file.stage,
    };
    if (standing === null) return { ...tracked, unsigned: { ...unsigned, basis: 'unknown' } };
    return { ...tracked, file: standing, since, unsigned: { ...unsigned, basis: 'standing' } };
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
