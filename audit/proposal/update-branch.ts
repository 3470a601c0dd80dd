// Updates a proposal's branch to the plan: read main and the branch, decide, append; again if the branch moved meanwhile.
import { type ProposalBranch, readBranch } from '../../forge/git/branch.ts';
import type { Git } from '../../forge/git/git.ts';
import { listMergedFiles, listOwnChanges, mergeTrees } from '../../forge/git/merged-tree.ts';
import { buildMergeMessage, buildRestartMessage, computeBlobId, signMessage } from '../../forge/git/signature.ts';
import { DormantError } from '../../policy/errors.ts';
import { getAccountsFolder, getArchiveFolder } from '../../policy/files/account-file.ts';
import { getEscalationsPath } from '../../policy/files/escalations-file.ts';
import type { UndecidedWords } from '../../policy/merge/merged-text.ts';
import { type ChangeDecision, decideChanges, type FileChange } from './branch-changes.ts';
import {
  type BranchContext,
  type BranchWish,
  fetchMain,
  findTouchedSinceAudit,
  hasRelevantMainChange,
  isAncestor,
  isOver,
  type MainState,
  readTree,
} from './branch-state.ts';
import { BranchMoved, type BranchWriter } from './branch-writer.ts';
import { splitIntoChunks } from './chunks.ts';
import { mergeByMeaning } from './merge-by-meaning.ts';

type BranchOutcome =
  /** There is nothing to propose, and no branch to update. */
  | { kind: 'nothing'; overtaken: string[] }
  /** The branch conflicts with main in these files, which no rule of ours can merge, and was left as it is. */
  | { kind: 'conflict'; files: string[] }
  | {
      kind: 'ready';
      head: string;
      /** Files that the branch now changes against main. */
      changedFiles: number;
      /** Files left as a person made them. */
      kept: string[];
      /** Files left alone because main's version is newer than the audit. */
      overtaken: string[];
    };

export type UpdatedBranch = BranchOutcome & {
  commits: number;
  /** Where a person on main and a person on the branch said different things; main has its own word. */
  undecided: readonly UndecidedWords[];
};

/** How often the branch may move during a run before it gives up. */
const maxAttempts = 5;

/**
 * Never force-pushes and never reverts a person's commit. `commits` is 0 if the branch was up to date.
 * Throws `DormantError` (`main-moved`, `branch-moves`) if the plan's inputs changed on main, or the branch keeps moving.
 */
export async function updateBranch(git: Git, writer: BranchWriter, wish: BranchWish): Promise<UpdatedBranch> {
  const counted = createCountingWriter(writer);
  const update = { git, wish, writer: counted.writer };
  const undecided: UndecidedWords[] = [];
  for (let attempt = 0; attempt < maxAttempts; ) {
    try {
      const step = await advanceBranch(update);
      if (step.kind !== 'again') return { ...step, commits: counted.getCount(), undecided };
      undecided.push(...step.undecided);
    } catch (error) {
      if (!(error instanceof BranchMoved)) throw error;
      attempt += 1;
    }
  }
  throw new DormantError(
    'branch-moves',
    `${wish.branch} was changed ${maxAttempts} times by somebody else while it was updated.`,
    {
      remedy: 'Find out who else pushes to the branch, and run the proposal again.',
    },
  );
}

interface BranchUpdate extends BranchContext {
  writer: BranchWriter;
}

/** Main was merged or the branch restarted, so it has to be read again. */
interface Again {
  kind: 'again';
  undecided: readonly UndecidedWords[];
}

async function advanceBranch(update: BranchUpdate): Promise<BranchOutcome | Again> {
  const { git, writer, wish } = update;
  const main = await fetchMain(update);
  const { branch: name, remote, closedHeads } = wish;
  const branch = await readBranch(git, { main: main.tip, remote, branch: name, closedHeads });
  const isClosed = branch !== null && (await isOver(update, branch, main));
  const current = isClosed ? null : branch;
  const decision = await decideForBranch(update, current, main);

  if (current === null) {
    if (decision.changes.length === 0) return { kind: 'nothing', overtaken: decision.overtaken };
    if (branch !== null) return startAnew(update, branch, main);
    await writer.create(name, main.tip);
    return appendChanges(update, { head: main.tip, base: main.tip, changed: new Map() }, decision);
  }
  const hasWork = decision.changes.length + decision.reverts.length > 0;
  const isBehind = !(await isAncestor(git, main.tip, current.head));
  if (isBehind && (hasWork || (await hasRelevantMainChange(update, current, main)))) {
    return mergeMain(update, current, main);
  }
  return appendChanges(update, current, decision);
}

