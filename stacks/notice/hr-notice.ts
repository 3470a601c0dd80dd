// Of whom HR is told: the executives on the stack's list, each once. Pure.
import { addDays, type Day } from '../../policy/evidence.ts';
import type { Escalation } from '../../policy/schemas/escalations.ts';
import type { StackFiles } from '../../policy/stack-files.ts';

/** What the program declares and the provider sends as one mail about those who are new. */
export interface HrNotice {
  /** null: nobody is to be told. */
  hrContact: string | null;
  /** For so many days nobody is told of again who left the list and came back. */
  keepDays: number;
  /** With their ids in lower case. */
  people: readonly Escalation[];
}

/** Somebody of whom HR has been told. */
export interface NotifiedExecutive {
  /** In lower case. */
  id: string;
  on: Day;
}

/** For Pulumi, the journal and the mail's own header. */
export const hrNoticeName = 'escalations';

/** null: the stack has neither a list nor anybody to tell. With one of them it is there, so that what it knows is not lost. */
export function findHrNotice({
  escalations,
  policy,
}: Pick<StackFiles, 'escalations' | 'policy'>): HrNotice | null {
  const { notifications, stages } = policy.value;
  const hrContact = notifications.hrContact ?? null;
  if (escalations === null && hrContact === null) return null;
  const people = (escalations?.value.escalations ?? []).map((entry) => ({
    ...entry,
    id: entry.id.toLowerCase(),
  }));
  return { hrContact, keepDays: stages.keepDays, people };
}

/** Whoever has stayed on the list since they were told of has `since` before that; whoever came back is new after `keepDays`. */
export function listNewExecutives(
  { hrContact, keepDays, people }: HrNotice,
  told: readonly NotifiedExecutive[],
): Escalation[] {
  if (hrContact === null) return [];
  const isTold = ({ id, since }: Escalation) =>
    told.some((entry) => entry.id === id && since < addDays(entry.on, keepDays));
  return people.filter((person) => !isTold(person));
}

/** One entry for each, the latest; without those whose time is over and who are no longer on the list. */
export function pruneNotified(
  told: readonly NotifiedExecutive[],
  { keepDays, people }: HrNotice,
  today: Day,
): NotifiedExecutive[] {
  const latest = new Map<string, Day>();
  for (const { id, on } of told) if (on >= (latest.get(id) ?? '')) latest.set(id, on);
  const isListed = (id: string) => people.some((person) => person.id === id);
  return [...latest]
    .filter(([id, on]) => isListed(id) || today < addDays(on, keepDays))
    .map(([id, on]) => ({ id, on }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
