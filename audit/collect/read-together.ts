// Parallel reads that end together: no read is left running after an error, least of all one that must put a setting back.
import { DormantError } from '../../policy/errors.ts';

/** Like Promise.all, but passes the first failure to `stop`, and throws only when every read has ended. */
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
  if (failures.length > 0) throw chooseFailure(failures);
  return await Promise.all(reads);
}

/** The first one is why the others ended; but whoever reads it has to know of a setting that was not put back. */
function chooseFailure([first, ...others]: readonly unknown[]): unknown {
  const left = others.find((other) => other instanceof DormantError && other.code === 'not-concealed-again');
  if (!(left instanceof DormantError) || !(first instanceof Error)) return first;
  const { code, where, remedy } = left;
  return new DormantError(code, `${left.message} The audit had failed before: ${first.message}`, {
    ...{ where, remedy, cause: left },
  });
}
