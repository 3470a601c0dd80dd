// Several reads at once that end together: nothing is left running behind an error, least of all what has to be put back.

/** Like Promise.all, but the first failure is told to `stop`, and thrown only when every read has come to its end. */
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
