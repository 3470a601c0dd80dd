// For a benchmark's initial state: thousands of new resources, which are not measured.

/** The engine writes its state once at the end instead of at every step, which saves minutes for 5,000 resources. */
export async function runWithoutCheckpoints<T>(prepare: () => Promise<T>): Promise<T> {
  process.env.PULUMI_SKIP_CHECKPOINTS = 'true';
  try {
    return await prepare();
  } finally {
    delete process.env.PULUMI_SKIP_CHECKPOINTS;
  }
}
