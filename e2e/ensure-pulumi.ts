// Installs the Pulumi CLI before the first end-to-end test, because building it on a new machine may take minutes.
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';

export async function setup(): Promise<void> {
  await ensurePulumi({ env: process.env, say: (sentence) => console.log(sentence) });
}
