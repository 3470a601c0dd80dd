// The policy as it is for one population: all of policy.yaml, with that population's own days. Pure.
import type { Policy } from '../schemas/policy.ts';
import type { Population } from '../schemas/populations.ts';

export interface PopulationPolicy {
  population: Population;
  policy: Policy;
}

/**
 * The one with the longest silence first, then the one with the longest stages, then the one that stands first: where several
 * match, the first of these counts. Made once for each policy, because every account of the tenant asks.
 */
export function listPopulationPolicies(policy: Policy): readonly PopulationPolicy[] {
  const known = listed.get(policy);
  if (known !== undefined) return known;
  const found = (policy.populations ?? [])
    .map((population) => ({ population, policy: buildPopulationPolicy(population, policy) }))
    .sort(compareByLength);
  listed.set(policy, found);
  return found;
}

const listed = new WeakMap<Policy, readonly PopulationPolicy[]>();

/**
 * The stages of whoever a file says was judged by this population; absent: by none. A name that the policy does not have (any
 * more) gets the longest that anybody has.
 */
export function selectStages(policy: Policy, population: string | null | undefined): Policy['stages'] {
  if (population == null) return policy.stages;
  const all = listPopulationPolicies(policy);
  const found = all.find((each) => each.population.name === population);
  return (found?.policy ?? selectLongest([policy, ...all.map((each) => each.policy)])).stages;
}

/** The days of the population that waits the shortest, or the policy's own. */
export function findShortestSilence({
  inactiveAfterDays,
  populations = [],
}: Pick<Policy, 'inactiveAfterDays' | 'populations'>): number {
  return Math.min(inactiveAfterDays, ...populations.map((population) => population.inactiveAfterDays));
}

/** Each of the days at its longest. */
export function selectLongest(policies: readonly [Policy, ...Policy[]]): Policy {
  const getLongest = (select: (policy: Policy) => number) => Math.max(...policies.map(select));
  const [first] = policies;
  return {
    ...first,
    inactiveAfterDays: getLongest((each) => each.inactiveAfterDays),
    minimumAccountAgeDays: getLongest((each) => each.minimumAccountAgeDays),
    minimumLicenseAgeDays: getLongest((each) => each.minimumLicenseAgeDays),
    stages: {
      ...first.stages,
      notifyDays: getLongest(({ stages }) => stages.notifyDays),
      reviewDays: getLongest(({ stages }) => stages.reviewDays),
      disableDays: getLongest(({ stages }) => stages.disableDays),
    },
  };
}

function buildPopulationPolicy(population: Population, policy: Policy): Policy {
  const { inactiveAfterDays, minimumAccountAgeDays, minimumLicenseAgeDays, stages } = population;
  return {
    ...policy,
    inactiveAfterDays,
    minimumAccountAgeDays: minimumAccountAgeDays ?? policy.minimumAccountAgeDays,
    minimumLicenseAgeDays: minimumLicenseAgeDays ?? policy.minimumLicenseAgeDays,
    stages: { ...policy.stages, ...stages },
  };
}

function compareByLength(a: PopulationPolicy, b: PopulationPolicy): number {
  return b.policy.inactiveAfterDays - a.policy.inactiveAfterDays || sumStages(b.policy) - sumStages(a.policy);
}

function sumStages({ stages }: Policy): number {
  return stages.notifyDays + stages.reviewDays + stages.disableDays;
}
