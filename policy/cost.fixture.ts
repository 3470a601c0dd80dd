// For tests: what a calculation costs, whatever else the machine does meanwhile.

/** Milliseconds of processor time that this thread spent on it. */
export function measureCost(calculation: () => unknown): number {
  const before = process.threadCpuUsage();
  calculation();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
