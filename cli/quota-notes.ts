// Says why nothing moves during a wait for Microsoft's quota of sign-ins, on a terminal and in CI alike.

/** Shorter waits are not reported. */
const leastMs = 2_000;
/** An audit of a large tenant waits hundreds of times. */
const everyMs = 60_000;

/** For `onQuotaWait`, which is called with each wait as it begins. */
export function createQuotaNotifier(
  print: (sentence: string) => void,
  now: () => number = Date.now,
): (milliseconds: number) => void {
  let waitedMs = 0;
  let printedAt = Number.NEGATIVE_INFINITY;
  return (milliseconds) => {
    waitedMs += milliseconds;
    if (waitedMs < leastMs || now() - printedAt < everyMs) return;
    printedAt = now();
    print(
      `Waiting ${formatSeconds(milliseconds)} for Microsoft’s quota of sign-ins (5 reads in 10 seconds, or 10 a minute); ${formatSeconds(waitedMs)} so far.`,
    );
  };
}

function formatSeconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1000)} s`;
}
