// What a reviewer has left to a person beyond what the stage asks for, as sentence parts. Pure.
import { listLeftGroups } from '../files/memberships.ts';
import { buildDesiredState, isReleased } from '../files/stage.ts';
import type { AccountFile } from '../schemas/account.ts';
import { formatList } from './labels.ts';

/** Empty: the file is as the stage asks for. */
export function describeReviewerEdits(file: Pick<AccountFile, 'stage' | 'desired' | 'restore' | 'savings'>): string[] {
  const { stage, desired, restore, savings } = file;
  if (stage === 'keep' || stage === 'restore') return [];
  const asked = buildDesiredState(stage, restore, savings, isReleased({ desired }));
  const kept = desired.licenses.filter((sku) => !asked.licenses.includes(sku));
  const staying = new Set(listLeftGroups(desired, restore).map(({ id }) => id));
  const groups = listLeftGroups(asked, restore).filter(({ id }) => !staying.has(id));
  return [
    ...(desired.accountEnabled && !asked.accountEnabled ? ['sign-in stays allowed'] : []),
    ...(desired.mailbox === 'unchanged' && asked.mailbox === 'shared' ? ['the mailbox stays their own'] : []),
    ...(kept.length > 0 ? [`${formatList(kept)} stays`] : []),
    ...(groups.length > 0 ? [`membership in ${formatList(groups.map(({ displayName }) => displayName))} stays`] : []),
    ...(isReleased({ desired }) ? ['the files of the OneDrive are released'] : []),
  ];
}
