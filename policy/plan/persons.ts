// What people did to files of the open proposal, and which of it stands. Pure.
import { accountsFolder } from '../account-file.ts';
import type { JudgedAccount } from '../judgement.ts';
import type { AccountFile } from '../schemas/account.ts';
import { stageOrder } from '../stage.ts';
import { withoutDelegates } from './delegates.ts';
import type { Draft } from './draft.ts';
import { byId, byPath } from './in-force.ts';
import type { InForceFile, ProposedFile } from './move.ts';
import { leftAlone } from './next.ts';
import type { PlanInput } from './plan.ts';

/** A person's version of a file, which takes the place of whatever the plan would make of it. */
export interface PersonsVersion {
  path: string;
  text: string | null;
  /** What it does to its account; null where it is about none: another kind of file, or a new one that cannot be read. */
  draft: Draft | null;
}

/** Every version that stands, by path. `drafts`: what the plan would do without them. */
export function personsVersions(drafts: readonly Draft[], input: PlanInput): PersonsVersion[] {
  const planned = new Map(drafts.map((draft) => [draft.path, draft]));
  const inForce = new Map(input.inForce.map((tracked) => [tracked.path, tracked]));
  const judged = byId(input.judged);
  return input.proposed
    .filter(({ touchedByPerson }) => touchedByPerson)
    .sort(byPath)
    .map((version) => {
      const plan = planned.get(version.path) ?? null;
      const tracked = inForce.get(version.path) ?? null;
      return standing({ version, plan, tracked }, judged, input);
    })
    .filter((version) => version !== null);
}

interface Edited {
  version: ProposedFile;
  tracked: InForceFile | null;
  plan: Draft | null;
}

function standing(
  { version, tracked, plan }: Edited,
  judgedById: ReadonlyMap<string, JudgedAccount>,
  input: PlanInput,
): PersonsVersion | null {
  const { path, text } = version;
  const file = version.file ?? tracked?.file ?? plan?.file ?? null;
  const isAccount = path.startsWith(`${accountsFolder(input.rules.stack)}/`);
  if (!isAccount || file === null) return { path, text, draft: null };
  const judged = judgedNow(judgedById.get(file.account.id.toLowerCase()), tracked, input);
  const isAsOnMain = tracked !== null && plan === null && text === tracked.text;
  if (isAsOnMain || givesWay(version, tracked, judged)) return null;
  return { path, text, draft: draftOf({ version, tracked, plan }, file, judged) };
}

function judgedNow(
  judged: JudgedAccount | undefined,
  tracked: InForceFile | null,
  input: PlanInput,
): JudgedAccount | null {
  if (judged === undefined) return null;
  return tracked ? withoutDelegates(judged, tracked, input) : judged;
}

/**
 * A person's word is never lost: a keep, a restore, a removal, an edit that holds something back. Only a version that still walks
 * the account through the stages gives way once the account has to be left alone, or once there is doubt and it would move on:
 * the review it stands for was of another state of affairs, and giving way takes nothing from anybody.
 */
function givesWay(
  { text, file }: ProposedFile,
  tracked: InForceFile | null,
  judged: JudgedAccount | null,
): boolean {
  if (text === null || file === null) return false;
  const walks = stageOrder(file.stage) >= 0;
  if (judged === null) return walks || tracked !== null;
  if (!walks) return false;
  if (leftAlone(judged) !== null) return true;
  const movesOn = tracked === null || stageOrder(file.stage) > stageOrder(tracked.file.stage);
  return movesOn && judged.judgement.verdict === 'insufficient-evidence';
}

function draftOf({ version, tracked, plan }: Edited, file: AccountFile, judged: JudgedAccount | null): Draft {
  const unreadable = tracked?.file.stage ?? plan?.to ?? null;
  return {
    path: version.path,
    inForce: tracked,
    to: version.text === null ? null : (version.file?.stage ?? unreadable),
    reason: 'changed-by-reviewer',
    because: inWords(version, plan),
    judged,
    file,
  };
}

function inWords({ text, file }: ProposedFile, plan: Draft | null): string {
  if (text === null) return 'a reviewer took the file out of this proposal';
  if (file === null) return 'a reviewer’s edit cannot be read yet; the check names the line';
  if (file.reason) return file.reason;
  const isHeldBack =
    plan?.to != null && plan.to !== 'archive' && stageOrder(file.stage) < stageOrder(plan.to);
  return isHeldBack ? `a reviewer left it in ${file.stage}` : 'a reviewer edited the file in this proposal';
}
