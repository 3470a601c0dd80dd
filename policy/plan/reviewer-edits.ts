// What people changed in the open proposal, and which changes are kept. Pure.
import { readOrNull } from '../errors.ts';
import { getAccountsFolder, getArchiveFolder } from '../files/account-file.ts';
import { exemptionsPath } from '../files/stack-files.ts';
import { getStageOrder } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { AccountFile } from '../schemas/account.ts';
import { type Exemption, Exemptions } from '../schemas/exemptions.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';
import { judgeAbsence } from './absence.ts';
import { judgeWithoutDelegates } from './delegates.ts';
import type { DraftMove } from './draft-move.ts';
import type { InForceFile, PlanInput, ProposedFile } from './input.ts';
import { compareByPath, mapById } from './input.ts';
import { describeInsufficientEvidence, findReasonToLeaveAlone } from './next-stage.ts';
import { putFactsBack } from './reviewed-facts.ts';
import { isOnMain, putBackWords } from './taken-out-files.ts';

/** What becomes of a file that a person touched, instead of what the plan would do. */
export interface ReviewerEdit {
  path: string;
  /** Theirs, or main's where theirs has to give way. */
  text: string | null;
  /** What it does to its account; null: it is about none, or is new and cannot be read. */
  draft: DraftMove | null;
  stands: boolean;
}

/** By path; without those that the plan's own move replaces. `drafts`: what the plan would do without them. */
export function resolveReviewerEdits(drafts: readonly DraftMove[], input: PlanInput): ReviewerEdit[] {
  const planned = new Map(drafts.map((draft) => [draft.path, draft]));
  const inForce = new Map(input.inForce.map((tracked) => [tracked.path, tracked]));
  const judged = mapById(input.judged);
  return input.proposed
    .filter(({ path, touchedByPerson }) => touchedByPerson && !isArchived(path, input))
    .sort(compareByPath)
    .map((version) => {
      const plan = planned.get(version.path) ?? null;
      const tracked = inForce.get(version.path) ?? findReturningFile(plan);
      return resolveEdit({ version, plan, tracked }, judged, input);
    })
    .filter((version) => version !== null);
}

/** Of those a person decides only whether they are erased; see `planErasures`. */
function isArchived(path: string, { rules }: PlanInput): boolean {
  return path.startsWith(`${getArchiveFolder(rules.stack)}/`);
}

/** A person's exemptions on the proposal's branch count at once, not only when they are merged. */
export function listProposedExemptions(proposed: readonly ProposedFile[]): Exemption[] {
  return parseReviewerExemptions(proposed).flatMap((file) => file?.value.exemptions ?? []);
}

/** exemptions.yaml as people wrote it, per branch; null: deleted, or not finished. */
export function parseReviewerExemptions(proposed: readonly ProposedFile[]): (ParsedYaml<Exemptions> | null)[] {
  return (
    proposed
      .filter(({ path, touchedByPerson }) => path === exemptionsPath && touchedByPerson)
      // The check on the pull request says what is wrong with it.
      .map(({ path, text }) => (text === null ? null : readOrNull(() => parseYaml(Exemptions, path, text))))
  );
}

/** Whether it belongs to the proposal: a file put back to main's version does not. */
export function isInProposal({ text, draft }: ReviewerEdit): boolean {
  return text !== (draft?.inForce?.text ?? null);
}

/** A file that comes back from archive/ does not enter the plan as new. */
function findReturningFile(plan: DraftMove | null): InForceFile | null {
  return plan?.inForce?.archivedAs === undefined ? null : plan.inForce;
}

interface EditedFile {
  version: ProposedFile;
  tracked: InForceFile | null;
  plan: DraftMove | null;
}

