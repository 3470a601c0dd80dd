// The Pulumi CLI of exactly the SDK's version, where the engine looks for it. Nothing is installed.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PulumiCommand } from '@pulumi/pulumi/automation/index.js';
import { version } from '@pulumi/pulumi/version.js';
import { type Check, fail, pass } from '../check.ts';

export const pulumiCli: Check = {
  name: 'Pulumi CLI',
  needs: null,
  async run() {
    const command = await findPulumi();
    return command === null ? fail(`${version} is not on this machine`, 'node cli/install-pulumi.ts') : pass(version);
  },
};

/** The command of the SDK's version; null if there is none. */
export async function findPulumi(): Promise<PulumiCommand | null> {
  const root = join(homedir(), '.pulumi', 'versions', version);
  const isThere = ['pulumi', 'pulumi.exe'].some((file) => existsSync(join(root, 'bin', file)));
  for (const options of [...(isThere ? [{ root }] : []), {}]) {
    const found = await PulumiCommand.get(options).catch(() => null);
    if (found?.version?.version === version) return found;
  }
  return null;
}
