// The file once its step is merged. Pure.
import type { JudgedAccount } from '../judge/judgement.ts';
import type { AccountFile } from '../schemas/account.ts';
import { buildMovedFile, buildRenewedFile, resolveIdentity } from './build-account-file.ts';
import { buildRescuedFile, findFlipBack } from './flipped-mailbox.ts';
import type { InForceFile, PlanInput } from './input.ts';
import type { NextStep } from './next-stage.ts';

export function buildFileAfterStep(
  tracked: InForceFile,
  step: NextStep,
  judged: JudgedAccount | null,
  input: PlanInput,
): AccountFile {
  const { file } = tracked;
  const { rules, run } = input;
  if (step.kind === 'hold' || step.to === null || step.to === 'archive' || judged === null) return file;
  if (step.reason === 'not-signed' && step.to === file.stage) return file;
  const audit = { judged, rules, run };
  if (step.reason === 'evidence-renewed') return buildRenewedFile(file, audit);
  const flipBack = step.to === 'delicense' ? findFlipBack(tracked, judged, input) : null;
  if (flipBack !== null)
    return buildRescuedFile({ ...file, account: resolveIdentity(file, judged) }, flipBack, rules.prices);
  return buildMovedFile(file, { to: step.to, because: step.because }, audit);
}