function resolveEdit(
  { version, tracked, plan }: EditedFile,
  judgedById: ReadonlyMap<IdKey, JudgedAccount>,
  input: PlanInput,
): ReviewerEdit | null {
  const { path, text } = version;
  const file = version.file ?? tracked?.file ?? plan?.file ?? null;
  const isAccount = path.startsWith(`${getAccountsFolder(input.rules.stack)}/`);
  if (!isAccount || file === null) return { path, text, draft: null, stands: true };
  if (plan === null && tracked !== null && text === tracked.text) return null;
  const judged = judgeNow(judgedById.get(foldId(file.account.id)), tracked, input);
  if (!shouldGiveWay({ version, tracked }, judged, input)) {
    const signed = putFactsBack({ version, tracked, plan }, judged, input);
    return {
      path,
      text: signed.text,
      draft: buildDraft({ version, tracked, plan }, signed.file ?? file, judged),
      stands: true,
    };
  }
  if (plan !== null) return null;
  return {
    path,
    text: tracked?.text ?? null,
    draft: setAside({ version, tracked }, file, judged),
    stands: false,
  };
}

function judgeNow(
  judgedAccount: JudgedAccount | undefined,
  tracked: InForceFile | null,
  input: PlanInput,
): JudgedAccount | null {
  if (judgedAccount === undefined) return null;
  return tracked ? judgeWithoutDelegates(judgedAccount, tracked, input) : judgedAccount;
}

/**
 * A reviewer's edit wins (a keep, a restore, a removal, holding back). Only one from notify to delicense gives way: once
 * the account must be left alone, or is in doubt and would advance: the review saw another state of affairs, and giving way
 * takes nothing from anybody. So does the removal of a file that main has.
 */
function shouldGiveWay(
  { version, tracked }: Pick<EditedFile, 'version' | 'tracked'>,
  judged: JudgedAccount | null,
  input: PlanInput,
): boolean {
  const { text, file } = version;
  // Only a file that is new on the branch may be taken out: on main it may be all that says who is blocked.
  if (text === null) return isOnMain(tracked);
  if (file === null) return false;
  const isWalking = getStageOrder(file.stage) >= 0;
  const isMovingOn = tracked === null || getStageOrder(file.stage) > getStageOrder(tracked.file.stage);
  if (judged === null && tracked !== null && judgeAbsence(tracked, input).mayComeBack) return isWalking && isMovingOn;
  if (judged === null) return isWalking || tracked !== null;
  if (!isWalking) return false;
  if (findReasonToLeaveAlone(judged) !== null) return true;
  return isMovingOn && judged.judgement.verdict === 'insufficient-evidence';
}

function buildDraft(
  { version, tracked, plan }: EditedFile,
  file: AccountFile,
  judged: JudgedAccount | null,
): DraftMove {
  const unreadable = tracked?.file.stage ?? plan?.to ?? null;
  return {
    path: version.path,
    inForce: tracked,
    to: version.text === null ? null : (version.file?.stage ?? unreadable),
    reason: 'changed-by-reviewer',
    because: describeEdit(version, plan),
    judged,
    file,
  };
}

/** The account keeps its stage on main, with the reason. */
function setAside(
  { version, tracked }: Pick<EditedFile, 'version' | 'tracked'>,
  file: AccountFile,
  judged: JudgedAccount | null,
): DraftMove {
  if (version.text === null && tracked !== null) {
    const { stage } = tracked.file;
    return {
      path: version.path,
      inForce: tracked,
      to: stage,
      judged,
      file,
      reason: 'changed-by-reviewer',
      because: putBackWords,
    };
  }
  const why = (judged && findReasonToLeaveAlone(judged)) ?? {
    reason: judged ? 'changed-by-reviewer' : 'account-gone',
    because: judged ? describeInsufficientEvidence(judged) : 'the tenant does not have this account, or it is in use',
  };
  const to = tracked?.file.stage ?? null;
  return { path: version.path, inForce: tracked, to, judged, file: tracked?.file ?? file, ...why };
}

function describeEdit({ text, file }: ProposedFile, plan: DraftMove | null): string {
  if (text === null) return 'a reviewer took the file out of this proposal';
  if (file === null) return 'a reviewer’s edit cannot be read yet; the check names the line';
  if (file.reason) return file.reason;
  const isHeldBack = plan?.to != null && plan.to !== 'archive' && getStageOrder(file.stage) < getStageOrder(plan.to);
  return isHeldBack ? `a reviewer left it in ${file.stage}` : 'a reviewer edited the file in this proposal';
}
