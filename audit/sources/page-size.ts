// Makes pages smaller that the service finds too large. In spring 2023 more than 120 users with signInActivity were a 400,
// "Cannot query data for more than 120 users at a time." (msgraph-sdk-powershell 1898).
import { RequestFailed } from '../../graph/request-failed.ts';

/** The next page size; shared by all parts of a listing, so that one refusal is enough. */
interface PageSize {
  top: number;
}

interface SmallerPagesOptions {
  size: PageSize;
  /** Treat every 400 as one about the size, because nothing else in the request can cause it. */
  isAny: boolean;
  /** Restarts from the first page, so it must recognise repeated entries. */
  read(top: number): Promise<void>;
  onSmaller(): void;
}

/** Refusals of smaller pages are not about the size. */
const smallest = 10;

/** Halves the page until the service takes it. */
export async function readWithSmallerPages({ size, isAny, read, onSmaller }: SmallerPagesOptions): Promise<void> {
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
  // A smaller page would not help against an expired one.
  if (/expired|(page|skip) ?token/i.test(`${error.graphCode} ${error.graphMessage}`)) return false;
  return isAny || /page size|users at a time|\$top/i.test(error.graphMessage);
}
