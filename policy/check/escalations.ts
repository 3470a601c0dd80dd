// An executive is escalated once, and not from a day in the future. Pure.
import type { Problem } from '../errors.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import { buildProblem, type CheckInput } from './input.ts';

/** The schema checks that id, names and reason are there. */
export function checkEscalations({ escalations, today }: CheckInput): Problem[] {
  if (escalations === null) return [];
  const seen = new Map<IdKey, number>();
  return escalations.value.escalations.flatMap((entry, index) => {
    const problems: Problem[] = [];
    const addProblem = (field: string, message: string) =>
      problems.push(buildProblem(escalations, ['escalations', index, field], 'escalation', message));
    if (entry.since > today) addProblem('since', `since: found ${entry.since}, which is after today, ${today}`);
    const id = foldId(entry.id);
    const first = seen.get(id);
    if (first !== undefined) addProblem('id', `id: ${entry.id} is already escalated by entry ${first + 1}`);
    seen.set(id, first ?? index);
    return problems;
  });
}
