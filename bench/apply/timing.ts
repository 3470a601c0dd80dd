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
