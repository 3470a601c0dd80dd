// An executive is escalated once, and not from a day to come. Pure.
import type { Problem } from '../errors.ts';
import { type CheckInput, problemAt } from './input.ts';

/** That id, names and reason are there is the schema's part. */
export function escalationProblems({ escalations, today }: CheckInput): Problem[] {
  if (escalations === null) return [];
  const seen = new Map<string, number>();
  return escalations.value.escalations.flatMap((entry, index) => {
    const problems: Problem[] = [];
    const at = (field: string, message: string) =>
      problems.push(problemAt(escalations, ['escalations', index, field], 'escalation', message));
    if (entry.since > today) at('since', `since: found ${entry.since}, which is after today, ${today}`);
    const id = entry.id.toLowerCase();
    const first = seen.get(id);
    if (first !== undefined) at('id', `id: ${entry.id} is already escalated by entry ${first + 1}`);
    seen.set(id, first ?? index);
    return problems;
  });
}
