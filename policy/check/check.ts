// The rules for a pull request's files, beyond their schemas. All problems at once. Pure.
import type { Problem } from '../errors.ts';
import { isSameId } from '../identifiers.ts';
import { type JudgedFile, judgeFiles } from '../signing/judge-files.ts';
import { checkArchive } from './archive.ts';
import { checkCaps } from './caps.ts';
import { checkErased } from './erased-files.ts';
import { checkEscalations, checkSignedEscalations } from './escalations.ts';
import { checkExemptions } from './exemptions.ts';
import { checkGiveBacks, judgeCheckedGiveBacks, overlayCheck } from './give-backs.ts';
import type { BaseFile, CheckInput, FilesInput, JudgedInput } from './input.ts';
import { checkDuplicateAccounts, checkOneFile } from './one-file.ts';
import { checkProtectedAccounts } from './protected-accounts.ts';
import { checkRecordKeys } from './record-keys.ts';
import { checkFutureEvidence, checkSignedFacts } from './signed-facts.ts';
import { checkSigningKeys } from './signing-keys.ts';
import { checkBlockLoss, checkDesired, checkReason, checkStageDays, checkStageJump } from './stages.ts';
import { checkTakenOut } from './taken-out.ts';
import { checkPopulations, checkScope } from './whom.ts';

/** What holds for files that contradict nothing in themselves, whatever was there before. */
const fileRules: readonly ((input: FilesInput) => Problem[])[] = [
  checkDuplicateAccounts,
  checkFutureEvidence,
  checkReason,
  checkDesired,
  checkExemptions,
  checkEscalations,
];

/** What a pull request may change. */
const changeRules: readonly ((input: JudgedInput) => Problem[])[] = [
  checkSigningKeys,
  checkRecordKeys,
  checkOneFile,
  checkArchive,
  checkTakenOut,
  checkErased,
  checkSignedFacts,
  checkSignedEscalations,
  checkStageJump,
  checkStageDays,
  checkBlockLoss,
  checkProtectedAccounts,
  checkScope,
  checkPopulations,
  checkCaps,
];

/** The rules that need no base branch, for the apply: a push that bypassed the review must not act on such files either. */
export function checkFiles(input: FilesInput): Problem[] {
  return sortProblems(fileRules.flatMap((rule) => rule(input)));
}

/** Every problem, in the order of files and lines; empty when the stack may be merged. */
export function checkStack(written: CheckInput): Problem[] {
  const giveBacks = judgeCheckedGiveBacks(written);
  const input = overlayCheck(written, giveBacks);
  const { head: files, main, today, policy } = input;
  const limit = { today, evidenceMaxAgeDays: policy.evidenceMaxAgeDays };
  const judged = judgeFiles({ files, versions: main.versions, limit }, input.signing);
  const judgedInput: JudgedInput = {
    ...input,
    judged: new Map(judged.map((each) => [each.path, each])),
    base: findBaseFiles(judged, input),
  };
  return sortProblems([
    ...checkFiles(input),
    ...changeRules.flatMap((rule) => rule(judgedInput)),
    ...checkGiveBacks(written, giveBacks),
  ]);
}

function sortProblems(problems: Problem[]): Problem[] {
  return problems.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

/** Under its path, or wherever main has it; who returns from the archive was delicensed before, whatever the day. */
function findBaseFiles(judged: readonly JudgedFile[], { main, today }: CheckInput): Map<string, BaseFile> {
  const inForce = new Map(main.inForce.map((tracked) => [tracked.path, tracked]));
  return new Map(
    judged.flatMap((each): [string, BaseFile][] => {
      const { path, file } = each;
      const same = inForce.get(path);
      if (same !== undefined && isSameId(same.file.account.id, file.account.id)) return [[path, same]];
      const { onMain } = each.past;
      if (onMain?.file == null) return [];
      return [[path, { file: onMain.file, since: inForce.get(onMain.path)?.since ?? today }]];
    }),
  );
}
