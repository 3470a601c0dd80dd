// The mailbox of a generated person: mostly small; a few, where the licence covers it, with an archive or a hold.
import { NO_HOLDS } from './holds.ts';
import { hasArchivePlan } from './license-rules.ts';
import type { Mailbox, MailboxType } from './mailbox.ts';
import type { License } from './person.ts';
import type { World } from './world.ts';

const GIGABYTE = 1024 ** 3;
const LARGEST = 40 * GIGABYTE;
const BYTES_PER_ITEM = 75_000;
const ARCHIVE_SHARE = 0.02;
const HOLD_SHARE = 0.01;

/** Sizes follow the cube of a random number: half of them are below an eighth of the largest. */
export function generateMailbox(
  { random, startDay }: World,
  index: number,
  type: MailboxType,
  licenses: readonly License[],
): Mailbox {
  const sizeBytes = Math.floor(random.getUnit(index, 10) ** 3 * LARGEST);
  const isPaid = type === 'UserMailbox' && hasArchivePlan(licenses);
  return {
    type,
    sizeBytes,
    itemCount: Math.floor(sizeBytes / BYTES_PER_ITEM),
    archive: isPaid && random.getUnit(index, 11) < ARCHIVE_SHARE,
    ...NO_HOLDS,
    litigationHold: isPaid && random.getUnit(index, 12) < HOLD_SHARE,
    hiddenFromGraph: false,
    hiddenUntil: null,
    flipBackAfterDays: null,
    flipsBack: null,
    createdDay: startDay - random.getBetween(index, 13, 200, 2000),
    unlicensedSince: null,
    unpaidSince: {},
    losses: [],
  };
}
