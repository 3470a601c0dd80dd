// A stack's account files in git: those in force and since when, and those that the open proposal changes.
import { readBlobs } from '../../forge/git/blobs.ts';
import { type ProposalBranch, readBranch } from '../../forge/git/branch.ts';
import type { FileHistoryEntry } from '../../forge/git/file-history.ts';
import { createGit } from '../../forge/git/git.ts';
import { DormantError, InvalidInput, type Problem, readOrNull } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { getAccountsFolder, getArchiveFolder, parseAccountFile } from '../../policy/files/account-file.ts';
import { getEscalationsPath } from '../../policy/files/escalations-file.ts';
import { exemptionsPath } from '../../policy/files/stack-files.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import type { InForceFile, ProposedFile, TrackedFile } from '../../policy/plan/input.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import type { LineRules } from '../../policy/signing/line-rules.ts';
import type { FileVersion, MainLine, ReadVersion } from '../../policy/signing/main-line.ts';
import { mergeByMeaning } from '../proposal/merge-by-meaning.ts';
import { findOwnMailboxes } from './own-mailboxes.ts';
import { createPastLicensesFinder, type FindPastLicenses } from './past-licenses.ts';
import type { ReadBlob } from './read-blob.ts';
import { type DatedStack, listYamlFiles, readStackHistory, type StackHistory } from './stack-history.ts';
import { computeTrend, type Trend } from './trend.ts';

interface OpenProposal {
  /** The remote's name in the clone. */
  remote: string;
  /** The branch's name on the remote. */
  branch: string;
  /** Heads of closed pull requests of the same branch. */
  closedHeads?: readonly string[];
}

/** The stack's files on main, archived ones too, and how they developed. */
export interface StackWithArchive extends StackOnMain, VersionFacts {
  /** Files in archive/. */
  archived: TrackedFile[];
  /** Paths in archive/ that cannot be read. */
  unreadable: string[];
  past: Trend;
}

/** The stack's files on main, and every version that main ever had of them. */
interface StackOnMain {
  /** Sorted by path. */
  inForce: InForceFile[];
  /** Path → text, of archive/. */
  archiveTexts: ReadonlyMap<string, string>;
  line: MainLine;
  /** Path → text, of give-back/. */
  giveBackTexts: ReadonlyMap<string, string>;
  /** Every version of the files of give-back/, the oldest first. */
  giveBackVersions: readonly FileVersion[];
  /** What the line says of moves. */
  lineRules: LineRules;
  /** Has read each of them already. */
  read: ReadVersion;
}

/** Facts from every version on main so far, archived accounts included. */
export interface VersionFacts {
  /** Ids of accounts whose mailbox this pipeline has ever made shared. */
  ownMailboxes: ReadonlySet<IdKey>;
  pastLicenses: FindPastLicenses;
}

/**
 * Account files on `ref`, each with the day on which its stage was merged into the first-parent history of `ref`.
 * Reads the history once, whatever the number of files.
 * Throws `shallow-clone`, and `InvalidInput` with the problems of all files.
 */
export async function readStackOnMain(repository: string, ref: string, stack: DatedStack): Promise<StackOnMain> {
  return buildStackOnMain(await readStackHistory(repository, ref, stack));
}

/** The same, with the stack's archive and the facts from every version. */
export async function readStackWithArchive(
  repository: string,
  ref: string,
  stack: DatedStack,
): Promise<StackWithArchive> {
  const history = await readStackHistory(repository, ref, stack);
  const { texts, read, readBlob, changes } = history;
  const archived = [...history.archived].sort().flatMap(([path, blob]) => {
    const file = readBlob(blob);
    return file === null ? [] : [{ path, text: texts.get(blob) ?? '', file }];
  });
  const known = new Set(archived.map(({ path }) => path));
  return {
    ...buildStackOnMain(history),
    archived,
    unreadable: [...history.archived.keys()].filter((path) => !known.has(path)).sort(),
    past: computeTrend(changes, readBlob),
    ownMailboxes: findOwnMailboxes([...texts.values()].flatMap((text) => read(text) ?? [])),
    pastLicenses: createPastLicensesFinder(changes, readBlob),
  };
}

function buildStackOnMain({
  present,
  archived,
  changes,
  texts,
  line,
  giveBacks,
  lineRules,
  read,
  readBlob,
}: StackHistory): StackOnMain {
  const files = parseAccountFiles(present, { texts, read });
  const byPath = Map.groupBy(changes, ({ path }) => path);
  return {
    inForce: files.map((tracked) => ({
      ...tracked,
      since: findStageStart(byPath.get(tracked.path) ?? [], tracked.file.stage, readBlob),
    })),
    archiveTexts: new Map([...archived].map(([path, blob]) => [path, texts.get(blob) ?? ''])),
    line,
    giveBackTexts: findPresentTexts(giveBacks),
    giveBackVersions: giveBacks,
    lineRules,
    read,
  };
}

