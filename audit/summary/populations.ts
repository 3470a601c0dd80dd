// Populations in words: how long which people have to be silent, and how many of the inactive accounts belong to each.
import type { Policy } from '../../policy/schemas/policy.ts';
import { formatCount, formatList } from '../../policy/words/labels.ts';
import type { AuditView } from '../audit-view.ts';

/** `90 days or longer`, or with a word for those who have days of their own. `days`: without the `or longer`. */
export function describeSilenceAsked(
  { inactiveAfterDays, populations = [] }: Pick<Policy, 'inactiveAfterDays' | 'populations'>,
  form: 'or longer' | 'days' = 'or longer',
): string {
  const own = `${inactiveAfterDays} days${form === 'days' ? '' : ' or longer'}`;
  return populations.length === 0 ? own : `${own} (populations of policy.yaml have days of their own)`;
}

/** What policy.yaml asks of each, as one sentence; empty: it has none. */
export function describePopulations({ populations = [], stages }: Pick<Policy, 'populations' | 'stages'>): string[] {
  if (populations.length === 0) return [];
  const each = populations.map((population) => {
    const { notifyDays, reviewDays, disableDays } = { ...stages, ...population.stages };
    return `${population.name} ${population.inactiveAfterDays} days of silence, then ${notifyDays}, ${reviewDays} and ${disableDays} in the stages`;
  });
  return [`Other days hold for ${formatCount(populations.length, 'population')}: ${each.join('; ')}.`];
}

/** How many of the inactive accounts were judged by each; empty: the policy has none. */
export function describeByPopulation({ policy, inactive }: Pick<AuditView, 'policy' | 'inactive'>): string[] {
  const { populations = [] } = policy;
  if (populations.length === 0) return [];
  const count = (name: string) => inactive.filter(({ judgement }) => judgement.population === name).length;
  const each = populations.map(
    ({ name, inactiveAfterDays }) => `${name} ${count(name).toLocaleString('en-US')} (${inactiveAfterDays} days)`,
  );
  return [`By populations: ${formatList(each)}.`];
}
