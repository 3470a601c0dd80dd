// The file as it will be once its step is merged. Pure.
import type { JudgedAccount } from '../judgement.ts';
import type { AccountFile } from '../schemas/account.ts';
import { movedFile, renewedFile } from './account-of.ts';
import { findFlipBack, savedFile } from './flipped-mailbox.ts';
import type { InForceFile, PlanInput } from './input.ts';
import type { Step } from './next.ts';

export function fileAfter(
  tracked: InForceFile,
  step: Step,
  judged: JudgedAccount | null,
  input: PlanInput,
): AccountFile {
  const { file } = tracked;
  const { rules, run } = input;
  if (step.kind === 'hold' || step.to === null || step.to === 'archive' || judged === null) return file;
  if (step.reason === 'evidence-renewed') return renewedFile(file, judged, rules, run);
  const saved = step.to === 'delicense' ? findFlipBack(tracked, judged, input) : null;
  if (saved !== null) return savedFile(file, judged, saved, rules.prices);
  return movedFile(file, step.to, step.because, judged, rules, run);
}
