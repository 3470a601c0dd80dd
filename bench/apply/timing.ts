// How long something takes.

/** The shortest of `times` runs of each, in turns: whatever else the machine does meets all of them. */
export async function measureShortest(
  times: number,
  ...works: (() => Promise<unknown>)[]
): Promise<number[]> {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < times; turn += 1)
    for (const [at, work] of works.entries())
      least[at] = Math.min(least[at] ?? 0, await measureSeconds(work));
  return least;
}

export async function measureSeconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
