// Which executives on the stack's list are reported to HR, each once. Pure.
import { addDays, type Day } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { Escalation } from '../../policy/schemas/escalations.ts';

/** What the program declares and the provider sends, as one mail about those who are new. */
export interface HrNotice {
  /** null: HR is not written to. */
  hrContact: string | null;
  /** Somebody who left the list and came back is not reported again for this many days. */
  keepDays: number;
  people: readonly ListedExecutive[];
}

export type ListedExecutive = Omit<Escalation, 'id'> & { id: IdKey };

/** An executive who was reported to HR. */
export interface NotifiedExecutive {
  id: IdKey;
  on: Day;
}

/** For Pulumi, the journal and the mail's header. */
export const hrNoticeName = 'escalations';

/** null: the stack has neither a list nor a contact. With either it is declared, so that its state is not lost. */
export function findHrNotice({ escalations, policy }: Pick<StackFiles, 'escalations' | 'policy'>): HrNotice | null {
  const { notifications, stages } = policy.value;
  const hrContact = notifications.hrContact ?? null;
  if (escalations === null && hrContact === null) return null;
  const people = (escalations?.value.escalations ?? []).map((entry) => ({ ...entry, id: foldId(entry.id) }));
  return { hrContact, keepDays: stages.keepDays, people };
}

/** Who stayed on the list since being reported has an earlier `since`; who came back is new after `keepDays`. */
export function listNewExecutives(
  { hrContact, keepDays, people }: HrNotice,
  told: readonly NotifiedExecutive[],
): ListedExecutive[] {
  if (hrContact === null) return [];
  const isTold = ({ id, since }: ListedExecutive) =>
    told.some((entry) => entry.id === id && since < addDays(entry.on, keepDays));
  return people.filter((person) => !isTold(person));
}

/** The latest entry of each, without those whose time is over and who are no longer on the list. */
export function pruneNotified(
  told: readonly NotifiedExecutive[],
  { keepDays, people }: HrNotice,
  today: Day,
): NotifiedExecutive[] {
  const latest = new Map<IdKey, Day>();
  for (const { id, on } of told) if (on >= (latest.get(id) ?? '')) latest.set(id, on);
  const isListed = (id: IdKey) => people.some((person) => person.id === id);
  return [...latest]
    .filter(([id, on]) => isListed(id) || today < addDays(on, keepDays))
    .map(([id, on]) => ({ id, on }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