async function decideForBranch(
  update: BranchUpdate,
  branch: ProposalBranch | null,
  main: MainState,
): Promise<ChangeDecision> {
  const { git, wish } = update;
  const folders = [getAccountsFolder(wish.stack), getArchiveFolder(wish.stack)].map((folder) => `${folder}/`);
  const facts = {
    changed: branch?.changed ?? new Map<string, string | null>(),
    touchedByPeople: branch?.touchedByPeople ?? new Set<string>(),
    touchedSinceAudit: branch ? await findTouchedSinceAudit(update, branch, main) : new Set<string>(),
    base: await readTree(git, branch?.base ?? main.tip),
    changedOnMain: main.changedSinceAudit,
    isAccountFile: (path: string) =>
      path === getEscalationsPath(wish.stack) || folders.some((folder) => path.startsWith(folder)),
  };
  return decideChanges(wish.files, facts);
}

async function startAnew(
  { git, writer, wish }: BranchUpdate,
  { head }: ProposalBranch,
  { tip }: MainState,
): Promise<Again> {
  const { branch } = wish;
  if (await isAncestor(git, head, tip)) await writer.forward(branch, tip);
  else await writer.restart({ branch, head }, tip, buildRestartMessage(branch, wish));
  return { kind: 'again', undecided: [] };
}

/** By git alone, or by the forge, where both sides have changed no file of which a rule of ours knows what it means. */
async function mergeMain(
  { git, writer, wish }: BranchUpdate,
  proposal: ProposalBranch,
  { tip }: MainState,
): Promise<BranchOutcome | Again> {
  const { branch, main, stack } = wish;
  const { head } = proposal;
  const headline = `Merge ${main} into ${branch}`;
  const { files: decided, undecided } = await mergeByMeaning(git, proposal, { stack, tip });
  const { tree, conflicts } = await mergeTrees(git, { head, main: tip }, decided);
  if (conflicts.length > 0) return { kind: 'conflict', files: conflicts };
  const isPlain = decided.size === 0;
  if (isPlain && (await writer.merge({ branch, head }, tip, buildMergeMessage(headline, wish))) !== null)
    return { kind: 'again', undecided };
  const own = await listOwnChanges(git, tree, { head, main: tip });
  const files = await listMergedFiles(git, tree, { main: tip, own });
  const message = buildMergeMessage(headline, wish, own);
  await writer.mergeTree({ branch, head }, { main: tip, tree, files, message });
  return { kind: 'again', undecided };
}

async function appendChanges(
  { git, writer, wish }: BranchUpdate,
  branch: Pick<ProposalBranch, 'head' | 'base' | 'changed'>,
  decision: ChangeDecision,
): Promise<BranchOutcome> {
  const chunks = splitIntoChunks([...decision.changes, ...(await readReverts(git, branch.base, decision.reverts))]);
  let head = branch.head;
  for (const [index, chunk] of chunks.entries()) {
    const part = chunks.length === 1 ? '' : ` (${index + 1} of ${chunks.length})`;
    const blobs = chunk.map(({ path, text }) => [path, text === null ? null : computeBlobId(text)] as const);
    const message = signMessage(`${wish.headline}${part}`, wish, blobs);
    head = await writer.append({ branch: wish.branch, head }, chunk, message);
  }
  const changed = new Set([...branch.changed.keys(), ...decision.changes.map(({ path }) => path)]);
  for (const path of decision.reverts) changed.delete(path);
  const { kept, overtaken } = decision;
  return { kind: 'ready', head, changedFiles: changed.size, kept, overtaken };
}

async function readReverts(git: Git, base: string, paths: readonly string[]): Promise<FileChange[]> {
  const tree = await readTree(git, base);
  return Promise.all(
    paths.map(async (path) => {
      const blob = tree.get(path);
      return { path, text: blob === undefined ? null : await git.readBlob(blob) };
    }),
  );
}

function createCountingWriter(writer: BranchWriter): { writer: BranchWriter; getCount(): number } {
  let commits = 0;
  const count = <T>(result: T): T => {
    if (result !== null) commits += 1;
    return result;
  };
  return {
    writer: {
      ...writer,
      append: async (...args) => count(await writer.append(...args)),
      merge: async (...args) => count(await writer.merge(...args)),
      mergeTree: async (...args) => count(await writer.mergeTree(...args)),
      restart: async (...args) => count(await writer.restart(...args)),
    },
    getCount: () => commits,
  };
}
