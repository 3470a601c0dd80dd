// By whose days an account is judged: the population that it belongs to, or the policy's own. Pure.
import type { Policy } from '../schemas/policy.ts';
import { type BelongingSubject, matchPopulation } from './belonging.ts';
import { listPopulationPolicies, selectLongest } from './population-policy.ts';

export interface ResolvedPopulation {
  /** null: none. */
  name: string | null;
  /** With the population's days in the place of its own. */
  policy: Policy;
}

/**
 * Of several that match, the one with the longest silence. Where it cannot be known whether one matches, nothing shorter counts
 * than if it did, and nothing shorter than if it did not.
 */
export function resolvePopulation(subject: BelongingSubject, policy: Policy): ResolvedPopulation {
  const possible = listPopulationPolicies(policy)
    .map((each) => ({ ...each, belongs: matchPopulation(each.population, subject) }))
    .filter(({ belongs }) => belongs !== 'no');
  const [longest] = possible;
  if (longest === undefined) return { name: null, policy };
  if (longest.belongs === 'yes') return { name: longest.population.name, policy: longest.policy };
  const surest = possible.findIndex(({ belongs }) => belongs === 'yes');
  const open = surest < 0 ? possible : possible.slice(0, surest + 1);
  const isOwnLonger = surest < 0 && policy.inactiveAfterDays > longest.policy.inactiveAfterDays;
  const [first, ...rest] = open.map((each) => each.policy);
  return {
    name: isOwnLonger ? null : longest.population.name,
    policy: selectLongest([first ?? policy, ...rest, ...(surest < 0 ? [policy] : [])]),
  };
}

/** Whether a file may say this of an account of which it says the rest: `null` stands for none. */
export function mayHavePopulation(name: string | null, subject: BelongingSubject, policy: Policy): boolean {
  const possible = listPopulationPolicies(policy)
    .map(({ population }) => ({ name: population.name, belongs: matchPopulation(population, subject) }))
    .filter(({ belongs }) => belongs !== 'no');
  const surest = possible.findIndex(({ belongs }) => belongs === 'yes');
  if (name === null) return surest < 0;
  const at = possible.findIndex((each) => each.name === name);
  return at >= 0 && (surest < 0 || at <= surest);
}
