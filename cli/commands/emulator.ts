// dormant emulator: hands over to the embedded tenant's own command, as a process of its own.
import { Command } from 'commander';
import { execa } from 'execa';
import { DormantError } from '../../policy/errors.ts';
import { findTenantCommand } from '../emulator/find-tenant.ts';
import {
  askToInstall,
  buildInstallCommand,
  canBeAsked,
  findTenantOffer,
  installTenant,
  type TenantOffer,
} from '../emulator/tenant-offer.ts';
import { version } from '../version.ts';

/** `from`: the file from which the tenant's package is looked for. */
export function createEmulatorCommand(from: string = import.meta.filename): Command {
  return new Command('emulator')
    .description('Run a Microsoft 365 tenant that does not exist, for trying things out, until it is stopped.')
    .argument('[options...]', 'such as --users 200 --port 8443; `dormant emulator --help` has them all')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (options: string[]) => {
      const start = findTenantCommand(from) ?? (await bringTenant(from));
      const { exitCode = 1 } = await execa(process.execPath, [start, ...options], { stdio: 'inherit', reject: false });
      process.exitCode = exitCode;
    });
}

/** Asks, where there is somebody to ask. `byNpx`: what does the same where no folder has the program. */
export async function bringTenant(from: string, byNpx: string = tenantByNpx): Promise<string> {
  const offer = await findTenantOffer(from, process.cwd());
  if (offer === null || !canBeAsked(process) || !(await askToInstall(offer))) throw createMissingError(offer, byNpx);
  await installTenant(offer);
  const start = findTenantCommand(from);
  if (start === null) throw createMissingError(offer, byNpx);
  return start;
}

const tenantByNpx = `npx @dormant-m365/emulator@${version}`;

export function createMissingError(offer: TenantOffer | null, byNpx: string = tenantByNpx): DormantError {
  const remedy =
    offer === null
      ? `Run: ${byNpx} (in Dormant’s own repository: npm ci, without --omit=dev)`
      : `Run: ${buildInstallCommand(offer).join(' ')}`;
  return new DormantError('emulator-missing', 'The embedded tenant is not installed: it is a package of its own.', {
    remedy,
  });
}
