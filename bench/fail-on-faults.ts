// Fails the benchmark on a wrong outcome, which makes its figures worthless.
export function failOnFaults(faults: readonly string[]): void {
  for (const fault of faults) process.stderr.write(`wrong outcome: ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
