// A read that many accounts share: made once, kept for a short time, forgotten when it fails.

/** `now`: milliseconds of any clock that only goes forward. */
export function cacheRead<T>(
  read: () => Promise<T>,
  lifeMs: number,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let cached: { value: Promise<T>; until: number } | null = null;
  return () => {
    if (cached !== null && now() < cached.until) return cached.value;
    const mine = { value: read(), until: now() + lifeMs };
    cached = mine;
    mine.value.catch(() => {
      if (cached === mine) cached = null;
    });
    return mine.value;
  };
}
