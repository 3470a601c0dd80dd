// Pages that are too large for the service get smaller. In the spring of 2023 more than 120 users with signInActivity became a
// 400, "Cannot query data for more than 120 users at a time." (msgraph-sdk-powershell 1898).
import { RequestFailed } from '../../graph/request-failed.ts';

/** What is asked for next; shared by all parts of one listing, so that one refusal teaches them all. */
export interface PageSize {
  top: number;
}

export interface SmallerPagesOptions {
  size: PageSize;
  /** Every 400 may be about the size, because nothing else in the request can be to blame. */
  isAny: boolean;
  /** Has to know whom it has taken: it starts again from the first page. */
  read(top: number): Promise<void>;
  onSmaller(): void;
}

/** Below this a refusal is not about the size. */
const smallest = 10;

/** Halves the page until the service takes it. */
export async function readWithSmallerPages({
  size,
  isAny,
  read,
  onSmaller,
}: SmallerPagesOptions): Promise<void> {
  for (;;) {
    const { top } = size;
    try {
      return await read(top);
    } catch (error) {
      if (top < smallest * 2 || !isTooLarge(error, isAny)) throw error;
      size.top = Math.min(size.top, Math.floor(top / 2));
      onSmaller();
    }
  }
}

function isTooLarge(error: unknown, isAny: boolean): boolean {
  if (!(error instanceof RequestFailed) || error.status !== 400) return false;
  // A page that has expired is no smaller the next time.
  if (/expired|(page|skip) ?token/i.test(`${error.graphCode} ${error.graphMessage}`)) return false;
  return isAny || /page size|users at a time|\$top/i.test(error.graphMessage);
}
