// A read that many accounts share: made once, kept for a short while, forgotten when it fails.

/** `now` in milliseconds of any clock that only goes forward. */
export function cacheRead<T>(
  read: () => Promise<T>,
  lifeMs: number,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let held: { value: Promise<T>; until: number } | null = null;
  return () => {
    if (held !== null && now() < held.until) return held.value;
    const mine = { value: read(), until: now() + lifeMs };
    held = mine;
    mine.value.catch(() => {
      if (held === mine) held = null;
    });
    return mine.value;
  };
}
