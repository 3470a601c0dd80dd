// The Pulumi CLI of exactly the SDK's version, verified, where the engine looks for it. Nothing is installed.
import { checksumsPath, getPlatform, versions } from '../../../stacks/engine/pulumi-cli/checksums.ts';
import { findPulumi, findPulumiArchive } from '../../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { type Check, fail, pass } from '../check.ts';

export const pulumiCli: Check = {
  name: 'Pulumi CLI',
  needs: null,
  async run({ env }) {
    const archive = await findPulumiArchive();
    const found = await findPulumi(archive, env);
    if (found !== null) return pass(`${versions.pulumi}, verified by ${found.vouchedForBy}`);
    const how =
      archive === null
        ? `${checksumsPath} has no SHA-256 for ${getPlatform()}, so it will be built from its module`
        : 'it will be downloaded and verified by its SHA-256';
    return fail(`${versions.pulumi} is not on this machine: ${how}`, 'npm run -s pulumi-cli');
  },
};
