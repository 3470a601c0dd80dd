// Why an account moves now, in words: the plan's reason and the evidence behind it, each said once.
import type { Day } from '../../policy/evidence.ts';
import type { JudgedAccount } from '../../policy/judgement.ts';
import type { Move } from '../../policy/plan/move.ts';
import { datesInWords, evidenceInWords } from '../../policy/sentence.ts';
import { countInWords } from '../../policy/words.ts';

/** Such as `inactive for 143 days; no Exchange, OneDrive, SharePoint or Teams activity since 15 July (Exchange); …`. */
export function whyNow(
  { because, judged, reason }: Pick<Move, 'because' | 'judged' | 'reason'>,
  today: Day,
): string {
  if (judged === null) return datesInWords(because, today);
  // Where the plan only repeats the evidence, the evidence says it better.
  const repeats = reason === 'inactive' || reason === 'active-again';
  return `${repeats ? silence(judged) : datesInWords(because, today)}; ${evidenceInWords(judged, today)}`;
}

function silence({ judgement }: JudgedAccount): string {
  if (judgement.verdict === 'active') return 'active again';
  return judgement.inactiveDays === null
    ? 'no activity was ever seen'
    : `inactive for ${countInWords(judgement.inactiveDays, 'day')}`;
}
