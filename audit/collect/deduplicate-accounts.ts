// Passes each account of the listing on once, and marks entries that contradict each other.
import type { Evidence } from '../../policy/evidence.ts';
import { isOutsider } from '../../policy/judge/guests.ts';
import { computeFingerprint, createIdSet } from '../sources/id-set.ts';
import { createWideColumn } from '../sources/number-columns.ts';
import type { UserAccount } from '../sources/users.ts';
import type { WalkCounts } from './data-quality.ts';
import { joinEvidence, type Sources } from './join-evidence.ts';

export interface AccountDeduplicator {
  /** null: an entry without an id. */
  take(user: UserAccount | null): void;
  /** The listing is read once more, because a page had expired. */
  startOver(): void;
  /** The listing is read once more, in another way. */
  expectRepeats(): void;
}

export interface DeduplicatorOptions {
  walk: WalkCounts;
  /** Filled with the rows of userPrincipalNames that several accounts share. */
  sharedRows: Set<number>;
  take(evidence: Evidence): void;
  /** Gets entries that come again under the same id and name: a repeated page, or a second read of the account. */
  takeAgain(evidence: Evidence): void;
}

/**
 * The same id under the same name is no second account. The same id under another name is a doubt about that account; the
 * same name under another id is a doubt about both, and the first has been passed on already: see `sharedRows`.
 */
export function createAccountDeduplicator(
  sources: Sources,
  { walk, sharedRows, take, takeAgain }: DeduplicatorOptions,
): AccountDeduplicator {
  const ids = createIdSet();
  const owners = createWideColumn();
  let isFirstPass = true;
  const takeNamed = (user: UserAccount) => {
    const fingerprint = computeFingerprint(user.id);
    const place = sources.index.findOrAdd(user.userPrincipalName);
    const owner = owners.get(place);
    const cameBefore = ids.add(fingerprint);
    if (cameBefore && owner === fingerprint) {
      if (isFirstPass) walk.repeated++;
      return takeAgain(joinEvidence(user, sources));
    }
    if (Number.isNaN(owner)) owners.set(place, fingerprint);
    else sharedRows.add(place);
    const evidence = joinEvidence(cameBefore ? addDoubt(user, 'id') : user, sources);
    walk.accounts++;
    if (evidence.usage.kind === 'missing' && !isOutsider(evidence)) walk.missingRows++;
    take(evidence);
  };
  return {
    take(user) {
      if (user !== null) takeNamed(user);
      else if (isFirstPass) walk.unnamed++;
    },
    startOver() {
      isFirstPass = false;
      walk.restarts++;
    },
    expectRepeats() {
      isFirstPass = false;
    },
  };
}

/** Adds a property that contradicts another entry. */
export function addDoubt<T extends { incomplete: readonly string[] }>(account: T, property: string): T {
  return { ...account, incomplete: [...account.incomplete, property] };
}
