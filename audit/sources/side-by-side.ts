// Several streams as one: whatever is ready first comes first, and the first error ends them all.

/** Each stream is asked for one item ahead, so a slow consumer holds them all back. */
export async function* sideBySide<T>(streams: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const coming = new Map(streams.map((stream, at) => [at, next(stream, at)]));
  try {
    while (coming.size > 0) {
      const { at, result } = await Promise.race(coming.values());
      const stream = streams[at];
      if (result.done || stream === undefined) {
        coming.delete(at);
        continue;
      }
      coming.set(at, next(stream, at));
      yield result.value;
    }
  } finally {
    for (const promise of coming.values()) promise.catch(() => {});
    await Promise.allSettled(streams.map((stream) => stream.return(undefined)));
  }
}

async function next<T>(
  stream: AsyncGenerator<T>,
  at: number,
): Promise<{ at: number; result: IteratorResult<T> }> {
  return { at, result: await stream.next() };
}
