// Changes of members and of products that group-based licensing has not come to yet.
import type { Group } from './directory.ts';

/** At `at` (ms) a person gets the licences of a group, or loses them: whichever fits whether they are in it then. */
export interface MembershipChange {
  readonly at: number;
  readonly index: number;
  readonly group: Group;
}

export class LicenseQueue {
  #changes: MembershipChange[] = [];
  /** When the first is due; asked for with everybody who is read. */
  #firstAt = Number.POSITIVE_INFINITY;

  add(change: MembershipChange): void {
    this.#changes.push(change);
    this.#firstAt = Math.min(this.#firstAt, change.at);
  }

  /** Takes out those that are due, the oldest first. */
  takeDue(now: number): readonly MembershipChange[] {
    if (this.#firstAt > now) return [];
    return this.#take(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
  }

  /** Takes out those of one person. */
  takeOf(index: number): readonly MembershipChange[] {
    return this.#take((change) => change.index === index);
  }

  /** Whether a group has members whose licences are to follow. */
  isWaiting(groupId: string): boolean {
    return this.#changes.some(({ group }) => group.id === groupId);
  }

  #take(isTaken: (change: MembershipChange) => boolean): MembershipChange[] {
    const taken = this.#changes.filter(isTaken);
    this.#changes = this.#changes.filter((change) => !isTaken(change));
    this.#firstAt = this.#changes.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
    return taken;
  }
}
