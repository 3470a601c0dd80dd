// What becomes of the files that main and a proposal's branch have both changed, so that no branch waits for a person who
// resolves lines: each line of a file that an audit signs conflicts with its signature.
import { verifySignature } from '../../forge/facts-key.ts';
import { type BranchEdit, diffLine, type ProposalBranch, readFileAt } from '../../forge/git/branch.ts';
import type { Git } from '../../forge/git/git.ts';
import type { FileContent } from '../../forge/git/write-tree.ts';
import { readOrNull } from '../../policy/errors.ts';
import { getAccountsFolder, getArchiveFolder } from '../../policy/files/account-file.ts';
import { getEscalationsPath } from '../../policy/files/escalations-file.ts';
import { exemptionsPath, getTenantPath } from '../../policy/files/stack-files.ts';
import { mergeAccountFile, type PersonEdit } from '../../policy/merge/merge-account-file.ts';
import { mergeList } from '../../policy/merge/merge-list.ts';
import type { FileSides, MergedText, UndecidedWords } from '../../policy/merge/merged-text.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { createSigningContext, type SigningContext } from '../../policy/signing/account-past.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';

interface MergedByMeaning {
  files: ReadonlyMap<string, FileContent>;
  undecided: readonly UndecidedWords[];
}

/** `tip`: main's. Only files of which one of our kinds knows what they mean; the others are git's to merge. */
export async function mergeByMeaning(
  git: Git,
  branch: ProposalBranch,
  { stack, tip }: { stack: string; tip: string },
): Promise<MergedByMeaning> {
  const files = new Map<string, FileContent>();
  const undecided: UndecidedWords[] = [];
  let context: SigningContext | null = null;
  for (const [path, blob] of await diffLine(git, branch.base, tip)) {
    if (!branch.changed.has(path) || branch.changed.get(path) === blob || !isKnownKind(stack, path)) continue;
    // What no person touched on the branch is main's: the plan proposes anew on top of it.
    files.set(path, blob === null ? null : { blob });
    if (!branch.touchedByPeople.has(path) || path.startsWith(`${getArchiveFolder(stack)}/`)) continue;
    context ??= await readContext(git, stack, tip);
    const merged = await mergeFile(git, { branch, tip, path }, context);
    files.set(path, merged.text === null ? null : { text: merged.text });
    undecided.push(...merged.undecided);
  }
  return { files, undecided };
}

function isKnownKind(stack: string, path: string): boolean {
  const folders = [getAccountsFolder(stack), getArchiveFolder(stack)];
  return (
    path === exemptionsPath ||
    path === getEscalationsPath(stack) ||
    (path.endsWith('.yaml') && folders.some((folder) => path.startsWith(`${folder}/`)))
  );
}

/** Without keys that can be read, no signature is good. */
async function readContext(git: Git, stack: string, tip: string): Promise<SigningContext> {
  const path = getTenantPath(stack);
  const text = await readFileAt(git, tip, path);
  const tenant = text === null ? null : readOrNull(() => parseYaml(Tenant, path, text).value);
  return createSigningContext(stack, tenant ?? { tenantId: '' }, { verify: verifySignature, places: new Map() });
}

interface Place {
  branch: ProposalBranch;
  tip: string;
  path: string;
}

async function mergeFile(git: Git, { branch, tip, path }: Place, context: SigningContext): Promise<MergedText> {
  const [base = null, theirs = null, main = null] = await Promise.all(
    [branch.base, branch.head, tip].map((commit) => readFileAt(git, commit, path)),
  );
  const sides: FileSides = { path, base, branch: theirs, main };
  if (path === exemptionsPath) return mergeList('exemptions', sides);
  if (path === getEscalationsPath(context.stack)) return mergeList('escalations', sides);
  return mergeAccountFile({ ...sides, edits: await readEdits(git, branch.edits, path) }, context);
}

async function readEdits(git: Git, edits: readonly BranchEdit[], path: string): Promise<PersonEdit[]> {
  return Promise.all(
    edits
      .filter(({ paths }) => paths.includes(path))
      .map(async ({ commit, parents }) => ({
        before: await Promise.all(parents.map((parent) => readFileAt(git, parent, path))),
        after: await readFileAt(git, commit, path),
      })),
  );
}