/** As the last version of each path left them. */
function findPresentTexts(versions: readonly FileVersion[]): Map<string, string> {
  const last = new Map(versions.map(({ path, text }) => [path, text]));
  return new Map([...last].sort().flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])));
}

/** One YAML file of a commit; null: the commit does not have it. */
export async function readCommittedFile(
  repository: string,
  ref: string,
  path: string,
): Promise<{ text: string } | null> {
  const blob = (await listYamlFiles(repository, ref, path)).get(path);
  if (blob === undefined) return null;
  const text = (await readBlobs(repository, [blob])).get(blob);
  if (text === undefined) throw new InvalidInput([createEncodingProblem(path)]);
  return { text };
}

/**
 * The account files, exemptions.yaml and escalations.yaml that the proposal's branch changes against `main` or a person
 * touched, and the files of archive/ that a person touched. A person who set a file back to main's version has made a decision, too.
 */
export async function readProposedFiles(
  repository: string,
  main: string,
  stack: string,
  proposal: OpenProposal,
): Promise<ProposedFile[]> {
  const git = createGit(repository);
  const branch = await readBranch(git, { main, ...proposal });
  if (branch === null) return [];
  const folder = `${getAccountsFolder(stack)}/`;
  const archive = `${getArchiveFolder(stack)}/`;
  const others = [exemptionsPath, getEscalationsPath(stack)];
  const [onMain, onBranch] = await Promise.all([
    listYamlFiles(repository, main, folder, archive, ...others),
    listYamlFiles(repository, branch.head, folder, archive, ...others),
  ]);
  // Of the archive only what people put back: the rest is the plan's.
  const isDecisionFile = (path: string) =>
    others.includes(path) ||
    (path.endsWith('.yaml') &&
      (path.startsWith(folder) || (path.startsWith(archive) && branch.touchedByPeople.has(path))));
  const isProposed = (path: string) => branch.touchedByPeople.has(path) || onBranch.get(path) !== onMain.get(path);
  const paths = [...new Set([...branch.changed.keys(), ...branch.touchedByPeople])]
    .filter((path) => isDecisionFile(path) && isProposed(path))
    .sort();
  const texts = await readBlobs(
    repository,
    paths.flatMap((path) => onBranch.get(path) ?? []),
  );
  // As they will be once main is merged: the plan weighs what people said against what main says now.
  const { files: merged } = await mergeByMeaning(git, branch, { stack, tip: main });
  return paths.map((path) => {
    const blob = onBranch.get(path);
    const own = blob === undefined ? null : { text: texts.get(blob) ?? '' };
    const content = branch.touchedByPeople.has(path) && merged.has(path) ? merged.get(path) : own;
    const text = content && 'text' in content ? content.text : null;
    return buildProposedFile({ path, text, isAccount: path.startsWith(folder) }, branch);
  });
}

function parseAccountFiles(
  present: ReadonlyMap<string, string>,
  { texts, read }: { texts: ReadonlyMap<string, string>; read: ReadVersion },
): TrackedFile[] {
  const problems: Problem[] = [];
  const files = [...present]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, blob]) => {
      const text = texts.get(blob);
      try {
        if (text === undefined) throw new InvalidInput([createEncodingProblem(path)]);
        return [{ path, text, file: read(text) ?? parseAccountFile(path, text) }];
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        problems.push(...error.problems);
        return [];
      }
    });
  if (problems.length > 0) throw new InvalidInput(problems);
  return files;
}

/** The day on which the file entered its stage; edits within the stage do not count. */
function findStageStart(changes: readonly FileHistoryEntry[], stage: Stage, read: ReadBlob): Day {
  const entered = changes.find(({ before }) => read(before)?.stage !== stage);
  const day = (entered ?? changes.at(-1))?.day;
  if (day !== undefined) return day;
  throw new DormantError('git', 'An account file is in the commit, but not in its history.', {
    remedy: 'Check the clone with `git fsck`.',
  });
}

function buildProposedFile(
  { path, text, isAccount }: { path: string; text: string | null; isAccount: boolean },
  { touchedByPeople }: ProposalBranch,
): ProposedFile {
  return {
    path,
    text,
    // The check of the pull request reports a file that is not valid.
    file: text === null || !isAccount ? null : readOrNull(() => parseAccountFile(path, text)),
    touchedByPerson: touchedByPeople.has(path),
  };
}

function createEncodingProblem(path: string): Problem {
  return {
    path,
    line: 1,
    column: 1,
    code: 'encoding',
    message: 'is not UTF-8 text, or is larger than 5 MiB',
  };
}
