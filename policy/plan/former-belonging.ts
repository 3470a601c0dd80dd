// An account by the population and the scope in which its file was reviewed, as far as the file has taken what they ask for. Pure.
import { judge } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { findFormerBelonging } from '../populations/former-belonging.ts';
import type { TrackedFile } from './input.ts';
import type { StepContext } from './next-stage.ts';

export function judgeAsReviewed(
  judged: JudgedAccount,
  { file }: Pick<TrackedFile, 'file'>,
  { rules, run }: Pick<StepContext, 'rules' | 'run'>,
): JudgedAccount {
  const { populations, scope } = rules.policy;
  if (!populations && !scope) return judged;
  const losesWithBlock = (file.dynamicGroups ?? []).length > 0;
  const former = findFormerBelonging({ ...file, losesWithBlock }, [file.desired]);
  return former === null ? judged : judge({ ...judged.evidence, former }, rules, run);
}
