// Parallel reads that end together: no read is left running after an error, least of all one that must put a setting back.

/** Like Promise.all, but passes the first failure to `stop`, and throws it only when every read has ended. */
export async function readTogether<T extends readonly unknown[]>(
  stop: (reason: unknown) => void,
  ...reads: { [K in keyof T]: Promise<T[K]> }
): Promise<T> {
  const failures: unknown[] = [];
  const watched = reads.map((read) =>
    read.catch((reason: unknown) => {
      failures.push(reason);
      if (failures.length === 1) stop(reason);
    }),
  );
  await Promise.all(watched);
  if (failures.length > 0) throw failures[0];
  return await Promise.all(reads);
}
