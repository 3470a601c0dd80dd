// Evidence in, judgement out: the one place that puts verdict, risk, exemption and action together. Pure.
import { recommendedAction } from './action.ts';
import type { Evidence, RunFacts } from './evidence.ts';
import { exemptionFor } from './exemption.ts';
import type { JudgedAccount } from './judgement.ts';
import { risksOf } from './risk.ts';
import { savingsOutlook } from './savings.ts';
import type { Exemption } from './schemas/exemptions.ts';
import type { Policy } from './schemas/policy.ts';
import type { Prices } from './schemas/prices.ts';
import { activityVerdict } from './verdict.ts';

/** The rules that a stack is judged by. */
export interface Rules {
  stack: string;
  policy: Policy;
  prices: Prices;
  exemptions: readonly Exemption[];
}

export function judge(evidence: Evidence, rules: Rules, run: RunFacts): JudgedAccount {
  const { policy, prices } = rules;
  const activity = activityVerdict(evidence, policy, run);
  const risks = risksOf(evidence, policy, run);
  const exemption = exemptionFor(evidence, rules.stack, rules.exemptions, run.auditedOn);
  const action = recommendedAction({
    evidence,
    verdict: activity.verdict,
    neverActive: activity.reasons.includes('never-active'),
    risks,
    exempt: exemption !== null,
    savings: savingsOutlook(evidence, policy, prices),
  });
  return { evidence, judgement: { ...activity, risks, action, exemption } };
}
