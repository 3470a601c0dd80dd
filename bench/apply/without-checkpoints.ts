// The way to the state that a benchmark starts from: thousands of resources made new, which is no part of what is measured.

/** The engine writes its state once, at the end, instead of at every step: minutes less for 5,000 resources. */
export async function runWithoutCheckpoints<T>(prepare: () => Promise<T>): Promise<T> {
  process.env.PULUMI_SKIP_CHECKPOINTS = 'true';
  try {
    return await prepare();
  } finally {
    delete process.env.PULUMI_SKIP_CHECKPOINTS;
  }
}
