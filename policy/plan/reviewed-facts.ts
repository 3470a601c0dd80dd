// Facts beside a reviewer's decision: theirs where an audit has signed them as they stand, otherwise the audit's own. Pure.
import { editAccountFile } from '../files/account-file.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { AccountFile } from '../schemas/account.ts';
import { hasSameFacts } from '../signing/differences.ts';
import { buildNewAccountFile } from './build-account-file.ts';
import type { DraftMove } from './draft-move.ts';
import { findFurthestStage } from './furthest-stage.ts';
import type { InForceFile, PlanInput, ProposedFile } from './input.ts';
import { isSigned, signFacts } from './plan-signing.ts';
import { hasSignedFacts } from './vouched-files.ts';

interface ReviewedFile {
  version: ProposedFile;
  tracked: InForceFile | null;
  plan: DraftMove | null;
}

/** An edited fact, or a conflict that was resolved by half, costs the reviewer nothing: their decision stays. */
export function putFactsBack(
  { version, tracked, plan }: ReviewedFile,
  judged: JudgedAccount | null,
  input: PlanInput,
): Pick<ProposedFile, 'text' | 'file'> {
  const { path, text, file } = version;
  if (text === null || file === null || isVouchedFor(file, tracked, input)) return { text, file };
  const facts = plan?.file ?? findFacts(tracked, judged, input);
  if (facts === null) return { text, file };
  const { stage, reason, desired } = file;
  const { reason: _, ...signed } = facts;
  const after = { ...signed, stage, desired, ...(reason === undefined ? {} : { reason }) };
  return { text: editAccountFile({ path, text }, after), file: after };
}

function isVouchedFor(file: AccountFile, tracked: InForceFile | null, { signing }: PlanInput): boolean {
  if (signing.signer === null || isSigned(file, signing)) return true;
  return (
    tracked !== null &&
    hasSignedFacts(tracked) &&
    tracked.file.signed === file.signed &&
    hasSameFacts(file, tracked.file)
  );
}

/** null: this audit has not seen the account, or may sign nothing of it. */
function findFacts(
  tracked: InForceFile | null,
  judged: JudgedAccount | null,
  { rules, run, signing }: PlanInput,
): AccountFile | null {
  if (tracked !== null) return hasSignedFacts(tracked) ? tracked.file : null;
  if (judged === null) return null;
  return signFacts(buildNewAccountFile(judged, rules, run), findFurthestStage(judged), signing);
}
