// An exemption ends within the policy's limit, and is written once. Pure.
import type { Problem } from '../errors.ts';
import { addDays } from '../evidence.ts';
import { identifyExemption } from '../schemas/exemptions.ts';
import { buildProblem, type FilesInput } from './input.ts';

/** The schema checks that reason, owner and until are there. */
export function checkExemptions({ exemptions, policy, today }: FilesInput): Problem[] {
  if (exemptions === null) return [];
  const furthest = addDays(today, policy.exemptions.maxDays);
  const seen = new Map<string, number>();
  return exemptions.value.exemptions.flatMap((entry, index) => {
    const problems: Problem[] = [];
    const addProblem = (field: string, message: string) =>
      problems.push(buildProblem(exemptions, ['exemptions', index, field], 'exemption', message));
    if (entry.until > furthest) {
      addProblem(
        'until',
        `until: found ${entry.until}, allowed: at most ${furthest} (exemptions.maxDays: ${policy.exemptions.maxDays})`,
      );
    }
    const key = identifyExemption(entry);
    const first = seen.get(key);
    if (first !== undefined) addProblem('account', `account: ${entry.account} is already exempt by entry ${first + 1}`);
    seen.set(key, first ?? index);
    return problems;
  });
}
