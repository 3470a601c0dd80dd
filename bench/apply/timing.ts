/** The shortest of `times` runs of each, in turns, so that other load on the machine affects all of them. */
export async function measureShortest(times: number, ...tasks: (() => Promise<unknown>)[]): Promise<number[]> {
  const shortest = tasks.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < times; turn += 1)
    for (const [at, task] of tasks.entries()) shortest[at] = Math.min(shortest[at] ?? 0, await measureSeconds(task));
  return shortest;
}

export async function measureSeconds(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1_000;
}

/** The same in seconds of processor time, which other load on the machine changes little. */
export async function measureLeastProcessorTime(
  times: number,
  ...tasks: (() => Promise<unknown>)[]
): Promise<number[]> {
  const least = tasks.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < times; turn += 1)
    for (const [at, task] of tasks.entries()) {
      const before = process.cpuUsage();
      await task();
      const { user, system } = process.cpuUsage(before);
      least[at] = Math.min(least[at] ?? 0, (user + system) / 1_000_000);
    }
  return least;
}
