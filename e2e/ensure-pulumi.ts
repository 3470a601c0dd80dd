// Before the first end-to-end test: the Pulumi CLI, which a new machine may have to build for minutes. No test waits for that.
import { ensurePulumi } from '../tools/pulumi-cli.ts';

export async function setup(): Promise<void> {
  await ensurePulumi({ say: (sentence) => console.log(sentence) });
}
