// The azuread plugin, which only the quarantine needs: verified and on this machine, or available where it is downloaded.
import {
  azureadVersion,
  describeNoHash,
  findAzureadArchive,
  findAzureadPlugin,
} from '../../../stacks/engine/azuread-plugin.ts';
import { type Check, fail, pass, skip } from '../check.ts';

const timeoutMs = 5_000;

export const azureadPlugin: Check = {
  name: 'azuread plugin',
  needs: null,
  async run({ files, env }) {
    if (files.policy.value.onPremises.quarantine === 'off') return skip('the quarantine is off');
    const archive = await findAzureadArchive();
    if (archive === null)
      return fail(
        `${azureadVersion} ${describeNoHash()}: the quarantine would stay as it is`,
        'a version of Dormant that has one (in its own repository: npm run -s pulumi-checksums)',
      );
    if (findAzureadPlugin(archive, env) !== null)
      return pass(`${azureadVersion} is on this machine, verified by the SHA-256 of its archive`);
    for (const url of archive.urls)
      if (await isReachable(url))
        return pass(
          `${azureadVersion} is downloaded, and verified by its SHA-256, before the first apply that needs it`,
        );
    return fail(
      `${azureadVersion} is not on this machine and cannot be downloaded: the quarantine would stay as it is`,
      'npm run -s pulumi-cli',
    );
  },
};

async function isReachable(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) });
    return ok;
  } catch {
    return false;
  }
}
