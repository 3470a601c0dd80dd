// Evidence in, judgement out: the one place that puts verdict, risk, exemption and action together. Pure.
import type { Evidence, RunFacts } from '../evidence.ts';
import { resolvePopulation } from '../populations/resolve-population.ts';
import { findScopePlace } from '../populations/scope.ts';
import type { Exemption } from '../schemas/exemptions.ts';
import type { Policy } from '../schemas/policy.ts';
import type { Prices } from '../schemas/prices.ts';
import { recommendAction } from './action.ts';
import { findExemption } from './exemption.ts';
import type { JudgedAccount } from './judgement.ts';
import { listRisks } from './risk.ts';
import { computeSavings } from './savings.ts';
import { judgeActivity } from './verdict.ts';

/** The rules that a stack is judged by. */
export interface StackRules {
  stack: string;
  policy: Policy;
  prices: Prices;
  exemptions: readonly Exemption[];
}

export function judge(evidence: Evidence, rules: StackRules, run: RunFacts): JudgedAccount {
  const { name: population, policy } = resolvePopulation(evidence, rules.policy);
  const scope = findScopePlace(evidence, policy);
  const activity = judgeActivity(evidence, policy, run);
  const risks = listRisks(evidence, policy, run);
  const exemption = findExemption(evidence, rules, run.auditedOn);
  const savings = computeSavings(evidence, policy, rules.prices);
  const action = recommendAction({
    evidence,
    verdict: activity.verdict,
    reasons: activity.reasons,
    risks,
    isInScope: scope === 'inside',
    exempt: exemption !== null,
    savings,
  });
  return { evidence, judgement: { ...activity, population, scope, risks, action, exemption, savings } };
}
