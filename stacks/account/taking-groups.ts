// Licences that a dynamic group takes back once sign-in is blocked: before that the mailbox has to be shared, and nothing
// that has to stay may depend on them.
import type { DynamicGroup } from '../../policy/evidence.ts';
import type { Refusal } from '../../policy/guard/guard.ts';
import type { GroupId } from '../../policy/identifiers.ts';
import { findLostWithBlock } from '../../policy/licenses/block-losses.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import { describeLossesWithBlock } from '../../policy/words/describe-block-losses.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import type { AccountChange } from './account-change.ts';
import type { ApplyContext } from './apply-context.ts';
import { findMailboxStay } from './mailbox-stay.ts';
import { toHeldLicense, toOneDriveEvidence } from './staying-licenses.ts';

/** A group whose rule takes its licence with the block and gives it back with sign-in. */
export interface TakingGroup extends DynamicGroup {
  id: GroupId;
  displayName: string;
}

/** Each group is read once in a run. */
export async function findTakingGroups(
  licenses: readonly Pick<RestorableLicense, 'assignedByGroup'>[],
  { reader }: Pick<ApplyContext, 'reader'>,
): Promise<TakingGroup[]> {
  const ids = new Set(licenses.flatMap(({ assignedByGroup }) => assignedByGroup ?? []));
  const groups = await Promise.all([...ids].map(async (id) => ({ id, ...(await reader.readLicenseGroup(id)) })));
  return groups.flatMap(({ id, displayName, dynamicGroup }) =>
    dynamicGroup === null ? [] : [{ id, displayName, ...dynamicGroup }],
  );
}

/** Why the account may not be blocked, and what would be lost; empty: nothing. Asks Exchange only if a group takes. */
export async function findLossRefusals(
  change: AccountChange,
  found: FoundAccount,
  context: ApplyContext,
): Promise<Refusal[]> {
  const groups = new Map((await findTakingGroups(found.licenses, context)).map((group) => [group.id, group]));
  if (groups.size === 0) return [];
  const subscriptions = await context.reader.readSubscriptions();
  const licenses = found.licenses.map((license) => {
    const dynamicGroup = groups.get(license.assignedByGroup ?? '');
    return { ...toHeldLicense(license, subscriptions), ...(dynamicGroup ? { dynamicGroup } : {}) };
  });
  const seen = await context.mailboxes.look(found);
  const becomesShared = change.to.mailbox === 'shared';
  const mailbox = await findMailboxStay(seen, found, context, { becomesShared });
  const belongings = { mailbox: mailbox?.reason ?? null, oneDrive: toOneDriveEvidence(change), isReleased: false };
  const lost = findLostWithBlock(licenses, belongings, context.guard.policy);
  const gigabytes = change.oneDrive?.gigabytes ?? null;
  const losses = [...lost].flatMap(([{ skuPartNumber, assignedByGroup }, reason]) => {
    const group = groups.get(assignedByGroup ?? '');
    if (group === undefined) return [];
    const { displayName, membershipRule } = group;
    return [{ group: displayName, membershipRule, skuPartNumber, reason, gigabytes }];
  });
  return losses.length === 0 ? [] : [{ code: 'licence-goes-with-block', because: describeLossesWithBlock(losses) }];
}
