// The azuread plugin, which only the quarantine needs: on this machine, or available where the engine downloads it.
import { azureadVersion, hasAzureadPlugin, installCommand } from '../../../stacks/on-premises/azuread-plugin.ts';
import { type Check, fail, pass, skip } from '../check.ts';

const timeoutMs = 5_000;

export const azureadPlugin: Check = {
  name: 'azuread plugin',
  needs: null,
  async run({ files, env }) {
    if (files.policy.value.onPremises.quarantine === 'off') return skip('the quarantine is off');
    if (hasAzureadPlugin(env)) return pass(`${azureadVersion} is on this machine`);
    if (await isReachable(buildArchiveUrl(process.platform, process.arch)))
      return pass(`${azureadVersion} is downloaded by the first apply that needs it`);
    return fail(
      `${azureadVersion} is not on this machine and cannot be downloaded: the quarantine would stay as it is`,
      installCommand,
    );
  },
};

/** Where the engine itself downloads it. */
function buildArchiveUrl(platform: string, arch: string): string {
  const os = platform === 'win32' ? 'windows' : platform;
  const cpu = arch === 'x64' ? 'amd64' : arch;
  return `https://get.pulumi.com/releases/plugins/pulumi-resource-azuread-v${azureadVersion}-${os}-${cpu}.tar.gz`;
}

async function isReachable(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) });
    return ok;
  } catch {
    return false;
  }
}
