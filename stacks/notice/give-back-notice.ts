// Which manager is told that somebody can sign in again: files of give-back/ that count, as one notice per manager and day. Pure.
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { foldId } from '../../policy/identifiers.ts';
import type { LiveUser } from '../tenant/live-account.ts';
import { findManager, foldMail, type ManagerNotice, type NoticePerson } from './manager-notice.ts';

/** What a manager reads about somebody who is given back. */
export interface GivenBackFacts {
  askedBy: string;
  reason: string;
  /** What it had, to say what is still on its way. */
  licenses: readonly { skuPartNumber: string; skuId: string }[];
  hadMailbox: boolean;
}

/** Of those whose file says restore by now: one that waits for its day is told when it counts. */
export function groupGiveBackNotices({
  giveBacks,
  accounts,
}: Pick<StackFiles, 'giveBacks' | 'accounts'>): ManagerNotice[] {
  const files = new Map(accounts.map(({ value }) => [foldId(value.account.id), value]));
  const given = giveBacks.files.flatMap(({ path, value }) => {
    const file = files.get(foldId(value.account.id));
    return file?.stage === 'restore' ? [{ path, value, file }] : [];
  });
  const groups = Map.groupBy(given, ({ value, file }) => JSON.stringify([value.askedOn, foldMail(findManager(file))]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const people = group.map(toPerson).sort((a, b) => (a.userPrincipalName < b.userPrincipalName ? -1 : 1));
    return [{ stage: 'give-back', wave: first.value.askedOn, manager: findManager(first.file), people }];
  });
}

function toPerson({
  path,
  value,
  file,
}: {
  path: string;
  value: StackFiles['giveBacks']['files'][number]['value'];
  file: StackFiles['accounts'][number]['value'];
}): NoticePerson {
  const { id, displayName, userPrincipalName, department } = file.account;
  const { licenses, mailbox } = file.restore;
  return {
    ...{ id: foldId(id), displayName, userPrincipalName, department, path, ahead: [] },
    ...{ inactiveDays: file.evidence.inactiveDays, lastActivity: file.evidence.lastActivity },
    givenBack: {
      ...{ askedBy: value.askedBy, reason: value.reason, hadMailbox: mailbox === 'user' },
      licenses: licenses.map(({ skuPartNumber, skuId }) => ({ skuPartNumber, skuId })),
    },
  };
}

/** What the tenant does not show yet, each as part of a sentence. */
export function listOnTheirWay(
  { licenses, hadMailbox }: GivenBackFacts,
  user: Pick<LiveUser, 'licenses'>,
  recipientType: string,
): string[] {
  const held = new Set(user.licenses.map(({ skuId }) => skuId));
  const missing = licenses.filter(({ skuId }) => !held.has(foldId(skuId)));
  const names = [...new Set(missing.map(({ skuPartNumber }) => skuPartNumber))];
  return [...names, ...(hadMailbox && recipientType === 'shared' ? ['the mailbox as their own'] : [])];
}
